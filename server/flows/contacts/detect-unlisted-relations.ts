import type { Context } from '../../context.ts';
import { createDriftCount, isBelievedUnlisted, perStaffOf, sumOf } from '../../domain/sync/drift.ts';
import { spellingOf } from '../../domain/sync/sync-batch.ts';
import type { SyncRun } from '../../store/syncs.ts';

type Needs = Pick<Context, 'relations' | 'staff' | 'syncs'>;

/**
 * Keeps the relations of members whom WeCom no longer lists as missing; see `mark-lost`. Who has more than a few customers
 * and is not known to have left may only be out of the app's range by mistake: theirs are counted as suspicious, and stay.
 *
 * @returns the run with these counts, still open.
 */
export async function detectUnlistedRelations(
  { relations, staff, syncs }: Needs,
  run: SyncRun,
  { staffIds, acceptsLosses = false }: { staffIds: readonly string[]; acceptsLosses?: boolean },
): Promise<SyncRun> {
  const kept = await relations.countActiveByStaff();
  const listed = new Set(staffIds.map(spellingOf(staffIds, kept.keys())));
  const standings = new Map((await staff.inactive()).map(({ _id, standing }) => [_id, standing]));
  const count = createDriftCount();
  const absentees = [...kept].filter(([staffId]) => !listed.has(staffId) && !run.doneStaff.includes(staffId));
  const believed: string[] = [];
  for (const [staffId, known] of absentees) {
    if (acceptsLosses || isBelievedUnlisted(known, standings.get(staffId) ?? 'active'))
      believed.push(staffId);
    else count.add(staffId, 'suspicious', known);
  }
  await syncs.keepMissing(run._id, relations.activeKeysOf(believed));
  const doubted = count.all();
  const report = { counts: sumOf(doubted), perStaff: perStaffOf(doubted) };
  await syncs.note(run._id, { ...report, doneStaff: doubted.map(({ staffId }) => staffId) });
  return syncs.find(run._id);
}
