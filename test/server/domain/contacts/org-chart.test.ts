import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kdm } from '../../../../server/domain/contacts/kdm.ts';
import { kdmProblems } from '../../../../server/domain/contacts/kdm-problems.ts';
import {
  makesCycle,
  orgChartOf,
  superiorOf,
  type Person,
} from '../../../../server/domain/contacts/org-chart.ts';

const aPerson = (_id: string, kdm: Kdm = {}, name = _id): Person => ({ _id, name, kdm });
const under = (superiorId: string): Kdm => ({ superiorId });
/** `depth name` of everybody placed, from the top down. */
const shapeOf = (people: readonly Person[]) =>
  orgChartOf(people).nodes.map(({ externalUserId, depth }) => `${depth} ${externalUserId}`);

/** p0 leads p1 leads p2 … */
const aChain = (length: number) =>
  Array.from({ length }, (_, n) => aPerson(`p${n}`, n === 0 ? { isTop: true } : under(`p${n - 1}`)));

describe('the org chart', () => {
  it('of nobody is empty', () => {
    expect(orgChartOf([])).toEqual({ roots: [], nodes: [], unplaced: [] });
  });

  it('puts everybody right under whom they report to', () => {
    const people = [
      aPerson('d', under('b')),
      aPerson('c', under('a')),
      aPerson('b', under('a')),
      aPerson('a'),
    ];
    expect(shapeOf(people)).toEqual(['0 a', '1 b', '2 d', '1 c']);
    expect(orgChartOf(people).nodes[0]).toEqual({
      externalUserId: 'a',
      superiorId: null,
      depth: 0,
      children: ['b', 'c'],
      isCut: false,
    });
  });

  it('leaves without a place whose superior nobody knows and who leads nobody', () => {
    const chart = orgChartOf([aPerson('a', { isTop: true }), aPerson('b', under('a')), aPerson('c')]);
    expect(chart.unplaced).toEqual(['c']);
    expect(chart.roots).toEqual(['a']);
  });

  it('may have several tops', () => {
    expect(orgChartOf([aPerson('b', { isTop: true }), aPerson('a', { isTop: true })]).roots).toEqual([
      'a',
      'b',
    ]);
  });

  it('orders siblings by level, then name, then id', () => {
    const people = [
      aPerson('1', { isTop: true }),
      aPerson('2', under('1'), '乙'),
      aPerson('3', { ...under('1'), level: 'staff' }, '甲'),
      aPerson('4', { ...under('1'), level: 'executive' }, '丁'),
      aPerson('6', under('1'), '丙'),
      aPerson('5', under('1'), '丙'),
      aPerson('7', { ...under('1'), level: 'manager' }, '丙'),
    ];
    expect(shapeOf(people)).toEqual(['0 1', '1 4', '1 7', '1 3', '1 5', '1 6', '1 2']);
  });

  it('keeps the team of a manager whose superior left the account, and tells that a line is cut', () => {
    const chart = orgChartOf([aPerson('b', under('gone')), aPerson('c', under('b'))]);
    expect(chart.nodes.map(({ externalUserId, isCut }) => [externalUserId, isCut])).toEqual([
      ['b', true],
      ['c', false],
    ]);
  });

  it('has no place for a person whose superior left the account and who leads nobody', () => {
    expect(orgChartOf([aPerson('b', under('gone'))])).toEqual({ roots: [], nodes: [], unplaced: ['b'] });
  });

  it('opens a ring that came in from elsewhere at its first in rank', () => {
    const people = [
      aPerson('a', under('c')),
      aPerson('b', { ...under('a'), level: 'executive' }),
      aPerson('c', under('b')),
      aPerson('d', under('c')),
    ];
    expect(shapeOf(people)).toEqual(['0 b', '1 c', '2 a', '2 d']);
    expect(orgChartOf(people).nodes[0]?.isCut).toBe(true);
  });

  it('takes who is at the top out from under anybody', () => {
    expect(superiorOf({ superiorId: 'a', isTop: true })).toBeNull();
    expect(orgChartOf([aPerson('a'), aPerson('b', { superiorId: 'a', isTop: true })]).roots).toEqual(['b']);
  });

  it('draws a chain of 1,000', () => {
    const { nodes } = orgChartOf(aChain(1000));
    expect(nodes).toHaveLength(1000);
    expect(nodes.at(-1)).toMatchObject({ externalUserId: 'p999', depth: 999 });
  });
});

describe('a ring', () => {
  it('is made by putting the head of a chain of 1,000 under its foot, and not the other way round', () => {
    const people = aChain(1000);
    expect(makesCycle('p0', 'p999', people)).toBe(true);
    expect(makesCycle('p999', 'p0', people)).toBe(false);
  });

  it('that holds others only does not hold up the question', () => {
    expect(makesCycle('x', 'a', [aPerson('a', under('b')), aPerson('b', under('a'))])).toBe(false);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
/** Any people, with superiors known, lost or in rings. */
const anyPeople = fc
  .array(
    fc.record({
      superiorId: fc.constantFrom(...ids, 'gone', null),
      isTop: fc.constantFrom(true, false, null),
      level: fc.constantFrom('executive' as const, 'staff' as const, null),
    }),
    { maxLength: ids.length },
  )
  .map((kdms) => kdms.map((kdm, n) => aPerson(ids[n] ?? '', kdm)));

describe('for any people', () => {
  it('the chart is a partition: everybody stands in it once, or among those without a place', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { nodes, unplaced } = orgChartOf(people);
        const met = [...nodes.map(({ externalUserId }) => externalUserId), ...unplaced];
        expect(met.toSorted()).toEqual(people.map(({ _id }) => _id).toSorted());
      }),
    );
  });

  it('everybody stands one step below their superior, and after them', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        const { nodes } = orgChartOf(people);
        for (const [place, { superiorId, depth }] of nodes.entries()) {
          const above = nodes.findIndex(({ externalUserId }) => externalUserId === superiorId);
          expect(depth).toBe(superiorId === null ? 0 : (nodes[above]?.depth ?? Number.NaN) + 1);
          expect(above).toBeLessThan(place);
        }
      }),
    );
  });

  it('the chart does not depend on the order in which they are read', () => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        expect(orgChartOf(people.toReversed())).toEqual(orgChartOf(people));
      }),
    );
  });

  it('no ring can be made by edits that are accepted', () => {
    const anyEdit = fc.record({ who: fc.nat(ids.length - 1), superiorId: fc.constantFrom(...ids) });
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 30 }), (edits) => {
        const people = ids.map((id) => aPerson(id));
        for (const { who, superiorId } of edits) {
          const person = people[who];
          const about = { externalUserId: person?._id ?? '', people, today: '2026-03-11' };
          if (person && kdmProblems({ superiorId }, about).length === 0) person.kdm = { superiorId };
        }
        expect(orgChartOf(people).nodes.filter(({ isCut }) => isCut)).toEqual([]);
      }),
    );
  });
});
