import type { Context } from '../../context.ts';
import type { SyncRun } from '../../store/syncs.ts';
import { nameDrift, type NamedRunDrift } from './name-drift.ts';

/** A run with the names of its people. */
export type SyncReport = Omit<SyncRun, '_id' | 'doneStaff' | keyof NamedRunDrift> &
  NamedRunDrift & { id: string; staff: number };

/** What the latest synchronisation found, or null when there was none. */
export async function readSync(
  context: Pick<Context, 'syncs' | 'staff' | 'contacts'>,
): Promise<SyncReport | null> {
  const run = await context.syncs.latest();
  if (!run) return null;
  const { _id: id, doneStaff, ...rest } = run;
  return { id, ...rest, staff: doneStaff.length, ...(await nameDrift(context, [run]))(run) };
}
