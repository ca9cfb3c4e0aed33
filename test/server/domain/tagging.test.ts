import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../../../server/domain/lifecycle.ts';
import {
  isCompleteCatalog,
  STAGE_TAGS,
  TAG_GROUPS,
  TAG_NAMES,
  tagChange,
  TIER_TAGS,
  type TagCatalog,
} from '../../../server/domain/tagging.ts';
import { TIERS } from '../../../server/domain/tier.ts';

const idsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `et-${name}`]));
const catalog: TagCatalog = { tier: idsOf(TAG_NAMES.tier), stage: idsOf(TAG_NAMES.stage) };
const without = (group: 'tier' | 'stage', name: string): TagCatalog => {
  const { [name]: _, ...rest } = catalog[group];
  return { ...catalog, [group]: rest };
};
const apply = (has: readonly string[], { add, remove }: { add: string[]; remove: string[] }) => [
  ...has.filter((id) => !remove.includes(id)),
  ...add,
];

describe('the tags we own', () => {
  it('are named as the founders name them, in the order of the pyramid and of the stages', () => {
    expect(TAG_GROUPS).toEqual({ tier: '客户分层', stage: '客户阶段' });
    expect(TAG_NAMES.tier).toEqual(['头部', '腰部', '尾部']);
    expect(TAG_NAMES.stage).toEqual([
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

  it.each(['头部', '腰部', '尾部'])('is refused while the catalogue lacks 客户分层/%s', (name) => {
    const tier = TIERS.find((tier) => tier !== 'unrated' && TIER_TAGS[tier] === name) ?? 'unrated';
    expect(() => tagChange(without('tier', name), [], { tier, stage: 'repeat' })).toThrow(RangeError);
    expect(() => tagChange(without('tier', name), [], { tier, stage: 'repeat' })).toThrow(`客户分层/${name}`);
  });

  it.each(STAGES)('is refused while the catalogue lacks the tag of %s', (stage) => {
    const lacking = without('stage', STAGE_TAGS[stage]);
    expect(() => tagChange(lacking, [], { tier: 'unrated', stage })).toThrow(RangeError);
  });

  it('needs no tier tag for an unrated account', () => {
    const noTiers = { ...catalog, tier: {} };
    expect(tagChange(noTiers, [], { tier: 'unrated', stage: 'suspect' })).toEqual({
      add: ['et-猜想'],
      remove: [],
    });
  });
});

describe('applying the change', () => {
  const ours = [...Object.values(catalog.tier), ...Object.values(catalog.stage)];
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
    ...TAG_NAMES.tier.map((name) => ['tier', name] as const),
    ...TAG_NAMES.stage.map((name) => ['stage', name] as const),
  ])('is not complete without %s/%s', (group, name) => {
    expect(isCompleteCatalog(without(group, name))).toBe(false);
  });

  it('is not complete with an empty id, and not when it is empty', () => {
    expect(isCompleteCatalog({ ...catalog, tier: { ...catalog.tier, 头部: '' } })).toBe(false);
    expect(isCompleteCatalog({ tier: {}, stage: {} })).toBe(false);
  });

  it('may hold more than ours', () => {
    expect(isCompleteCatalog({ ...catalog, tier: { ...catalog.tier, 钻石: 'et-钻石' } })).toBe(true);
  });
});
