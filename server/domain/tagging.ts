import type { Stage } from './lifecycle.ts';
import type { Tier } from './tier.ts';

/** The two tag groups that we own in WeCom. Source: contract.md "Tags in WeCom". */
export const TAG_GROUPS = { tier: '客户分层', stage: '客户阶段' } as const;
export type TagGroup = keyof typeof TAG_GROUPS;

/** Tag names; unrated accounts carry no tier tag. */
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

/** Tag ids of our groups by tag name, as WeCom gave them. */
export type TagCatalog = Record<TagGroup, Record<string, string>>;

/** What one follow relation lacks and has too much. */
export type TagChange = { add: string[]; remove: string[] };

/** The tag names of each group, in the order in which WeCom shows them. */
export const TAG_NAMES: Record<TagGroup, readonly string[]> = {
  tier: Object.values(TIER_TAGS),
  stage: Object.values(STAGE_TAGS),
};

/**
 * The difference between the tags a relation has and should have. Only tags of our groups are ever taken away.
 *
 * @throws {RangeError} when the catalogue lacks a wanted tag.
 */
export function tagChange(
  catalog: TagCatalog,
  has: readonly string[],
  { tier, stage }: { tier: Tier; stage: Stage },
): TagChange {
  const wanted = [tagIdOf(catalog, 'stage', STAGE_TAGS[stage])];
  if (tier !== 'unrated') wanted.push(tagIdOf(catalog, 'tier', TIER_TAGS[tier]));
  const ours = new Set([...Object.values(catalog.tier), ...Object.values(catalog.stage)]);
  return {
    add: wanted.filter((id) => !has.includes(id)),
    remove: has.filter((id) => ours.has(id) && !wanted.includes(id)),
  };
}

function tagIdOf(catalog: TagCatalog, group: TagGroup, name: string): string {
  const id = catalog[group][name];
  if (!id) throw new RangeError(`the tag catalogue lacks ${TAG_GROUPS[group]}/${name}`);
  return id;
}

/** True when every tag of our groups is in the catalogue. */
export function isCompleteCatalog(catalog: TagCatalog): boolean {
  return (Object.keys(TAG_GROUPS) as TagGroup[]).every((group) =>
    TAG_NAMES[group].every((name) => catalog[group][name]),
  );
}
