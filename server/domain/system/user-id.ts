/** What is the same for every spelling of a userid: WeCom does not tell capitals from small letters. Source: wecom.md §0. */
const userIdKey = (userId: string): string => userId.trim().toLowerCase();

/** True when one of `userIds` is this one, however spelled. */
export const isNamed = (userIds: readonly string[], userId: string): boolean =>
  userIds.some((each) => userIdKey(each) === userIdKey(userId));

type Known = { _id: string; formerIds?: readonly string[] };

/**
 * How the directory spells userids that somebody wrote. An id as it stands wins over one that differs by its capitals, that over an
 * id that a member had before; one that nobody has stays as it was written.
 */
export function spellingIn(members: readonly Known[]): (userId: string) => string {
  const exact = new Set(members.map(({ _id }) => _id));
  const former = members.flatMap(({ _id, formerIds = [] }) =>
    formerIds.map((id) => [userIdKey(id), _id] as const),
  );
  const current = members.map(({ _id }) => [userIdKey(_id), _id] as const);
  const spelled = new Map([...former, ...current]);
  return (userId) => (exact.has(userId) ? userId : (spelled.get(userIdKey(userId)) ?? userId.trim()));
}
