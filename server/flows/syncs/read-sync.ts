import type { Context } from '../../context.ts';
import { contactsNamedIn, nameDrift, type NamedRunDrift } from '../../domain/sync/sync-names.ts';
import type { SyncRun } from '../../store/syncs.ts';

/** A run with the names of its people. */
export type SyncReport = Omit<SyncRun, '_id' | 'doneStaff' | keyof NamedRunDrift> &
  NamedRunDrift & { id: string; staff: number };

/** What the latest synchronisation found, or null when there was none. */
export async function readSync({
  syncs,
  staff,
  contacts,
}: Pick<Context, 'syncs' | 'staff' | 'contacts'>): Promise<SyncReport | null> {
  const run = await syncs.latest();
  if (!run) return null;
  const people = [...(await staff.all()), ...(await contacts.findMany(contactsNamedIn([run])))];
  const { _id: id, doneStaff, ...rest } = run;
  return { id, ...rest, staff: doneStaff.length, ...nameDrift(run, people) };
}
