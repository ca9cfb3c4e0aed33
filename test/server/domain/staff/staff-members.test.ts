import { describe, expect, it } from 'vitest';
import {
  isSuspiciousShrink,
  keptMember,
  ledAfter,
  ledWithoutBook,
  mayManage,
  mustRelease,
  silentMember,
  type ListedMember,
} from '../../../../server/domain/staff/staff.ts';

const NOW = new Date('2026-03-11T10:00:00+08:00');
const YESTERDAY = new Date('2026-03-10T10:00:00+08:00');

const aTold = (more: Partial<ListedMember> = {}): ListedMember => ({
  staffId: 'ben',
  name: '本',
  position: '销售',
  departmentIds: [2],
  leaderOf: [],
  directLeaderIds: ['lena'],
  standing: 'active',
  ...more,
});
const KNOWN = keptMember(aTold({ leaderOf: [2] }), null, YESTERDAY);
const keep = (more: Partial<ListedMember>, before = KNOWN) => keptMember(aTold(more), before, NOW);

describe('what is kept of a member', () => {
  it.each(['', 'ben'])('has the known name where the book says “%s”', (name) => {
    expect(keep({ name }).name).toBe('本');
    expect(keptMember(aTold({ name: 'ben' }), null, NOW).name).toBe('ben');
  });

  it('has the new name, position and departments where the book tells them', () => {
    expect(keep({ name: '本杰明', position: '经理', departmentIds: [3] })).toMatchObject({
      name: '本杰明',
      position: '经理',
      departmentIds: [3],
      leaderOf: [],
    });
  });

  it('has the known departments where the book tells none: everybody is in one', () => {
    expect(keep({ departmentIds: [] })).toMatchObject({ departmentIds: [2], leaderOf: [2] });
  });

  it('says since when they are gone, and that they came back', () => {
    const gone = keep({ standing: 'disabled' });
    expect(gone).toMatchObject({ isActive: false, inactiveAt: NOW, returnedAt: null });
    const later = keptMember(aTold({ standing: 'left' }), { ...gone, inactiveAt: YESTERDAY }, NOW);
    expect(later).toMatchObject({ isActive: false, inactiveAt: YESTERDAY, standing: 'left' });
    expect(keep({}, later)).toMatchObject({ isActive: true, inactiveAt: null, returnedAt: NOW });
    expect(keep({}, KNOWN)).toMatchObject({ isActive: true, returnedAt: null });
  });
});

it('a member of whom the book is silent stays as known, or goes by the id', () => {
  const { _id, isActive: _a, inactiveAt: _i, returnedAt: _r, ...known } = KNOWN;
  expect(silentMember(_id, KNOWN, 'hidden')).toEqual({ ...known, staffId: 'ben', standing: 'hidden' });
  expect(silentMember('new', null)).toEqual({
    staffId: 'new',
    name: 'new',
    position: '',
    departmentIds: [],
    leaderOf: [],
    directLeaderIds: [],
    standing: 'active',
  });
});

it('without the departments a member still leads those that they are not in themselves', () => {
  expect(ledWithoutBook(aTold({ departmentIds: [2, 3], leaderOf: [3] }), { leaderOf: [2, 5] })).toEqual([
    3, 5,
  ]);
  expect(ledWithoutBook(aTold({ leaderOf: [2] }), null)).toEqual([2]);
});

it('with the departments a member leads those that say so; one that names nobody keeps its leaders', () => {
  const departments = [
    { departmentId: 1, leaderIds: ['ben', 'olga'] },
    { departmentId: 2, leaderIds: ['lena'] },
    { departmentId: 3, leaderIds: [] },
    { departmentId: 4, leaderIds: [] },
  ];
  expect(ledAfter({ _id: 'ben', leaderOf: [2, 3, 9] }, departments)).toEqual([1, 3]);
});

const book = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

describe('a shrinking address book', () => {
  it.each([
    [0, 0, false],
    [1, 0, true],
    [20, 1, false],
    [21, 10, true],
    [21, 11, false],
    [22, 11, false],
  ])('of %i with %i left is suspicious: %s', (known, told, expected) => {
    expect(isSuspiciousShrink(book(known), new Set(book(told)))).toBe(expected);
  });

  it('does not count strangers for those who are missing', () => {
    expect(isSuspiciousShrink(book(21), new Set([...book(10), 'x', 'y', 'z']))).toBe(true);
  });
});

describe('accounts go to the pool', () => {
  const before = (ms: number) => new Date(NOW.getTime() - 7 * 86_400_000 + ms);
  it.each([
    ['left', NOW, true],
    ['left', null, true],
    ['disabled', before(1), false],
    ['disabled', before(0), true],
    ['hidden', before(1), false],
    ['hidden', before(0), true],
    ['not_activated', new Date(0), false],
    ['disabled', null, false],
  ] as const)('of who is %s since %s: %s', (standing, inactiveAt, expected) => {
    expect(mustRelease({ standing, inactiveAt }, NOW)).toBe(expected);
  });
});

it.each([
  [{ role: 'admin', teamIds: [] }, ['x'], true],
  [{ role: 'manager', teamIds: ['a', 'b'] }, ['a', 'b'], true],
  [{ role: 'manager', teamIds: ['a', 'b'] }, ['a', 'c'], false],
  [{ role: 'manager', teamIds: ['a'] }, [], false],
  [{ role: 'admin', teamIds: [] }, [], true],
  [{ role: 'sales', teamIds: ['a'] }, ['a'], false],
] as const)('%j may hand over between %j: %s', (caller, ids, expected) => {
  expect(mayManage({ staffId: 'me', ...caller }, ids)).toBe(expected);
});
