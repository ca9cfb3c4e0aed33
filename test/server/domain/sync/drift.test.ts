import { describe, expect, it } from 'vitest';
import {
  createDriftCount,
  hasDifference,
  isBelievedUnlisted,
  isSuspicious,
  NO_DRIFT,
  perStaffOf,
  sumOf,
} from '../../../../server/domain/sync/drift.ts';
import type { Standing } from '../../../../server/domain/staff/staff.ts';

describe('an answer', () => {
  it.each([
    [20, 20, false],
    [21, 21, true],
    [21, 11, true],
    [21, 10, false],
    [30, 15, false],
    [30, 16, true],
    [20_000, 10_000, false],
    [20_000, 10_001, true],
    [0, 0, false],
  ])('that lacks %#: of %i known %i is doubted: %s', (known, missing, isDoubted) => {
    expect(isSuspicious({ known, missing })).toBe(isDoubted);
  });

  it.each<[Standing, number, boolean]>([
    ['left', 20_000, true],
    ['disabled', 20_000, true],
    ['active', 20, true],
    ['active', 21, false],
    ['hidden', 20, true],
    ['hidden', 21, false],
    ['not_activated', 21, false],
  ])('without a member who is %s and had %i customers is believed: %s', (standing, known, isBelieved) => {
    expect(isBelievedUnlisted(known, standing)).toBe(isBelieved);
  });
});

describe('the report', () => {
  it('has one line for each member of whom something differed', () => {
    const lines = [
      { ...NO_DRIFT, staffId: 'ben', rows: 2, added: 1 },
      { ...NO_DRIFT, staffId: 'carl', rows: 5 },
      { ...NO_DRIFT, staffId: 'anna', lost: 1 },
      { ...NO_DRIFT, staffId: 'ben', rows: 3, changed: 2 },
    ];
    expect(perStaffOf(lines)).toEqual([
      { staffId: 'anna', rows: 0, added: 0, changed: 0, lost: 1, suspicious: 0 },
      { staffId: 'ben', rows: 5, added: 1, changed: 2, lost: 0, suspicious: 0 },
    ]);
    expect(sumOf(lines)).toEqual({ rows: 10, added: 1, changed: 2, lost: 1, suspicious: 0 });
  });

  it.each(['added', 'changed', 'lost', 'suspicious'] as const)('takes one %s for a difference', (count) => {
    expect(hasDifference({ ...NO_DRIFT, [count]: 1 })).toBe(true);
  });

  it('takes rows alone for none', () => {
    expect(hasDifference({ ...NO_DRIFT, rows: 9 })).toBe(false);
  });
});

describe('counting', () => {
  it('goes by member, and forgets only the rows of those who are read again', () => {
    const count = createDriftCount();
    count.add('anna', 'rows');
    count.add('anna', 'added');
    count.add('ben', 'suspicious', 7);
    count.add('carl', 'rows');
    count.forgetRows(['anna', 'ben', 'nobody']);
    expect(count.all()).toEqual([
      { ...NO_DRIFT, staffId: 'anna', added: 1 },
      { ...NO_DRIFT, staffId: 'ben', suspicious: 7 },
      { ...NO_DRIFT, staffId: 'carl', rows: 1 },
    ]);
  });
});
