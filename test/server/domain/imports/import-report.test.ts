import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bothReports,
  createSeen,
  emptyReport,
  fromTo,
  inOrder,
  outcomeOf,
  tally,
  type RowNote,
} from '../../../../server/domain/imports/import-report.ts';

const at = new Date('2026-03-11T02:00:00Z');
const note = (line: number): RowNote => ({ line, id: `o${line}`, reasons: ['x'] });

describe('what becomes of a good row', () => {
  it.each([
    ['nothing there yet', null, { name: '甲' }, 'created'],
    ['the same', { name: '甲', region: '华东' }, { name: '甲' }, 'unchanged'],
    ['another name', { name: '乙' }, { name: '甲' }, 'changed'],
    ['null and missing are the same', { endsOn: null }, { endsOn: undefined }, 'unchanged'],
    ['null and nothing are the same', {}, { endsOn: null }, 'unchanged'],
    ['the same day', { at }, { at: new Date(at) }, 'unchanged'],
    ['fields in another order', { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, 'unchanged'],
    ['a list in another order', { a: [1, 2] }, { a: [2, 1] }, 'changed'],
    ['a nought for nothing', { costFen: null }, { costFen: 0 }, 'changed'],
  ])('%s: %j, then %j: %s', (...[, before, after, outcome]) => {
    expect(outcomeOf(before, after)).toBe(outcome);
  });

  it('is counted once, and as imported', () => {
    const report = emptyReport();
    tally(report, 'created');
    tally(report, 'unchanged', 3);
    expect(report).toEqual({ ...emptyReport(), imported: 4, created: 1, unchanged: 3 });
  });
});

describe('what the audit log keeps of a row', () => {
  it('is the whole of something new, and only what changed of something known', () => {
    expect(fromTo(null, { name: '甲' })).toEqual({ from: null, to: { name: '甲' } });
    expect(fromTo({ name: '甲', region: '华东' }, { name: '甲', region: '华北', size: '小' })).toEqual({
      from: { region: '华东', size: null },
      to: { region: '华北', size: '小' },
    });
    expect(fromTo({ name: '甲' }, { name: '甲' })).toEqual({ from: {}, to: {} });
  });

  const anyFields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(null, 0, 1, 'x', 'y'));

  it('written over what was there gives what is there, and back again', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (before, after) => {
        const { from, to } = fromTo(before, after) as { from: object; to: object };
        expect(outcomeOf({ ...before, ...to }, after)).toBe('unchanged');
        expect(outcomeOf({ ...before, ...after, ...from }, before)).toBe('unchanged');
        expect(outcomeOf(before, after) === 'unchanged').toBe(Object.keys(to).length === 0);
      }),
    );
  });
});

describe('a key that stands twice in one file', () => {
  it('is refused the second time, with the line of the first', () => {
    const seen = createSeen('订单编号');
    expect(seen.refuse('o1', 2)).toEqual([]);
    expect(seen.refuse('o2', 3)).toEqual([]);
    expect(seen.refuse('o1', 9)).toEqual(['订单编号与第 2 行重复']);
    expect(seen.refuse('o1', 10)).toEqual(['订单编号与第 2 行重复']);
  });

  it('is another in another file', () => {
    createSeen('订单编号').refuse('o1', 2);
    expect(createSeen('订单编号').refuse('o1', 2)).toEqual([]);
  });
});

describe('reports', () => {
  it('name rows in the order of the file, whatever was found first', () => {
    const report = { ...emptyReport(), rejected: [note(9), note(2)], notes: [note(7), note(3)] };
    expect(inOrder(report)).toMatchObject({
      rejected: [{ line: 2 }, { line: 9 }],
      notes: [{ line: 3 }, { line: 7 }],
    });
  });

  it('of two runs add up: no row is lost or counted twice', () => {
    const anyReport = fc.record({
      imported: fc.nat(99),
      created: fc.nat(99),
      changed: fc.nat(99),
      unchanged: fc.nat(99),
      rejected: fc.array(fc.nat(99).map(note)),
      notes: fc.array(fc.nat(99).map(note)),
      newCustomers: fc.array(fc.string()),
    });
    fc.assert(
      fc.property(anyReport, anyReport, (one, other) => {
        const both = bothReports(one, other);
        for (const field of ['imported', 'created', 'changed', 'unchanged'] as const)
          expect(both[field]).toBe(one[field] + other[field]);
        expect(both.rejected).toHaveLength(one.rejected.length + other.rejected.length);
        expect(both.rejected.map(({ line }) => line)).toEqual(
          [...one.rejected, ...other.rejected].map(({ line }) => line).toSorted((a, b) => a - b),
        );
        expect(inOrder(both)).toEqual(both);
      }),
    );
  });
});
