import type { Context } from '../../context.ts';
import type { DriftKind, StaffDrift } from '../../domain/drift.ts';
import type { SyncRun } from '../../store/syncs.ts';

/** A run with the names of its members; who was never read from the address book goes by the id. */
export type SyncReport = Omit<SyncRun, 'perStaff' | 'doneStaff' | '_id' | 'named'> & {
  id: string;
  staff: number;
  perStaff: (StaffDrift & { name: string })[];
  named: { what: DriftKind; externalUserId: string; contactName: string; staffName: string }[];
};

/** What the latest synchronisation found, or null when there was none. */
export async function readSync({
  syncs,
  staff,
  contacts,
}: Pick<Context, 'syncs' | 'staff' | 'contacts'>): Promise<SyncReport | null> {
  const run = await syncs.latest();
  if (!run) return null;
  const { _id: id, doneStaff, perStaff, named, ...rest } = { ...run, isFirst: run.isFirst ?? false };
  const known = await contacts.findMany((named ?? []).map(({ externalUserId }) => externalUserId));
  const names = new Map([...(await staff.all()), ...known].map(({ _id, name }) => [_id, name]));
  const nameOf = (_id: string) => names.get(_id) ?? _id;
  return {
    id,
    ...rest,
    staff: doneStaff.length,
    perStaff: perStaff.map((drift) => ({ ...drift, name: nameOf(drift.staffId) })),
    named: (named ?? []).map(({ what, staffId, externalUserId }) => ({
      what,
      externalUserId,
      contactName: nameOf(externalUserId),
      staffName: nameOf(staffId),
    })),
  };
}
