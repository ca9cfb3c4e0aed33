import { pino, type LogFn, type Logger } from 'pino';
import { factsOf } from '../errors.ts';

export type Log = Logger;

/** Never written, wherever they stand in a logged object: secrets, and what belongs to a person. */
const SECRET = [
  'secret',
  'token',
  'access_token',
  'authorization',
  'cookie',
  'aesKey',
  'code',
  'ticket',
  'signature',
];
const PERSONAL = ['name', 'remark', 'description', 'mobile', 'email', 'comment', 'notes', 'text', 'avatar'];

/** One JSON line per event: fields first, a sentence of ours last; ids yes, names and texts never. */
export function createLog(level: string): Log {
  const fields = [...SECRET, ...PERSONAL];
  return pino({
    level,
    base: null,
    redact: { paths: [...fields, ...fields.map((field) => `*.${field}`)], censor: '[redacted]' },
    serializers: { error: factsOf, err: factsOf },
    hooks: { logMethod: withOwnWords },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Without a sentence of ours pino would take the words of the error for one. */
function withOwnWords(this: Logger, [first, ...rest]: Parameters<LogFn>, write: LogFn): void {
  const fields: unknown = first instanceof Error ? { err: first } : first;
  if (rest.length > 0 || typeof fields === 'string') write.apply(this, [fields, ...rest]);
  else write.apply(this, [fields, 'no sentence']);
}
