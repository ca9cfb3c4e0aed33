import type { Stage } from '../classification/lifecycle.ts';
import type { Tier } from '../classification/tier.ts';

/** The two tag groups that we own in WeCom, as they are named at first. Source: contract.md "Tags in WeCom". */
export const TAG_GROUPS = { tier: '客户分层', stage: '客户阶段' } as const;
export type TagGroup = keyof typeof TAG_GROUPS;

/** Tag names at first; people may rename them in WeCom. Unrated accounts carry no tier tag. */
export const TIER_TAGS: Record<Exclude<Tier, 'unrated'>, string> = {
  head: '头部',
  waist: '腰部',
  tail: '尾部',
};
export const STAGE_TAGS: Record<Stage, string> = {
  suspect: '猜想',
  prospect: '预期',
  first_purchase: '首次成交',
  repeat: '重复购买',
  long_term: '长期',
  advocate: '拥护者',
  strategic_partner: '战略合作',
  partner: '合伙人',
};

/** What the tags of each group mean, with their first names, in the order in which WeCom shows them. */
export const TAG_MEANINGS: Record<TagGroup, Readonly<Record<string, string>>> = {
  tier: TIER_TAGS,
  stage: STAGE_TAGS,
};

/** A tag of ours, as it is named in WeCom now. */
export type OwnTag = { tagId: string; name: string };

/** A group of ours: tags by meaning. `retiredIds`: tags that once were ours or double them, and are still on the shelf. */
export type OwnGroup = {
  groupId: string;
  name: string;
  tags: Record<string, OwnTag>;
  retiredIds: string[];
};

/** Our two groups as WeCom has them. A tag may be absent while WeCom has no room for it. */
export type TagCatalog = Record<TagGroup, OwnGroup>;

/** What one follow relation lacks and has too much. */
export type TagChange = { add: string[]; remove: string[] };

/**
 * The difference between the tags a relation has and should have: one of each group. Only tags of our groups are ever taken
 * away. A tag that the catalogue lacks is not given, but what it would replace is taken away: it is no longer true.
 */
export function tagChange(
  catalog: TagCatalog,
  has: readonly string[],
  { tier, stage }: { tier: Tier; stage: Stage },
): TagChange {
  const tags = [catalog.stage.tags[stage], tier === 'unrated' ? undefined : catalog.tier.tags[tier]];
  const wanted = tags.flatMap((tag) => (tag ? [tag.tagId] : []));
  const ours = new Set([...idsOf(catalog.tier), ...idsOf(catalog.stage)]);
  return {
    add: wanted.filter((id) => !has.includes(id)),
    remove: has.filter((id) => ours.has(id) && !wanted.includes(id)),
  };
}

const idsOf = ({ tags, retiredIds }: OwnGroup) => [
  ...Object.values(tags).map(({ tagId }) => tagId),
  ...retiredIds,
];

/** True when every tag of our groups is in the catalogue. */
export function isCompleteCatalog(catalog: TagCatalog): boolean {
  return (Object.keys(TAG_GROUPS) as TagGroup[]).every((group) =>
    Object.keys(TAG_MEANINGS[group]).every((meaning) => catalog[group].tags[meaning]),
  );
}
