import type { Context } from '../../context.ts';
import { contactsNamedIn, nameDrift } from '../../domain/sync/sync-names.ts';
import { CUT_SHORT_TEXT } from '../../domain/sync/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

type Needs = Pick<Context, 'syncs' | 'staff' | 'contacts' | 'locks'>;

/** The last `limit` synchronisations with their drift, the newest first. */
export async function listSyncs({ syncs, staff, contacts, locks }: Needs, limit: number) {
  const [runs, members, isUnderWay] = await Promise.all([
    syncs.list(limit),
    staff.all(),
    locks.isHeld('job:sync-contacts'),
  ]);
  const people = [...members, ...(await contacts.findMany(contactsNamedIn(runs)))];
  return {
    isUnderWay,
    runs: runs.map((run, index) => ({
      id: run._id,
      ...standingOf(run, isUnderWay && index === 0),
      isFull: run.isFull,
      isFirst: run.isFirst,
      counts: run.counts,
      startedAt: run.startedAt.toISOString(),
      endedAt: run.endedAt?.toISOString() ?? null,
      ...nameDrift(run, people),
    })),
  };
}

/** A run without an end is under way only while somebody is at it. */
function standingOf({ state, warning, failure }: SyncRun, isUnderWay: boolean) {
  if (state !== 'running' || (isUnderWay && !failure)) return { state, warning };
  return { state: 'failed' as const, warning: failure ?? CUT_SHORT_TEXT };
}
