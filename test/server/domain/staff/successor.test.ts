import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deciders,
  successorCardText,
  successorOf,
  successorPairs,
  successorSubject,
  type Candidate,
  type SuccessorFacts,
} from '../../../../server/domain/staff/successor.ts';

const person = (_id: string, more: Partial<Candidate> = {}): Candidate => ({
  _id,
  departmentIds: [2],
  leaderOf: [],
  isActive: true,
  ...more,
});

/** 1 → 2 → 3; lena leads 2, olga 1; carl is in 3. */
const TREE = [
  { _id: 1, parentId: 0 },
  { _id: 2, parentId: 1 },
  { _id: 3, parentId: 2 },
];
const LENA = person('lena', { leaderOf: [2] });
const OLGA = person('olga', { departmentIds: [1], leaderOf: [1] });
const CARL = person('carl', { departmentIds: [3] });
const at = (day: number) => new Date(Date.UTC(2026, 2, day));

const facts = (more: Partial<SuccessorFacts> = {}): SuccessorFacts => ({
  leaver: { _id: 'ben', departmentIds: [2] },
  deputyId: null,
  followers: [],
  people: [person('anna'), person('dora'), person('ben'), CARL, LENA, OLGA],
  departments: TREE,
  loads: new Map(),
  ...more,
});
const chosen = (more: Partial<SuccessorFacts> = {}) => {
  const { heirId, why } = successorOf(facts(more));
  return [heirId, why.rule];
};
const carlFollows = { staffId: 'carl', touchedAt: at(3) };
const doraFollows = { staffId: 'dora', touchedAt: at(2) };

describe('the heir of an account', () => {
  it('is the deputy before anybody else', () => {
    expect(chosen({ deputyId: 'carl', followers: [doraFollows] })).toEqual(['carl', 'deputy']);
  });

  it('without a deputy is the colleague who was last in touch, of whatever department', () => {
    expect(successorOf(facts({ followers: [doraFollows, carlFollows] }))).toEqual({
      heirId: 'carl',
      why: { rule: 'co_follower', touchedAt: at(3), accountCount: null, departmentId: null },
    });
  });

  it('whom nobody else follows is the colleague of the department with the fewest accounts', () => {
    const loads = new Map([
      ['anna', 5],
      ['dora', 4],
    ]);
    expect(successorOf(facts({ loads }))).toEqual({
      heirId: 'dora',
      why: { rule: 'same_department', touchedAt: null, accountCount: 4, departmentId: 2 },
    });
    expect(chosen({ loads: loads.set('dora', 6) })[0]).toBe('anna');
  });

  it('is the one with the smaller id when two have as many, or were in touch at the same time', () => {
    expect(chosen()).toEqual(['anna', 'same_department']);
    const same = { touchedAt: at(2) };
    const followers = [
      { staffId: 'dora', ...same },
      { staffId: 'anna', ...same },
    ];
    expect(chosen({ followers })).toEqual(['anna', 'co_follower']);
  });

  it('of a department without colleagues is its leader, who does not count as a colleague', () => {
    const why = { rule: 'leader', touchedAt: null, accountCount: null, departmentId: 2 };
    expect(successorOf(facts({ people: [CARL, LENA, OLGA] }))).toEqual({ heirId: 'lena', why });
  });

  it('of the leader is a colleague, else who leads above', () => {
    const leaver = { _id: 'lena', departmentIds: [2] };
    expect(chosen({ leaver })).toEqual(['anna', 'same_department']);
    expect(chosen({ leaver, people: [LENA, CARL, OLGA] })).toEqual(['olga', 'leader']);
  });

  it('is nobody when nobody fits', () => {
    expect(successorOf(facts({ people: [CARL] }))).toEqual({
      heirId: null,
      why: { rule: 'nobody', touchedAt: null, accountCount: null, departmentId: null },
    });
  });

  it.each([
    ['is gone', { isActive: false }],
    ['may not follow customers', { followsCustomers: false }],
  ])('is never somebody who %s, by any rule', (_why, unfit) => {
    const people = [person('anna', unfit), person('lena', { leaderOf: [2], ...unfit })];
    const followers = [{ staffId: 'anna', touchedAt: at(1) }];
    expect(chosen({ people, followers, deputyId: 'anna' })).toEqual([null, 'nobody']);
  });

  it('is never the leaver, whatever the deputy says', () => {
    expect(chosen({ deputyId: 'ben', followers: [{ staffId: 'ben', touchedAt: at(9) }] })[0]).toBe('anna');
  });

  it('is found in a tree that bites its own tail', () => {
    const departments = [
      { _id: 2, parentId: 3 },
      { _id: 3, parentId: 2 },
    ];
    expect(chosen({ departments, people: [CARL] })).toEqual([null, 'nobody']);
    const above = person('zoe', { departmentIds: [3], leaderOf: [3] });
    expect(chosen({ departments, people: [CARL, above] })).toEqual(['zoe', 'leader']);
  });
});

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const people = fc.uniqueArray(
  fc.record({
    _id: ids,
    departmentIds: fc.subarray([1, 2, 3]),
    leaderOf: fc.subarray([1, 2, 3]),
    isActive: fc.boolean(),
    followsCustomers: fc.boolean(),
  }),
  { selector: ({ _id }) => _id },
);
const anyFacts = fc.record({
  leaver: fc.record({ _id: ids, departmentIds: fc.subarray([1, 2, 3]) }),
  deputyId: fc.option(ids),
  followers: fc.array(fc.record({ staffId: ids, touchedAt: fc.date({ noInvalidDate: true }) })),
  people,
  departments: fc.constant(TREE),
  loads: fc.array(fc.tuple(ids, fc.nat(9))).map((pairs) => new Map(pairs)),
});

