import type { Context } from '../../context.ts';
import { CUT_SHORT_TEXT } from '../../domain/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';
import { nameDrift } from './name-drift.ts';

type Needs = Pick<Context, 'syncs' | 'staff' | 'contacts' | 'locks'>;

/** The last `limit` synchronisations with their drift, the newest first. */
export async function listSyncs(context: Needs, limit: number) {
  const [runs, isUnderWay] = await Promise.all([
    context.syncs.list(limit),
    context.locks.isHeld('job:sync-contacts'),
  ]);
  const drift = await nameDrift(context, runs);
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
      ...drift(run),
    })),
  };
}

/** A run without an end is under way only while somebody is at it. */
function standingOf({ state, warning, failure }: SyncRun, isUnderWay: boolean) {
  if (state !== 'running' || (isUnderWay && !failure)) return { state, warning };
  return { state: 'failed' as const, warning: failure ?? CUT_SHORT_TEXT };
}
