import { EventEmitter } from 'node:events';

/** One line of the live log; secrets are taken out before it gets here. */
export type LogEntry = {
  seq: number;
  at: string;
  kind: 'api' | 'callback';
  /** Chinese name of the API or event. */
  name: string;
  method?: string;
  path?: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  errcode?: number;
  ms: number;
  note: string;
  detail?: unknown;
};

/** How many entries the log keeps. */
const KEPT = 500;

export type PlatformLog = ReturnType<typeof createLog>;

/** The live log of API calls and callbacks, in memory only. */
export function createLog(now: () => Date) {
  const entries: LogEntry[] = [];
  const emitter = new EventEmitter().setMaxListeners(0);
  let seq = 0;
  return {
    add: (entry: Omit<LogEntry, 'seq' | 'at'>): void => {
      seq += 1;
      const kept = { seq, at: now().toISOString(), ...entry };
      entries.push(kept);
      if (entries.length > KEPT) entries.shift();
      emitter.emit('entry', kept);
    },
    after: (last: number): LogEntry[] => entries.filter((entry) => entry.seq > last),
    /** @returns how to stop listening; `onEnd` is called when the platform closes. */
    follow: (listen: (entry: LogEntry) => void, onEnd: () => void): (() => void) => {
      emitter.on('entry', listen).once('end', onEnd);
      return () => emitter.off('entry', listen).off('end', onEnd);
    },
    /** Ends every stream, so that a server in front can drain. */
    end: (): void => {
      emitter.emit('end');
    },
  };
}

const SECRET_NAMES = new Set(['corpsecret', 'access_token', 'ticket', 'code', 'user_ticket', 'echostr']);

/** So much of a list and of a text is kept for the log; the rest is only counted. */
const KEPT_ROWS = 20;
const KEPT_LETTERS = 1000;

/** A copy of `value` in which every secret is three asterisks, and long lists and texts are cut. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) {
    const kept = value.slice(0, KEPT_ROWS).map(withoutSecrets);
    return value.length > KEPT_ROWS ? [...kept, `… ${value.length}`] : kept;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAMES.has(name) ? '***' : withoutSecrets(inner),
    ]),
  );
}

function cut(text: string): string {
  return text.length > KEPT_LETTERS ? `${text.slice(0, KEPT_LETTERS)}… ${text.length}` : text;
}
