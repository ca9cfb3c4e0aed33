import { CHAINS, isOfReadings, sealedText, type Chained, type Head } from './audit.ts';

/** What is wrong at one place of a chain. */
export const FAULTS = [
  'gap', // an entry before it is missing
  'broken_link', // it does not fit the one before
  'changed',
  'unkeyed', // sealed without a key, though not of before there were keys
  'cut', // the chain went further once
  'rewritten', // it was noted with another hash
  'dropped', // the whole chain is gone
] as const;
export type Fault = { writer: string; seq: number; fault: (typeof FAULTS)[number] };

/** What looking through every chain found. */
export type AuditReport = {
  /** Everything could be checked, and nothing is wrong. */
  isWhole: boolean;
  entries: number;
  forgotten: number; // readings whose time was over
  unkeyed: number; // of earlier versions, sealed without a key
  unchecked: number; // entries whose key is not here: neither right nor wrong
  missingKeys: string[]; // the ids of these keys
  faultCount: number; // all of them
  faults: Fault[]; // the first `MOST_FAULTS`
  heads: Head[];
};

const MOST_FAULTS = 100;

/** An entry as it is checked; those about `CHAINS` note heads of other chains in `to`. */
type Sealed = Chained & { subject?: string; to?: unknown };

/** What an entry is checked with. */
export type Checks = {
  /** The hash of a text under a key ('' without one); null when that key is not here. */
  hashOf: (text: string, keyId: string) => string | null;
  /** The last entries that were forgotten: such a chain goes on from there, and what is left before is on its way out. */
  cuts?: readonly Head[];
  /** Heads that were noted outside of the database. */
  noted?: readonly Head[];
};

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

/** The heads that an entry notes. */
function headsIn({ subject, to }: Sealed): Head[] {
  if (subject !== CHAINS || typeof to !== 'object' || to === null || !('heads' in to)) return [];
  return Array.isArray(to.heads) ? (to.heads as Head[]) : [];
}

/** An entry as the end of its chain. */
export const headOf = ({ writer, seq, hash, keyId }: Chained): Head => ({
  writer,
  seq,
  hash,
  ...(keyId ? { keyId } : {}),
});

/** What was found so far. */
type Found = {
  readonly cutOf: ReadonlyMap<string, Head>;
  readonly heads: Head[];
  /** Every head that was noted anywhere. */
  readonly noted: Head[];
  /** How far chains without a key go, and how far keyed entries note them. */
  readonly unkeyed: Map<string, number>;
  readonly sealed: Map<string, number>;
  hasKeys: boolean;
  readonly missing: Set<string>;
  readonly counts: { entries: number; unkeyed: number; unchecked: number; faultCount: number };
  readonly faults: Fault[];
};

function note({ counts, faults }: Found, fault: Fault, times = 1): void {
  counts.faultCount += times;
  if (faults.length < MOST_FAULTS) faults.push(fault);
}

function takeNoted(found: Found, entry: Sealed): void {
  found.hasKeys = true;
  for (const head of headsIn(entry)) {
    found.noted.push(head);
    const known = found.sealed.get(head.writer) ?? 0;
    if (!head.keyId) found.sealed.set(head.writer, Math.max(head.seq, known));
  }
}

function checkHash(found: Found, entry: Sealed, hash: string | null): void {
  const { writer, seq, keyId = '' } = entry;
  if (hash === null) {
    found.counts.unchecked += 1;
    found.missing.add(keyId);
  } else if (hash !== entry.hash) note(found, { writer, seq, fault: 'changed' });
  else if (keyId !== '') takeNoted(found, entry);
  if (keyId !== '') return;
  found.counts.unkeyed += 1;
  found.unkeyed.set(writer, seq);
}

/** Entries without a key that no keyed head seals: only the first one notes such chains, so that later ones are forged. */
function checkUnkeyed(found: Found): void {
  if (!found.hasKeys || found.counts.unchecked > 0) return; // the first note may be under a key that is not here
  for (const [writer, seq] of found.unkeyed) {
    const end = Math.max(found.sealed.get(writer) ?? 0, found.cutOf.get(writer)?.seq ?? 0);
    if (seq > end) note(found, { writer, seq: end + 1, fault: 'unkeyed' }, seq - end);
  }
}

/** What became of a head that was noted; null when it is still there, or was forgotten on record. */
function lossOf(
  found: Found,
  head: Head,
  end: { seq?: number; hash: string | undefined },
): Fault['fault'] | null {
  if (head.seq <= (found.cutOf.get(head.writer)?.seq ?? 0)) return null;
  if (end.seq === undefined) return 'dropped';
  if (end.seq < head.seq) return 'cut';
  return end.hash === head.hash ? null : 'rewritten';
}

function checkNoted(found: Found, hashAt: (head: Head) => string | undefined): void {
  const ends = new Map(found.heads.map(({ writer, seq }) => [writer, seq]));
  for (const head of distinct(found.noted)) {
    const { writer, seq } = head;
    const end = ends.get(writer);
    const fault = lossOf(found, head, { ...(end === undefined ? {} : { seq: end }), hash: hashAt(head) });
    if (fault) note(found, { writer, seq, fault });
  }
}

/**
 * Looks through chains, entry by entry, ordered by writer and place.
 *
 * An entry that was edited has another hash (`changed`), one that was taken out leaves a hole (`gap`), one that was put in its
 * place does not fit the next (`broken_link`). The hashes need a key, so that a chain cannot be made anew by who holds nothing
 * but the database; the first keyed head of each older chain seals it. What is cut off at the end of a chain, and a chain that
 * is gone, show against the heads that other chains noted, and against those noted outside.
 */
export function createVerifier<Entry extends Sealed>({ hashOf, cuts = [], noted = [] }: Checks) {
  const found: Found = {
    cutOf: lastCuts(cuts),
    heads: [],
    noted: [...noted],
    unkeyed: new Map(),
    sealed: new Map(),
    hasKeys: false,
    missing: new Set(),
    counts: { entries: 0, unkeyed: 0, unchecked: 0, faultCount: 0 },
    faults: [],
  };
  const { cutOf, heads, counts, missing, faults } = found;
  return {
    see(entry: Entry): void {
      const { writer, seq, keyId = '' } = entry;
      const cut = cutOf.get(writer) ?? START;
      if (seq <= cut.seq) return;
      counts.entries += 1;
      const last = heads.at(-1);
      const before = last?.writer === writer ? last : cut;
      const unlinked = linkFault(entry, before);
      if (unlinked) note(found, { writer, seq, fault: unlinked });
      checkHash(found, entry, hashOf(sealedText(entry), keyId));
      heads.splice(before === last ? -1 : heads.length, 1, headOf(entry));
    },
    /** The heads that were noted, whose hashes `report` asks for. */
    noted: (): Head[] => distinct(found.noted),
    /** @param hashAt the hash that stands at a noted place now */
    report(hashAt: (head: Head) => string | undefined = () => undefined): AuditReport {
      checkUnkeyed(found);
      checkNoted(found, hashAt);
      const forgotten = [...cutOf.values()].reduce((sum, { seq }) => sum + seq, 0);
      const isWhole = counts.faultCount === 0 && counts.unchecked === 0;
      return { isWhole, forgotten, ...counts, missingKeys: [...missing], faults, heads };
    },
  };
}

/** Two notes of one place that differ are two: at most one of them is right. */
const distinct = (heads: readonly Head[]): Head[] => [
  ...new Map(heads.map((head) => [`${head.writer}:${head.seq}:${head.hash}`, head])).values(),
];
