/** What a staff member may do. Source: contract.md, domain.md §1. */
export const ROLES = ['sales', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. `teamIds` are the members whose contacts a manager sees too, the manager included. */
export type Caller = { staffId: string; role: Role; teamIds: readonly string[] };

type Member = { _id: string; departmentIds: readonly number[]; leaderOf: readonly number[] };
type Department = { _id: number; parentId: number };

/** Everybody in the departments that `leader` leads, sub-departments included, and the leader. */
export function teamOf(
  leader: Member,
  departments: readonly Department[],
  members: readonly Member[],
): string[] {
  const led = new Set(leader.leaderOf);
  for (let before = -1; before !== led.size;) {
    before = led.size;
    for (const { _id, parentId } of departments) if (led.has(parentId)) led.add(_id);
  }
  const team = members.filter(({ departmentIds }) => departmentIds.some((id) => led.has(id)));
  return [...new Set([leader._id, ...team.map(({ _id }) => _id)])];
}

/** True when the caller follows the contact, leads somebody who does, or is an admin. */
export function canSee({ role, staffId, teamIds }: Caller, followerIds: readonly string[]): boolean {
  return role === 'admin' || followerIds.some((id) => id === staffId || teamIds.includes(id));
}