describe('in whatever corp', () => {
  it('the heir is active, may follow customers, and is not the leaver', () => {
    fc.assert(
      fc.property(anyFacts, (each) => {
        const { heirId, why } = successorOf(each);
        const fit = each.people.filter(({ isActive, followsCustomers }) => isActive && followsCustomers);
        expect(heirId === null).toBe(why.rule === 'nobody');
        expect([null, ...fit.map(({ _id }) => _id)]).toContain(heirId);
        expect(heirId).not.toBe(each.leaver._id);
      }),
    );
  });

  it('the order in which people and followers come does not matter', () => {
    fc.assert(
      fc.property(anyFacts, (each) => {
        const turned = { ...each, people: each.people.toReversed(), followers: each.followers.toReversed() };
        expect(successorOf(turned)).toEqual(successorOf(each));
      }),
    );
  });
});

describe('who decides about a leaver', () => {
  const leaver = { _id: 'ben', departmentIds: [3], directLeaderIds: ['anna'] };

  it('are the direct leaders, else who leads the nearest department above that somebody else leads', () => {
    expect(deciders(leaver, TREE, facts().people)).toEqual(['anna']);
    expect(deciders({ ...leaver, directLeaderIds: [] }, TREE, facts().people)).toEqual(['lena']);
    expect(deciders({ ...leaver, directLeaderIds: undefined }, TREE, [CARL, OLGA])).toEqual(['olga']);
    const own = person('ben', { leaderOf: [3] });
    expect(deciders({ ...leaver, directLeaderIds: [] }, TREE, [own, LENA, OLGA])).toEqual(['lena']);
    expect(deciders({ ...leaver, directLeaderIds: ['nobody'] }, TREE, [LENA, OLGA])).toEqual(['lena']);
  });

  it('are not those who have left themselves', () => {
    const gone = [
      person('anna', { isActive: false }),
      person('lena', { leaderOf: [2], isActive: false }),
      OLGA,
    ];
    expect(deciders(leaver, TREE, gone)).toEqual(['olga']);
    expect(deciders(leaver, TREE, gone.slice(0, 2))).toEqual([]);
  });

  it('need not follow customers themselves', () => {
    const boss = person('lena', { leaderOf: [2], followsCustomers: false });
    expect(deciders({ ...leaver, directLeaderIds: [] }, TREE, [boss])).toEqual(['lena']);
  });
});

describe('the card', () => {
  it('says who has gone, how much waits, and for whom', () => {
    const about = { leaver: '张三', heir: '李四', count: 12 };
    expect(successorCardText({ ...about, hasLeft: true })).toBe(
      '张三 已离职，12 位客户待接手，建议由 李四 接手',
    );
    expect(successorCardText({ ...about, hasLeft: false })).toBe(
      '张三 已停用，12 位客户待接手，建议由 李四 接手',
    );
  });

  it('names both members in its buttons, so that they are found again also with dots in their ids', () => {
    expect(successorPairs(successorSubject('ben', 'anna'))).toEqual([{ leaverId: 'ben', heirId: 'anna' }]);
    expect(successorPairs(successorSubject('z.san', 'l.si'))).toContainEqual({
      leaverId: 'z.san',
      heirId: 'l.si',
    });
    expect(successorPairs('nobody')).toEqual([]);
    expect(successorPairs('.a')).toEqual([]);
    expect(successorPairs('a.')).toEqual([]);
  });
});
