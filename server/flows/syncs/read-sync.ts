import type { Context } from '../../context.ts';
import type { StaffDrift } from '../../domain/drift.ts';
import { asideLine } from '../../domain/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

/** A run with the names of its members; who was never read from the address book goes by the id. */
export type SyncReport = Omit<SyncRun, 'perStaff' | 'doneStaff' | 'aside' | '_id'> & {
  id: string;
  staff: number;
  perStaff: (StaffDrift & { name: string })[];
  aside: string[]; // one line each
};

/** What the latest synchronisation found, or null when there was none. */
export async function readSync({
  syncs,
  staff,
}: Pick<Context, 'syncs' | 'staff'>): Promise<SyncReport | null> {
  const run = await syncs.latest();
  if (!run) return null;
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const { _id: id, doneStaff, perStaff, aside, ...rest } = run;
  const named = perStaff.map((drift) => ({ ...drift, name: names.get(drift.staffId) ?? drift.staffId }));
  const lines = aside.map((each) => asideLine(each, names.get(each.staffId) ?? each.staffId));
  return { id, ...rest, staff: doneStaff.length, perStaff: named, aside: lines };
}
