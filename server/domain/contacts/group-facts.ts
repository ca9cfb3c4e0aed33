/** Somebody in a group, as WeCom tells. */
type ToldMember = { id: string; isStaff: boolean; joinedAt: Date; joinScene: number; state: string };

/** A customer group, as WeCom tells. */
type ToldGroup = {
  chatId: string;
  name: string;
  ownerId: string;
  createdAt: Date;
  notice: string;
  members: readonly ToldMember[];
  version: string;
};

/** What we keep of a customer group; members without their names, which are nobody's business here. */
export function groupFacts({ chatId, name, ownerId, createdAt, notice, members, version }: ToldGroup) {
  return {
    _id: chatId,
    name,
    ownerId,
    createdAt,
    notice,
    version,
    memberCount: members.length,
    staffCount: members.filter(({ isStaff }) => isStaff).length,
    members: members.map(({ id, isStaff, joinedAt, joinScene, state }) => ({
      id,
      isStaff,
      joinedAt,
      joinScene,
      state,
    })),
  };
}
export type GroupFacts = ReturnType<typeof groupFacts>;

/** True when the group is as we have it and lives. The order in which members are told says nothing. */
export function isSameGroup(
  kept: (GroupFacts & { dismissedAt: Date | null }) | undefined,
  told: GroupFacts,
): boolean {
  if (!kept || kept.dismissedAt) return false;
  return comparable(kept) === comparable(told);
}

function comparable({ _id, name, ownerId, createdAt, notice, version, members }: GroupFacts): string {
  const people = members
    .map(({ id, isStaff, joinedAt, joinScene, state }) => [id, isStaff, joinedAt, joinScene, state])
    .sort((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));
  return JSON.stringify([_id, name, ownerId, createdAt, notice, version, people]);
}
