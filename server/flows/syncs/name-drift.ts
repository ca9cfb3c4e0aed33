import type { Context } from '../../context.ts';
import { asideLine } from '../../domain/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

type Needs = Pick<Context, 'staff' | 'contacts'>;

/** The drift of these runs with the names of the people; who is not known to us goes by the id. */
export async function nameDrift({ staff, contacts }: Needs, runs: readonly SyncRun[]) {
  const ids = [...new Set(runs.flatMap(({ named }) => named.map(({ externalUserId }) => externalUserId)))];
  const [members, known] = await Promise.all([staff.all(), contacts.findMany(ids)]);
  const names = new Map([...members, ...known].map(({ _id, name }) => [_id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return ({ perStaff, aside, named }: SyncRun) => ({
    perStaff: perStaff.map((drift) => ({ ...drift, staffName: nameOf(drift.staffId) })),
    aside: aside.map((each) => asideLine(each, nameOf(each.staffId))), // one line each
    named: named.map(({ staffId, externalUserId, what }) => ({
      what,
      externalUserId,
      contactName: nameOf(externalUserId),
      staffName: nameOf(staffId),
    })),
  });
}

export type NamedRunDrift = ReturnType<Awaited<ReturnType<typeof nameDrift>>>;
