import { pino, type Logger } from 'pino';

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
    serializers: { error: describe, err: describe },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** An error without what a library may have hung onto it (requests, responses, documents). */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) };
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
    ...cause,
  };
}
