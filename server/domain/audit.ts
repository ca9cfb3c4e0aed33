/** One entry as it is chained: who did what to which thing, in which place of whose chain. */
export type Chained = {
  writer: string; // one writing process
  seq: number; // from 1, without gaps
  prevHash: string; // of the entry before; '' for the first
  hash: string; // SHA-256, in hex, over everything else
};

/** A text that is the same for equal values: keys in order, dates in ISO 8601, what is undefined left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sorted(part) : part)) ?? 'null';
}

const isRecord = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

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

/** What looking through every chain found. At most `MOST_FAULTS` are listed. */
export type AuditReport = { isWhole: boolean; entries: number; faults: Fault[]; heads: Head[] };

const MOST_FAULTS = 100;

/**
 * Looks through chains, entry by entry, ordered by writer and place. `hashOf` gives the SHA-256 of a text.
 *
 * An entry that was edited has another hash (`changed`), one that was taken out leaves a hole (`gap`), one that was put in its
 * place does not fit the next (`broken_link`). What is cut off at the end of a chain shows only against a head noted before.
 */
export function createVerifier<Entry extends Chained>(hashOf: (text: string) => string) {
  const report: Omit<AuditReport, 'isWhole'> = { entries: 0, faults: [], heads: [] };
  const fault = ({ writer, seq }: Entry, what: Fault['fault']) => {
    if (report.faults.length < MOST_FAULTS) report.faults.push({ writer, seq, fault: what });
  };
  return {
    see(entry: Entry): void {
      report.entries += 1;
      const last = report.heads.at(-1);
      const before = last?.writer === entry.writer ? last : { seq: 0, hash: '' };
      if (entry.seq !== before.seq + 1) fault(entry, 'gap');
      else if (entry.prevHash !== before.hash) fault(entry, 'broken_link');
      if (hashOf(sealedText(entry)) !== entry.hash) fault(entry, 'changed');
      const head = { writer: entry.writer, seq: entry.seq, hash: entry.hash };
      report.heads.splice(before === last ? -1 : report.heads.length, 1, head);
    },
    report: (): AuditReport => ({ isWhole: report.faults.length === 0, ...report }),
  };
}
