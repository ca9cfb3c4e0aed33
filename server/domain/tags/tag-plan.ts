import { TAG_GROUPS, TAG_MEANINGS, type OwnGroup, type OwnTag, type TagGroup } from './tagging.ts';

/** A tag group as WeCom tells of it, without what is deleted. */
export type ListedGroup = {
  groupId: string;
  name: string;
  createdAt: Date;
  tags: { tagId: string; name: string }[];
};

/**
 * How one group of ours comes about. `home`: the group in WeCom that is ours, null when it has to be made under `groupName`;
 * `adopt`: tags that are there, by meaning; `create`: tags to make, in the order of the group; `retiredIds`: see `OwnGroup`.
 */
export type TagPlan = {
  home: ListedGroup | null;
  groupName: string;
  adopt: Record<string, OwnTag>;
  create: { meaning: string; name: string }[];
  retiredIds: string[];
};

/** Follows a name that is taken by others. */
const SUFFIX = '·跟进';

/**
 * Reads our group out of all groups. What we know is told by its id, whatever people call it now; what we do not know is
 * told by its name, and of two the older is ours. Deleted tags are made again under the name they had.
 *
 * @param avoid groups in which WeCom lets us make nothing; then a group of our own is made beside them.
 */
export function tagPlan(
  group: TagGroup,
  told: readonly ListedGroup[],
  { kept, avoid = [] }: { kept: OwnGroup | null; avoid?: readonly string[] },
): TagPlan {
  const first = TAG_GROUPS[group];
  const groupName = avoid.length > 0 ? first + SUFFIX : (kept?.name ?? first);
  const allowed = told.filter(({ groupId }) => !avoid.includes(groupId));
  const home = homeOf(allowed, { kept, names: [groupName, first, first + SUFFIX] });
  const tags = home?.tags ?? [];
  const adopt = adopted(group, tags, kept);
  const create = absent(group, { adopt, kept, taken: new Set(tags.map(({ name }) => name)) });
  return { home, groupName, adopt, create, retiredIds: retired(told, { kept, home, adopt }) };
}

/** The group after `made` tags came to those that were there. */
export function ownGroupOf(plan: TagPlan, made: Omit<ListedGroup, 'createdAt'> | null): OwnGroup {
  const { groupName, adopt, create, retiredIds } = plan;
  const { groupId, name } = plan.home ?? made ?? { groupId: '', name: groupName };
  const tags = { ...adopt };
  for (const { meaning, name: wanted } of create) {
    const tag = made?.tags.find((each) => each.name === wanted);
    if (tag) tags[meaning] = { tagId: tag.tagId, name: tag.name };
  }
  return { groupId, name, tags, retiredIds };
}

/** What is not there, under the name that it had or has at first; under another where that name means something else. */
function absent(
  group: TagGroup,
  { adopt, kept, taken }: { adopt: TagPlan['adopt']; kept: OwnGroup | null; taken: ReadonlySet<string> },
): TagPlan['create'] {
  return Object.entries(TAG_MEANINGS[group])
    .filter(([meaning]) => !adopt[meaning])
    .map(([meaning, first]) => {
      const name = kept?.tags[meaning]?.name ?? first;
      return { meaning, name: taken.has(name) ? name + SUFFIX : name };
    });
}

function homeOf(
  told: readonly ListedGroup[],
  { kept, names }: { kept: OwnGroup | null; names: readonly string[] },
): ListedGroup | null {
  const known = told.find(({ groupId }) => groupId === kept?.groupId);
  if (known) return known;
  const [oldest] = told
    .filter(({ name }) => names.includes(name))
    .sort((left, right) => left.createdAt.getTime() - right.createdAt.getTime());
  return oldest ?? null;
}

/** First those whose id we know, then those that have a name of ours and no other meaning. */
function adopted(group: TagGroup, tags: ListedGroup['tags'], kept: OwnGroup | null): Record<string, OwnTag> {
  const adopt: Record<string, OwnTag> = {};
  const free = new Map(tags.map((tag) => [tag.tagId, tag]));
  const take = (meaning: string, tag: OwnTag | undefined) => {
    if (!tag || adopt[meaning]) return;
    adopt[meaning] = { tagId: tag.tagId, name: tag.name };
    free.delete(tag.tagId);
  };
  const meanings = Object.entries(TAG_MEANINGS[group]);
  for (const [meaning] of meanings) take(meaning, free.get(kept?.tags[meaning]?.tagId ?? ''));
  for (const [meaning, first] of meanings) {
    const names = [kept?.tags[meaning]?.name, first];
    take(
      meaning,
      [...free.values()].find(({ name }) => names.includes(name)),
    );
  }
  return adopt;
}

/** Tags that were ours, and those of another group of our name that mean the same as ours; of these what is still there. */
function retired(
  told: readonly ListedGroup[],
  { kept, home, adopt }: { kept: OwnGroup | null; home: ListedGroup | null; adopt: Record<string, OwnTag> },
): string[] {
  const once = new Set([
    ...(kept?.retiredIds ?? []),
    ...Object.values(kept?.tags ?? {}).map(({ tagId }) => tagId),
  ]);
  const names = new Set(Object.values(adopt).map(({ name }) => name));
  const now = new Set(Object.values(adopt).map(({ tagId }) => tagId));
  const doubles = told.filter(({ groupId, name }) => name === home?.name && groupId !== home.groupId);
  for (const { tags } of doubles) for (const { tagId, name } of tags) if (names.has(name)) once.add(tagId);
  const living = told.flatMap(({ tags }) => tags.map(({ tagId }) => tagId));
  return living.filter((tagId) => once.has(tagId) && !now.has(tagId));
}
