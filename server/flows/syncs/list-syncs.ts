import type { Context } from '../../context.ts';
import { CUT_SHORT_TEXT } from '../../domain/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

type Needs = Pick<Context, 'syncs' | 'staff' | 'contacts' | 'locks'>;

/** The last `limit` synchronisations with their drift, the newest first; people by name, by id where nobody knows them. */
export async function listSyncs({ syncs, staff, contacts, locks }: Needs, limit: number) {
  const [runs, members, isUnderWay] = await Promise.all([
    syncs.list(limit),
    staff.all(),
    locks.isHeld('job:sync-contacts'),
  ]);
  const ids = [
    ...new Set(runs.flatMap(({ named = [] }) => named.map(({ externalUserId }) => externalUserId))),
  ];
  const names = new Map([...members, ...(await contacts.findMany(ids))].map(({ _id, name }) => [_id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    isUnderWay,
    runs: runs.map((run, index) => ({
      id: run._id,
      ...standingOf(run, isUnderWay && index === 0),
      isFull: run.isFull,
      isFirst: run.isFirst ?? false,
      counts: run.counts,
      startedAt: run.startedAt.toISOString(),
      endedAt: run.endedAt?.toISOString() ?? null,
      perStaff: run.perStaff.map((drift) => ({ ...drift, staffName: nameOf(drift.staffId) })),
      named: (run.named ?? []).map(({ staffId, externalUserId, what }) => ({
        what,
        externalUserId,
        contactName: nameOf(externalUserId),
        staffName: nameOf(staffId),
      })),
    })),
  };
}

/** A run without an end is under way only while somebody is at it. */
function standingOf({ state, warning, failure }: SyncRun, isUnderWay: boolean) {
  if (state !== 'running' || (isUnderWay && !failure)) return { state, warning };
  return { state: 'failed' as const, warning: failure ?? CUT_SHORT_TEXT };
}
