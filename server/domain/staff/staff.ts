/** What a staff member may do. Source: domain.md §1. */
export const ROLES = ['sales', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. `teamIds` are the members whose contacts a manager sees too, the manager included. */
export type Caller = { staffId: string; role: Role; teamIds: readonly string[] };

/** How a member stands in the address book; `hidden`: no longer in our visible range. Source: wecom.md §3.2. */
export const STANDINGS = ['active', 'disabled', 'not_activated', 'hidden', 'left'] as const;
export type Standing = (typeof STANDINGS)[number];

type Member = { _id: string; departmentIds: readonly number[]; leaderOf: readonly number[] };
type Department = { _id: number; parentId: number };

/** The departments that somebody leads, and all below them. */
export function departmentsBelow(leaderOf: readonly number[], departments: readonly Department[]): number[] {
  const led = new Set(leaderOf);
  for (let before = -1; before !== led.size;) {
    before = led.size;
    for (const { _id, parentId } of departments) if (led.has(parentId)) led.add(_id);
  }
  return [...led];
}

/** True when the caller follows the contact, leads somebody who does, or is an admin. */
export function canSee({ role, staffId, teamIds }: Caller, followerIds: readonly string[]): boolean {
  return role === 'admin' || followerIds.some((id) => id === staffId || teamIds.includes(id));
}

/** True when the caller owns the account or steps in for its owner, leads who does, follows one of its contacts, or is an admin. */
export function canSeeAccount(
  caller: Caller,
  { ownerId, deputyId }: { ownerId: string | null; deputyId: string | null },
  followerIds: readonly string[],
): boolean {
  const responsible = [ownerId, deputyId].flatMap((id) => (id ? [id] : []));
  return canSee(caller, [...responsible, ...followerIds]);
}

/** True when the caller may hand over what all of these members have: an admin, or their manager. Nobody is not everybody. */
export function mayManage({ role, teamIds }: Caller, staffIds: readonly string[]): boolean {
  if (role === 'admin') return true;
  return role === 'manager' && staffIds.length > 0 && staffIds.every((id) => teamIds.includes(id));
}

/** What the address book tells of a member now. */
export type ListedMember = {
  staffId: string;
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[];
  directLeaderIds: string[];
  standing: Standing;
};

/** What we keep of a member. Times: since when not active; when last back after that. */
export type KeptMember = Omit<ListedMember, 'staffId'> & {
  _id: string;
  isActive: boolean;
  inactiveAt: Date | null;
  returnedAt: Date | null;
};
type Before = Omit<KeptMember, 'standing' | 'directLeaderIds' | 'inactiveAt' | 'returnedAt'> &
  Partial<KeptMember>;

/**
 * What to keep of a member: what is told, and what was known where the address book is silent. An id in place of a name
 * (WeCom hides names from some apps) never replaces a name.
 */
export function keptMember({ staffId, ...told }: ListedMember, before: Before | null, at: Date): KeptMember {
  const kept = { _id: staffId, ...told, ...presence(told.standing === 'active', before, at) };
  if (!before) return kept;
  const isNamed = told.name !== '' && told.name !== staffId;
  const isPlaced = told.departmentIds.length > 0;
  return {
    ...kept,
    name: isNamed ? told.name : before.name,
    position: told.position || before.position,
    departmentIds: isPlaced ? told.departmentIds : before.departmentIds,
    leaderOf: isPlaced ? told.leaderOf : before.leaderOf,
  };
}

function presence(isActive: boolean, before: Before | null, at: Date) {
  const since = before?.returnedAt ?? null;
  if (!isActive) return { isActive, inactiveAt: before?.inactiveAt ?? at, returnedAt: since };
  return { isActive, inactiveAt: null, returnedAt: before?.isActive === false ? at : since };
}

/** A member of whom the address book tells nothing: as known before, else by the id; `standing` when it is known otherwise. */
export function silentMember(staffId: string, before: Before | null, standing?: Standing): ListedMember {
  const stranger = { name: staffId, position: '', departmentIds: [], leaderOf: [] };
  const known = { directLeaderIds: [], standing: 'active' as const, ...(before ?? stranger) };
  const { name, position, departmentIds, leaderOf, directLeaderIds } = known;
  return {
    staffId,
    name,
    position,
    departmentIds,
    leaderOf,
    directLeaderIds,
    standing: standing ?? known.standing,
  };
}

/**
 * What a member leads where the departments could not be read: a member's own record names only departments that they are
 * in, so what they led elsewhere stays.
 */
export function ledWithoutBook(told: ListedMember, before: Pick<Member, 'leaderOf'> | null): number[] {
  const elsewhere = (before?.leaderOf ?? []).filter((id) => !told.departmentIds.includes(id));
  return [...new Set([...told.leaderOf, ...elsewhere])];
}

/** What a member leads after the departments were read; an empty `leaderIds` may mean that WeCom does not tell. */
export function ledAfter(
  { _id, leaderOf }: Pick<Member, '_id' | 'leaderOf'>,
  departments: readonly { departmentId: number; leaderIds: readonly string[] }[],
): number[] {
  return departments
    .filter(({ departmentId, leaderIds }) =>
      leaderIds.length > 0 ? leaderIds.includes(_id) : leaderOf.includes(departmentId),
    )
    .map(({ departmentId }) => departmentId);
}

/** Up to so many members anything is believed but an empty book. */
const SMALL_BOOK = 20;

/** True when too many known members are missing at once to be believed: all of them, or more than half of a larger book. */
export function isSuspiciousShrink(knownIds: readonly string[], toldIds: ReadonlySet<string>): boolean {
  if (knownIds.length === 0) return false;
  if (toldIds.size === 0) return true;
  const remaining = knownIds.filter((id) => toldIds.has(id)).length;
  return knownIds.length > SMALL_BOOK && remaining * 2 < knownIds.length;
}

/** Who is disabled or out of range keeps the accounts for so long. */
export const GRACE_DAYS = 7;

/** True when the accounts of a member go to the pool: at once for who left, after a week for who may come back, never for who has yet to begin. */
export function mustRelease(
  { standing, inactiveAt }: { standing?: Standing | undefined; inactiveAt?: Date | null | undefined },
  now: Date,
): boolean {
  if (standing === 'left') return true;
  if (standing === 'not_activated') return false;
  return Boolean(inactiveAt && now.getTime() - inactiveAt.getTime() >= GRACE_DAYS * 86_400_000);
}
