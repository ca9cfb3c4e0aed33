import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import { byUrgency, cadenceReport, dueCause } from '../../../../server/domain/cadence/view.ts';

const anItem = (accountId: string, tier: (typeof TIERS)[number], dueOn: string) => ({
  accountId,
  tier,
  dueOn,
});
const item = fc.record({
  accountId: fc.constantFrom('a', 'b', 'c'),
  tier: fc.constantFrom(...TIERS),
  dueOn: fc.constantFrom('2026-03-09', '2026-03-10', '2026-03-11'),
});

describe('urgency', () => {
  it('goes by tier, then by lateness, then by id', () => {
    const sorted = [
      anItem('d', 'head', '2026-03-09'),
      anItem('a', 'head', '2026-03-10'),
      anItem('b', 'head', '2026-03-10'),
      anItem('a', 'waist', '2026-01-01'),
      anItem('a', 'tail', '2026-01-01'),
      anItem('a', 'unrated', '2025-01-01'),
    ];
    expect(sorted.toReversed().sort(byUrgency)).toEqual(sorted);
  });

  it('is a total order: nobody is before himself, and of two exactly one is first', () => {
    fc.assert(
      fc.property(item, item, (a, b) => {
        expect(Math.sign(byUrgency(a, { ...a }))).toBe(0);
        expect(Math.sign(byUrgency(a, b)) + Math.sign(byUrgency(b, a))).toBe(0);
        expect(byUrgency(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(item, item, item, (a, b, c) => {
        fc.pre(byUrgency(a, b) < 0 && byUrgency(b, c) < 0);
        expect(byUrgency(a, c)).toBeLessThan(0);
      }),
    );
  });
});

describe('a cadence report', () => {
  const touched = { tier: 'head', stage: 'repeat', knownSince: new Date('2025-06-02T04:00:00Z') } as const;
  const now = new Date('2026-03-11T04:00:00Z');

  it('tells our last touch, and what the customer last did, in UTC beside the cadence', () => {
    const lastTouchAt = new Date('2026-03-02T04:00:00Z');
    const lastSignAt = new Date('2026-03-10T04:00:00Z');
    expect(
      cadenceReport({ ...touched, lastTouchAt, lastSignAt }, now, { timeZone: 'Asia/Shanghai' }),
    ).toEqual({
      lastTouchAt: '2026-03-02T04:00:00.000Z',
      lastSignAt: '2026-03-10T04:00:00.000Z',
      owed: [{ reason: 'interval', dueOn: '2026-03-09', overdueWorkingDays: 2 }],
      escalation: 'none',
      intervalDays: 7,
      minGapDays: 2,
      state: 'overdue',
      reason: 'interval',
      dueOn: '2026-03-09',
      overdueWorkingDays: 2,
      welcomeFrom: '2026-03-04',
    });
  });

  it.each([undefined, null])('without a touch (%s) tells null', (lastTouchAt) => {
    const report = cadenceReport({ ...touched, lastTouchAt }, now, { timeZone: 'Asia/Shanghai' });
    expect(report).toMatchObject({ lastTouchAt: null, lastSignAt: null, welcomeFrom: null });
  });
});

describe('an account on a due list', () => {
  const place = { timeZone: 'Asia/Shanghai' };
  const touched = { tier: 'head', stage: 'repeat', knownSince: new Date('2025-06-02T04:00:00Z') } as const;
  const lastTouchAt = new Date('2026-03-02T04:00:00Z');

  it.each([
    [0, 'due_today'],
    [1, 'overdue'],
  ] as const)('with %i working days past its date is %s', (days, state) => {
    expect(dueCause({ ...touched, lastTouchAt }, days, place)).toEqual({ state, reason: 'interval' });
  });

  it('is late, too, when nobody has spoken to it yet', () => {
    const cause = { state: 'overdue', reason: 'new_contact' };
    expect(dueCause(touched, 5, place)).toEqual(cause);
  });

  it('names what set its date', () => {
    const promised = { ...touched, lastTouchAt, promisedOn: '2026-03-04' };
    expect(dueCause(promised, 0, place)).toMatchObject({ reason: 'promise' });
  });
});
