import { isWhole, unless, type Problem } from '../problem.ts';

/** How long it is kept who looked at what; changes and refusals are kept for good. */
export type AuditSettings = { readingDays: number };

/** A year is ours; the least is what the Cybersecurity Law of China, article 21, asks of logs: six months. */
export const DEFAULT_AUDIT: AuditSettings = { readingDays: 365 };
const LEAST_DAYS = 184;
const MOST_DAYS = 3660;

/** What is wrong with this time. */
export const auditProblems = ({ readingDays }: AuditSettings): Problem[] =>
  unless(
    isWhole(readingDays, LEAST_DAYS, MOST_DAYS),
    'readingDays',
    `查看记录须保留 ${LEAST_DAYS} 到 ${MOST_DAYS} 天：法律要求至少六个月`,
  );

/** True for a request that only read, and was answered: nothing else is ever forgotten. */
export const isReading = ({ act, status }: { act: string; status?: number | null }): boolean =>
  typeof status === 'number' && status < 400 && /^(GET|HEAD) /.test(act);

/** Readings are chained apart from everything else, so that the old end of their chains can go: the names of these begin so. */
export const READINGS = 'r';
/** Whether a chain is one of readings. */
export const isOfReadings = ({ writer }: Pick<Chained, 'writer'>) => writer.startsWith(READINGS);

/** One entry as it is chained: who did what to which thing, in which place of whose chain. */
export type Chained = {
  writer: string; // one writing process
  seq: number; // from 1, without gaps
  prevHash: string; // of the entry before; '' for the first
  hash: string; // HMAC-SHA-256, in hex, over everything else; plain SHA-256 without a key
  keyId?: string | undefined; // of the key; entries of earlier versions have none
};

/** The last entry of a chain: noted somewhere else, it proves later that nothing was cut off. */
export type Head = { writer: string; seq: number; hash: string; keyId?: string | undefined };

/** What entries that note heads are about. */
export const CHAINS = 'audit:chains';

/** A text that is the same for equal values: keys in order, dates in ISO 8601, what is undefined left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => asKept(part)) ?? 'null';
}

/** Databases keep only well-formed texts: what the hash is taken over must be what is kept. */
function asKept(part: unknown): unknown {
  if (typeof part === 'string') return part.toWellFormed();
  return isRecord(part) ? sorted(part) : part;
}

const isRecord = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(record)
      .map(([key, value]) => [key.toWellFormed(), value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** A value as it comes back from a database and a program alike: plain JSON. */
export const plain = (value: unknown): unknown => JSON.parse(canonicalJson(value)) as unknown;

/** What the hash of an entry is taken over. */
export const sealedText = <Entry extends Chained>({ hash: _hash, ...entry }: Entry): string =>
  canonicalJson(entry);
