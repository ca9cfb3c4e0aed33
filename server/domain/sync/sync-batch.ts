/** A member and how many follow relations of theirs we know. */
export type KnownMember = { staffId: string; known: number };

/** One call names at most so many members. Source: wecom.md §3.3. */
const STAFF_PER_CALL = 100;
/** What is known of a batch is held in memory while it is read. */
const MOST_ROWS = 20_000;
/** A smaller batch saves no time worth a call. */
const FEWEST_ROWS = 1000;
/** So many batches for each of those that are read at once, that all of them end at about the same time. */
const ROUNDS = 8;

/**
 * Splits members into batches for one call each, the heaviest first. A page can be asked for only after the one before, so
 * only several batches make use of several lanes. While nothing is known (`isFirst`) members count as equally heavy.
 */
export function memberBatches(
  members: readonly KnownMember[],
  { lanes, isFirst }: { lanes: number; isFirst: boolean },
): KnownMember[][] {
  const share = (amount: number) => Math.ceil(amount / (lanes * ROUNDS));
  const total = members.reduce((sum, { known }) => sum + known, 0);
  const maxRows = between(FEWEST_ROWS, share(total), MOST_ROWS);
  const maxStaff = isFirst ? between(1, share(members.length), STAFF_PER_CALL) : STAFF_PER_CALL;
  const batches: KnownMember[][] = [];
  let rows = 0;
  for (const member of members.toSorted(byWeight)) {
    const batch = batches.at(-1);
    if (!batch || batch.length >= maxStaff || rows + member.known > maxRows) {
      batches.push([member]);
      rows = member.known;
    } else {
      batch.push(member);
      rows += member.known;
    }
  }
  return batches;
}

/** How we write a member's id: WeCom compares ids without regard to case, and a name once kept is stayed with. */
export function spellingOf(asked: readonly string[], kept: Iterable<string>): (told: string) => string {
  const exact = new Set(asked);
  const spelling = new Map(asked.map((staffId) => [staffId.toLowerCase(), staffId]));
  const names = [...kept];
  const isKept = new Set(names);
  for (const name of names) {
    const ours = spelling.get(name.toLowerCase());
    if (!ours || exact.has(name) || isKept.has(ours)) continue;
    spelling.set(name.toLowerCase(), name);
  }
  return (told) => spelling.get(told.toLowerCase()) ?? told;
}

/** The rows with their members as we write them. */
export const spelledRows = <Row extends { relation: { staffId: string } }>(
  rows: readonly Row[],
  nameOf: (told: string) => string,
): Row[] =>
  rows.map((row) => ({ ...row, relation: { ...row.relation, staffId: nameOf(row.relation.staffId) } }));

/** The same of rows that could not be read; null where they name no member. */
export const spelledStrays = <Row extends { staffId: string | null }>(
  rows: readonly Row[],
  nameOf: (told: string) => string,
): Row[] => rows.map((row) => ({ ...row, staffId: row.staffId === null ? null : nameOf(row.staffId) }));

const between = (least: number, wanted: number, most: number) => Math.min(Math.max(least, wanted), most);

const byWeight = (left: KnownMember, right: KnownMember) =>
  right.known - left.known || (left.staffId < right.staffId ? -1 : 1);
