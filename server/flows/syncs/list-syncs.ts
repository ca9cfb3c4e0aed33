import type { Context } from '../../context.ts';
import { asideLine } from '../../domain/sync-run.ts';

/** The last `limit` synchronisations with their drift, the newest first; staff by name, by id where nobody knows them. */
export async function listSyncs({ syncs, staff }: Pick<Context, 'syncs' | 'staff'>, limit: number) {
  const [runs, members] = await Promise.all([syncs.list(limit), staff.all()]);
  const names = new Map(members.map(({ _id, name }) => [_id, name]));
  return {
    runs: runs.map(({ _id, startedAt, endedAt, perStaff, aside, ...run }) => ({
      id: _id,
      state: run.state,
      isFull: run.isFull,
      counts: run.counts,
      warning: run.warning,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      perStaff: perStaff.map((drift) => ({ ...drift, staffName: names.get(drift.staffId) ?? drift.staffId })),
      aside: aside.map((each) => asideLine(each, names.get(each.staffId) ?? each.staffId)),
    })),
  };
}
