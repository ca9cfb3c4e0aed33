import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canSee, departmentsBelow } from '../../../../server/domain/staff/staff.ts';

/** 1 → (2 → (4 → 5), 3) */
const DEPARTMENTS = [
  { _id: 5, parentId: 4 },
  { _id: 4, parentId: 2 },
  { _id: 3, parentId: 1 },
  { _id: 2, parentId: 1 },
  { _id: 1, parentId: 0 },
];
const aMember = (_id: string, departmentIds: number[], leaderOf: number[] = []) => ({
  _id,
  departmentIds,
  leaderOf,
});
const MEMBERS = [
  aMember('boss', [1], [1]),
  aMember('second', [2], [2]),
  aMember('third', [3]),
  aMember('fourth', [4]),
  aMember('fifth', [5]),
  aMember('both', [3, 5]),
];
type Tree = readonly { _id: number; parentId: number }[];
const team = ({ leaderOf }: ReturnType<typeof aMember>, departments: Tree = DEPARTMENTS) => {
  const led = departmentsBelow(leaderOf, departments);
  return MEMBERS.filter(({ departmentIds }) => departmentIds.some((id) => led.includes(id)))
    .map(({ _id }) => _id)
    .sort();
};

describe('a team', () => {
  it('is everybody in the department and those below it, in whatever order departments come', () => {
    expect(team(aMember('second', [2], [2]))).toEqual(['both', 'fifth', 'fourth', 'second']);
    expect(team(aMember('second', [2], [2]), DEPARTMENTS.toReversed())).toEqual(
      team(aMember('second', [2], [2])),
    );
  });

  it('of the whole corp’s leader is the whole corp', () => {
    expect(team(aMember('boss', [1], [1]))).toHaveLength(MEMBERS.length);
  });

  it('joins several departments', () => {
    expect(team(aMember('second', [2], [3, 5]))).toEqual(['both', 'fifth', 'third']);
  });

  it('of somebody who leads nothing is nobody', () => {
    expect(team(aMember('third', [3]))).toEqual([]);
  });

  it('of a department that nobody knows is nobody', () => {
    expect(team(aMember('x', [99], [99]))).toEqual([]);
  });

  it('ends when departments lie in each other', () => {
    const circle = [
      { _id: 2, parentId: 4 },
      { _id: 4, parentId: 2 },
      { _id: 3, parentId: 3 },
    ];
    expect(team(aMember('second', [2], [2]), circle)).toEqual(['fourth', 'second']);
    expect(team(aMember('x', [], [3]), circle)).toEqual(['both', 'third']);
  });

  it('of one level more is never smaller', () => {
    const id = fc.integer({ min: 1, max: 12 });
    const tree = fc.array(fc.record({ _id: id, parentId: fc.integer({ min: 0, max: 12 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(tree, id, (departments, led) => {
        const parent = departments.find(({ _id }) => _id === led)?.parentId ?? led;
        const below = departmentsBelow([led], departments);
        const above = departmentsBelow([parent, led], departments);
        expect(above).toEqual(expect.arrayContaining(below));
        expect(new Set(above).size).toBe(above.length);
      }),
    );
  });
});

describe('a contact', () => {
  const sales = { staffId: 'lisi', role: 'sales', teamIds: [] } as const;
  const manager = { staffId: 'ZhangSan', role: 'manager', teamIds: ['ZhangSan', 'lisi'] } as const;
  const admin = { staffId: 'boss', role: 'admin', teamIds: [] } as const;

  it.each([
    ['sales', sales, ['lisi'], true],
    ['sales', sales, ['wangwu', 'lisi'], true],
    ['sales', sales, ['wangwu'], false],
    ['sales', sales, [], false],
    ['a manager', manager, ['lisi'], true],
    ['a manager', manager, ['ZhangSan'], true],
    ['a manager', manager, ['wangwu'], false],
    ['an admin', admin, ['wangwu'], true],
    ['an admin', admin, [], true],
  ] as const)('can be seen by %s %j of followers %j: %s', (...[, caller, followers, isSeen]) => {
    expect(canSee(caller, followers)).toBe(isSeen);
  });
});
