type Named = { _id: string; name: string };
type Remarked = { staffId: string; externalUserId: string; remark: string };

/** How a contact is called: `name` comes first, `nickname` beside it; null when it says the same. */
export type ContactName = { name: string; nickname: string | null };

/**
 * How a contact is called for people: by the remark 备注 of the first of these members who wrote one (who looks, then who owns the
 * account), else by the nickname that the contact chose, which is often a joke. Source: WeCom doc 92114, `remark`.
 */
export function contactName(
  { _id, name: nickname }: Named,
  followers: readonly Remarked[],
  members: readonly (string | null)[],
): ContactName {
  const remarks = followers.filter(({ externalUserId, remark }) => externalUserId === _id && remark.trim());
  const remark = members
    .map((member) => remarks.find(({ staffId }) => staffId === member)?.remark.trim())
    .find(Boolean);
  return remark && remark !== nickname ? { name: remark, nickname } : { name: nickname, nickname: null };
}

/** The names of several contacts by their ids; see `contactName`. */
export const contactNames = (
  people: readonly Named[],
  followers: readonly Remarked[],
  members: readonly (string | null)[],
): Map<string, string> =>
  new Map(people.map((person) => [person._id, contactName(person, followers, members).name]));
