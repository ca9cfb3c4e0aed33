import type { SetAside, StaffDrift, NamedDrift } from './drift.ts';
import { asideLine } from './sync-run.ts';

type Drifted = { perStaff: readonly StaffDrift[]; aside: readonly SetAside[]; named: readonly NamedDrift[] };

/** The contacts that these runs name. */
export const contactsNamedIn = (runs: readonly Pick<Drifted, 'named'>[]): string[] => [
  ...new Set(runs.flatMap(({ named }) => named.map(({ externalUserId }) => externalUserId))),
];

/** What a run found, with the names of the people; who is not among them goes by the id. */
export function nameDrift(
  { perStaff, aside, named }: Drifted,
  people: readonly { _id: string; name: string }[],
) {
  const names = new Map(people.map(({ _id, name }) => [_id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    perStaff: perStaff.map((drift) => ({ ...drift, staffName: nameOf(drift.staffId) })),
    aside: aside.map((each) => asideLine(each, nameOf(each.staffId))), // one line each
    named: named.map(({ staffId, externalUserId, what }) => ({
      what,
      externalUserId,
      contactName: nameOf(externalUserId),
      staffName: nameOf(staffId),
    })),
  };
}

export type NamedRunDrift = ReturnType<typeof nameDrift>;
