import { createDriftCount, isSuspicious, type DriftCount, type SetAside } from './drift.ts';
import type { RelationKey } from './relation.ts';

/** What a batch of members is about to find: the relations not yet seen, by member, and the counts. */
export type Batch = {
  staffIds: string[];
  unseen: Map<string, Set<string>>;
  isNews: boolean; // nothing is known of these members
  count: DriftCount;
  aside: SetAside[];
  unsure: Set<string>; // whose relations may be on no page although they exist; '' in it: anybody's
  readAt: Date;
};

/** A batch before anything of it is read. */
export const createBatch = (
  staffIds: string[],
  { readAt, isNameless }: Pick<Batch, 'readAt'> & { isNameless: boolean },
): Batch => ({
  staffIds,
  unseen: new Map(staffIds.map((staffId) => [staffId, new Set()])),
  isNews: false,
  count: createDriftCount({ isNameless }),
  aside: [],
  unsure: new Set(),
  readAt,
});

type Noted = Record<'keys' | 'added' | 'changedKeys', readonly RelationKey[]>;

/** Counts what pages told, and what they told is no longer missing. */
export function noteNews({ count, unseen }: Batch, news: Noted): void {
  for (const { staffId, externalUserId } of news.keys) {
    count.add(staffId, 'rows');
    unseen.get(staffId)?.delete(externalUserId);
  }
  count.addNamed(news.added, 'added');
  count.addNamed(news.changedKeys, 'changed');
}

/** A member whom WeCom refuses: what we know of theirs stays. */
export function setAsideMember({ unsure, aside }: Batch, staffId: string, reason: string): void {
  unsure.add(staffId);
  aside.push({ kind: 'member', staffId, reason, count: 1 });
}

type StrayRow = { staffId: string | null; externalUserId: string | null; fault: string };

/** Rows of another shape: what we know of these relations stays; where it is unclear of which, nothing is missing. */
export function setAsideRows({ unseen, unsure, aside }: Batch, rows: readonly StrayRow[]): void {
  for (const { staffId, externalUserId, fault } of rows) {
    if (staffId && externalUserId) unseen.get(staffId)?.delete(externalUserId);
    else unsure.add(staffId ?? '');
    aside.push({ kind: 'row', staffId: staffId ?? '', reason: fault, count: 1 });
  }
}

type Belief = { unlicensed: ReadonlySet<string>; acceptsLosses: boolean; known: ReadonlyMap<string, number> };

/** What is missing and may be gone: nothing of a member without licence, who is unsure, or of whom suspiciously much is missing. */
export function believedMissing(
  { unseen, count, unsure }: Batch,
  { unlicensed, acceptsLosses, known }: Belief,
): RelationKey[] {
  return [...unseen].flatMap(([staffId, ids]) => {
    if (unlicensed.has(staffId) || unsure.has(staffId) || unsure.has('')) return [];
    const isDoubted = isSuspicious({ known: known.get(staffId) ?? 0, missing: ids.size });
    const keys = [...ids].map((externalUserId) => ({ staffId, externalUserId }));
    if (!isDoubted || acceptsLosses) return keys;
    count.addNamed(keys, 'suspicious');
    return [];
  });
}
