import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../../../../server/domain/classification/lifecycle.ts';
import {
  isCompleteCatalog,
  STAGE_TAGS,
  TAG_GROUPS,
  TAG_MEANINGS,
  tagChange,
  TIER_TAGS,
  type OwnGroup,
  type TagCatalog,
  type TagGroup,
} from '../../../../server/domain/tags/tagging.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';

/** A complete group whose tags have ids made of their names. */
function aGroup(group: TagGroup): OwnGroup {
  const tags = Object.entries(TAG_MEANINGS[group]).map(
    ([meaning, name]) => [meaning, { tagId: `et-${name}`, name }] as const,
  );
  return { groupId: `et-${group}`, name: TAG_GROUPS[group], tags: Object.fromEntries(tags), retiredIds: [] };
}
const catalog: TagCatalog = { tier: aGroup('tier'), stage: aGroup('stage') };
const without = (group: TagGroup, meaning: string): TagCatalog => {
  const { [meaning]: _, ...tags } = catalog[group].tags;
  return { ...catalog, [group]: { ...catalog[group], tags } };
};
const retiring = (...retiredIds: string[]): TagCatalog => ({
  ...catalog,
  tier: { ...catalog.tier, retiredIds },
});
const apply = (has: readonly string[], { add, remove }: { add: string[]; remove: string[] }) => [
  ...has.filter((id) => !remove.includes(id)),
  ...add,
];

describe('the tags we own', () => {
  it('are named as the founders name them, in the order of the pyramid and of the stages', () => {
    expect(TAG_GROUPS).toEqual({ tier: '客户分层', stage: '客户阶段' });
    expect(Object.values(TAG_MEANINGS.tier)).toEqual(['头部', '腰部', '尾部']);
    expect(Object.values(TAG_MEANINGS.stage)).toEqual([
      '猜想',
      '预期',
      '首次成交',
      '重复购买',
      '长期',
      '拥护者',
      '战略合作',
      '合伙人',
    ]);
  });

  it('hold one name for every tier but unrated, and for every stage', () => {
    expect(Object.keys(TIER_TAGS)).toEqual(TIERS.filter((tier) => tier !== 'unrated'));
    expect(Object.keys(STAGE_TAGS)).toEqual([...STAGES]);
  });
});

describe('the change of tags', () => {
  it.each([
    ['a bare relation gets both', [], ['et-重复购买', 'et-头部'], []],
    ['one that has both is left alone', ['et-头部', 'et-重复购买'], [], []],
    ['an old tier is replaced', ['et-腰部', 'et-重复购买'], ['et-头部'], ['et-腰部']],
    ['an old stage is replaced', ['et-头部', 'et-首次成交'], ['et-重复购买'], ['et-首次成交']],
    ['two tiers by mistake become one', ['et-头部', 'et-尾部', 'et-重复购买'], [], ['et-尾部']],
    ['tags of other groups stay', ['et-VIP', 'et-展会2026'], ['et-重复购买', 'et-头部'], []],
    [
      'both are replaced beside others',
      ['et-尾部', 'et-VIP', 'et-猜想'],
      ['et-重复购买', 'et-头部'],
      ['et-尾部', 'et-猜想'],
    ],
  ])('%s', (...[, has, add, remove]) => {
    expect(tagChange(catalog, has, { tier: 'head', stage: 'repeat' })).toEqual({ add, remove });
  });

  it('takes the tier away from an unrated account and gives none', () => {
    expect(tagChange(catalog, ['et-头部', 'et-猜想'], { tier: 'unrated', stage: 'suspect' })).toEqual({
      add: [],
      remove: ['et-头部'],
    });
  });

  it.each(['head', 'waist', 'tail'] as const)(
    'gives no tier while %s is absent, and takes the old one',
    (tier) => {
      const lacking = without('tier', tier);
      const other = tier === 'head' ? 'et-腰部' : 'et-头部';
      expect(tagChange(lacking, [other, 'et-重复购买'], { tier, stage: 'repeat' })).toEqual({
        add: [],
        remove: [other],
      });
    },
  );

  it.each(STAGES)('gives no stage while %s is absent', (stage) => {
    const lacking = without('stage', stage);
    expect(tagChange(lacking, [], { tier: 'head', stage })).toEqual({ add: ['et-头部'], remove: [] });
  });

  it('takes away what is retired, and keeps what only looks like it', () => {
    expect(
      tagChange(retiring('et-old'), ['et-old', 'et-other', 'et-猜想'], { tier: 'head', stage: 'suspect' }),
    ).toEqual({ add: ['et-头部'], remove: ['et-old'] });
  });
});

describe('applying the change', () => {
  const ours = [catalog.tier, catalog.stage].flatMap(({ tags }) =>
    Object.values(tags).map(({ tagId }) => tagId),
  );
  const anyTags = fc.uniqueArray(fc.constantFrom(...ours, 'et-VIP', 'et-展会', 'et-新能源'));
  const anyWish = fc.record({ tier: fc.constantFrom(...TIERS), stage: fc.constantFrom(...STAGES) });

  it('leaves exactly one stage, at most one tier, and everything that is not ours', () => {
    fc.assert(
      fc.property(anyTags, anyWish, (has, wish) => {
        const after = apply(has, tagChange(catalog, has, wish));
        const tier = wish.tier === 'unrated' ? [] : [`et-${TIER_TAGS[wish.tier]}`];
        const others = has.filter((id) => !ours.includes(id));
        expect(after.toSorted()).toEqual([...others, ...tier, `et-${STAGE_TAGS[wish.stage]}`].toSorted());
      }),
    );
  });

  it('leaves nothing to change', () => {
    fc.assert(
      fc.property(anyTags, anyWish, (has, wish) => {
        const after = apply(has, tagChange(catalog, has, wish));
        expect(tagChange(catalog, after, wish)).toEqual({ add: [], remove: [] });
      }),
    );
  });
});

describe('a catalogue', () => {
  it('is complete with every tag of both groups', () => {
    expect(isCompleteCatalog(catalog)).toBe(true);
  });

  it.each([
    ...Object.keys(TIER_TAGS).map((meaning) => ['tier', meaning] as const),
    ...Object.keys(STAGE_TAGS).map((meaning) => ['stage', meaning] as const),
  ])('is not complete without %s/%s', (group, meaning) => {
    expect(isCompleteCatalog(without(group, meaning))).toBe(false);
  });
});
