import { isWhole, unless, type Problem } from './problem.ts';

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
const isOfReadings = ({ writer }: Pick<Chained, 'writer'>) => writer.startsWith(READINGS);

/** One entry as it is chained: who did what to which thing, in which place of whose chain. */
export type Chained = {
  writer: string; // one writing process
  seq: number; // from 1, without gaps
  prevHash: string; // of the entry before; '' for the first
  hash: string; // SHA-256, in hex, over everything else
};

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

/** What is wrong at one place of a chain. */
export const FAULTS = ['gap', 'broken_link', 'changed'] as const;
export type Fault = { writer: string; seq: number; fault: (typeof FAULTS)[number] };

/** The last entry of a chain: noted somewhere else, it proves later that nothing was cut off. */
export type Head = { writer: string; seq: number; hash: string };

/** What looking through every chain found. At most `MOST_FAULTS` are listed; `forgotten` are readings whose time was over. */
export type AuditReport = {
  isWhole: boolean;
  entries: number;
  forgotten: number;
  faults: Fault[];
  heads: Head[];
};

const MOST_FAULTS = 100;

/** The last forgotten entry of each chain of readings. A cut of any other chain is none: it shows as a gap. */
function lastCuts(cuts: readonly Head[]): ReadonlyMap<string, Head> {
  const last = new Map<string, Head>();
  for (const cut of cuts.filter(isOfReadings))
    if (cut.seq > (last.get(cut.writer)?.seq ?? 0)) last.set(cut.writer, cut);
  return last;
}

const START = { seq: 0, hash: '' };

/** Why an entry does not follow the one before; null when it does. */
function linkFault({ seq, prevHash }: Chained, before: Pick<Head, 'seq' | 'hash'>): Fault['fault'] | null {
  if (seq !== before.seq + 1) return 'gap';
  return prevHash === before.hash ? null : 'broken_link';
}

/**
 * Looks through chains, entry by entry, ordered by writer and place. `hashOf` gives the SHA-256 of a text, `cuts` are the last
 * entries that were forgotten: such a chain goes on from there, and what is left before is on its way out.
 *
 * An entry that was edited has another hash (`changed`), one that was taken out leaves a hole (`gap`), one that was put in its
 * place does not fit the next (`broken_link`). What is cut off at the end of a chain shows only against a head noted before.
 */
export function createVerifier<Entry extends Chained>(
  hashOf: (text: string) => string,
  cuts: readonly Head[] = [],
) {
  const cutOf = lastCuts(cuts);
  const forgotten = [...cutOf.values()].reduce((sum, { seq }) => sum + seq, 0);
  const report: Omit<AuditReport, 'isWhole'> = { entries: 0, forgotten, faults: [], heads: [] };
  const fault = ({ writer, seq }: Entry, what: Fault['fault']) => {
    if (report.faults.length < MOST_FAULTS) report.faults.push({ writer, seq, fault: what });
  };
  return {
    see(entry: Entry): void {
      const cut = cutOf.get(entry.writer) ?? START;
      if (entry.seq <= cut.seq) return;
      report.entries += 1;
      const last = report.heads.at(-1);
      const before = last?.writer === entry.writer ? last : cut;
      const unlinked = linkFault(entry, before);
      if (unlinked) fault(entry, unlinked);
      if (hashOf(sealedText(entry)) !== entry.hash) fault(entry, 'changed');
      const head = { writer: entry.writer, seq: entry.seq, hash: entry.hash };
      report.heads.splice(before === last ? -1 : report.heads.length, 1, head);
    },
    report: (): AuditReport => ({ isWhole: report.faults.length === 0, ...report }),
  };
}
