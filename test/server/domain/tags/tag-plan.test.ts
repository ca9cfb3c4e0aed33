import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownGroupOf, tagPlan, type ListedGroup } from '../../../../server/domain/tags/tag-plan.ts';
import { TAG_MEANINGS, TIER_TAGS, type OwnGroup } from '../../../../server/domain/tags/tagging.ts';

const NAMES = Object.values(TIER_TAGS);
const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const told = (groupId: string, names: readonly string[], more: Partial<ListedGroup> = {}): ListedGroup => ({
  groupId,
  name: '客户分层',
  createdAt: day(1),
  tags: names.map((name) => ({ tagId: `${groupId}-${name}`, name })),
  ...more,
});
const known = (group: ListedGroup): OwnGroup => ownGroupOf(tagPlan('tier', [group], { kept: null }), null);
const kept = known(told('g1', NAMES));
const idsOf = (tags: Record<string, { tagId: string }>) =>
  Object.fromEntries(Object.entries(tags).map(([meaning, { tagId }]) => [meaning, tagId]));

describe('our group in WeCom', () => {
  it('is made with every tag when there is none', () => {
    const plan = tagPlan('tier', [told('gX', ['重点'], { name: '后台标签' })], { kept: null });
    expect(plan).toMatchObject({ home: null, groupName: '客户分层', adopt: {}, retiredIds: [] });
    expect(plan.create).toEqual([
      { meaning: 'head', name: '头部' },
      { meaning: 'waist', name: '腰部' },
      { meaning: 'tail', name: '尾部' },
    ]);
  });

  it('is taken over by name, and gets what it lacks', () => {
    const plan = tagPlan('tier', [told('g1', ['尾部', '重点', '头部'])], { kept: null });
    expect(plan.home?.groupId).toBe('g1');
    expect(idsOf(plan.adopt)).toEqual({ head: 'g1-头部', tail: 'g1-尾部' });
    expect(plan.create).toEqual([{ meaning: 'waist', name: '腰部' }]);
  });

  it('keeps its ids when group and tags get other names, and follows the names', () => {
    const renamed = told('g1', NAMES, {
      name: '价值',
      tags: [
        { tagId: 'g1-头部', name: 'A类' },
        { tagId: 'g1-腰部', name: '尾部' },
        { tagId: 'g1-尾部', name: '腰部' },
      ],
    });
    const plan = tagPlan('tier', [renamed], { kept });
    expect(plan.create).toEqual([]);
    expect(ownGroupOf(plan, null)).toEqual({
      groupId: 'g1',
      name: '价值',
      tags: {
        head: { tagId: 'g1-头部', name: 'A类' },
        waist: { tagId: 'g1-腰部', name: '尾部' },
        tail: { tagId: 'g1-尾部', name: '腰部' },
      },
      retiredIds: [],
    });
  });

  it('makes a deleted tag again under the name it had', () => {
    const named = known(told('g1', NAMES));
    const before = { ...named, tags: { ...named.tags, waist: { tagId: 'gone', name: 'B类' } } };
    const plan = tagPlan('tier', [told('g1', ['头部', '尾部'])], { kept: before });
    expect(plan.create).toEqual([{ meaning: 'waist', name: 'B类' }]);
  });

  it('takes over a tag of the lost name that somebody made again by hand', () => {
    const again = told('g1', ['头部', '尾部'], {
      tags: [...told('g1', ['头部', '尾部']).tags, { tagId: 'new', name: '腰部' }],
    });
    const plan = tagPlan('tier', [again], { kept });
    expect([plan.create, plan.adopt['waist']]).toEqual([[], { tagId: 'new', name: '腰部' }]);
  });

  it('makes a tag under another name while its own means something else', () => {
    const group = told('g1', [], {
      tags: [
        { tagId: 'g1-头部', name: '腰部' },
        { tagId: 'g1-尾部', name: '尾部' },
      ],
    });
    expect(tagPlan('tier', [group], { kept }).create).toEqual([{ meaning: 'waist', name: '腰部·跟进' }]);
  });

  it('is made again, with all its tags, when somebody deleted it', () => {
    const plan = tagPlan('tier', [], { kept: { ...kept, name: '价值' } });
    expect(plan).toMatchObject({ home: null, groupName: '价值', adopt: {} });
    expect(plan.create).toHaveLength(3);
  });
});

describe('two groups of our name', () => {
  const older = told('g1', NAMES);
  const younger = told('g2', [...NAMES, '重点'], { createdAt: day(2) });

  it('the older is ours while we know neither; what doubles it is retired, other tags stay', () => {
    const plan = tagPlan('tier', [younger, older], { kept: null });
    expect(plan.home?.groupId).toBe('g1');
    expect(plan.retiredIds).toEqual(['g2-头部', 'g2-腰部', 'g2-尾部']);
  });

  it('the one we know stays ours, though it is younger', () => {
    const plan = tagPlan('tier', [older, younger], { kept: known(younger) });
    expect([plan.home?.groupId, plan.retiredIds]).toEqual(['g2', ['g1-头部', 'g1-腰部', 'g1-尾部']]);
  });

  it('what was retired stays so while it exists, also under another name, and is forgotten then', () => {
    const before = { ...kept, retiredIds: ['g2-头部', 'deleted'] };
    const renamed = { ...younger, name: '旧分层' };
    expect(tagPlan('tier', [older, renamed], { kept: before }).retiredIds).toEqual(['g2-头部']);
    expect(tagPlan('tier', [older], { kept: before }).retiredIds).toEqual([]);
  });
});

describe("a group of others' making", () => {
  const foreign = told('gC', ['头部', '重点']);

  it('is left for one of our own beside it, whose tags are all ours', () => {
    const plan = tagPlan('tier', [foreign], { kept: null, avoid: ['gC'] });
    expect(plan).toMatchObject({ home: null, groupName: '客户分层·跟进', adopt: {}, retiredIds: [] });
    expect(plan.create.map(({ name }) => name)).toEqual(NAMES);
  });

  it('is not taken for ours again once we have our own', () => {
    const own = told('gO', NAMES, { name: '客户分层·跟进', createdAt: day(9) });
    const plan = tagPlan('tier', [foreign, own], { kept: known(own) });
    expect([plan.home?.groupId, plan.create, plan.retiredIds]).toEqual(['gO', [], []]);
  });

  it('has its tags retired that we had used until then', () => {
    const own = told('gO', NAMES, { name: '客户分层·跟进' });
    const before = known(foreign);
    const plan = tagPlan('tier', [foreign, own], { kept: before, avoid: ['gC'] });
    expect([plan.home?.groupId, plan.retiredIds]).toEqual(['gO', ['gC-头部']]);
  });
});

describe('the group after tags were made', () => {
  it('holds old and new tags by meaning, under the id that WeCom gave', () => {
    const plan = tagPlan('tier', [], { kept: null });
    expect(ownGroupOf(plan, told('g9', NAMES))).toMatchObject({
      groupId: 'g9',
      name: '客户分层',
      tags: { head: { tagId: 'g9-头部' }, tail: { tagId: 'g9-尾部' } },
    });
  });

  it('lacks what WeCom did not make', () => {
    const plan = tagPlan('tier', [], { kept: null });
    expect(Object.keys(ownGroupOf(plan, told('g9', ['腰部'])).tags)).toEqual(['waist']);
    expect(ownGroupOf(plan, null)).toEqual({ groupId: '', name: '客户分层', tags: {}, retiredIds: [] });
  });

  it('needs nothing more, whatever was there before', () => {
    const anyNames = fc.uniqueArray(fc.constantFrom(...Object.values(TAG_MEANINGS.stage), '重点', '展会'));
    fc.assert(
      fc.property(anyNames, (names) => {
        const group = told('g1', names, { name: '客户阶段' });
        const plan = tagPlan('stage', [group], { kept: null });
        const made = { ...group, tags: plan.create.map(({ name }) => ({ tagId: `new-${name}`, name })) };
        const after = { ...group, tags: [...group.tags, ...made.tags] };
        const again = tagPlan('stage', [after], { kept: ownGroupOf(plan, made) });
        expect([again.create, again.retiredIds]).toEqual([[], []]);
      }),
    );
  });
});
