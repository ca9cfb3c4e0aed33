import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  followUpHighRisk,
  followUpOverdue,
  revenueFell,
  seenShare,
  shareFell,
  stageFell,
  tierFell,
} from '../../../../server/domain/warnings/rules-value.ts';
import { aWatch, facts, noon, withThresholds } from '../../../support/a-watch.ts';

describe('head/waist overdue follow-up', () => {
  it.each([
    ['head', '2026-03-11', 0],
    ['head', '2026-03-10', 1],
    ['waist', '2026-03-10', 1],
    ['tail', '2026-03-10', 0],
    ['unrated', '2026-03-10', 0],
    ['head', null, 0],
    ['head', '2026-03-03', 1], // 6 working days
    ['head', '2026-03-02', 0], // 7: told as high risk
  ] as const)('%s, due on %s: %d warnings', (tier, dueOn, count) => {
    expect(followUpOverdue(facts({ tier, dueOn }), aWatch())).toHaveLength(count);
  });

  it('tells how late it is, and from when it counts', () => {
    expect(followUpOverdue(facts({ tier: 'head', dueOn: '2026-03-06' }), aWatch())).toMatchObject([
      {
        subject: 'a1',
        text: '头部客户的跟进已逾期 3 个工作日',
        inputs: { dueOn: '2026-03-06', overdueWorkingDays: 3, tier: 'head' },
        boundary: { name: 'overdueWorkingDays', value: 1 },
        contactId: 'wm1',
      },
    ]);
    const patient = withThresholds({ overdueWorkingDays: 4 });
    expect(followUpOverdue(facts({ tier: 'head', dueOn: '2026-03-06' }), patient)).toEqual([]);
  });
});

describe('escalation: high risk (warning, reassignment proposed) after 7 working days', () => {
  it.each([
    ['2026-03-03', 0],
    ['2026-03-02', 1],
  ])('due on %s: %d warnings, whatever the tier', (dueOn, count) => {
    for (const tier of ['head', 'waist', 'tail', 'unrated'] as const)
      expect(followUpHighRisk(facts({ tier, dueOn }), aWatch())).toHaveLength(count);
  });

  it('does not count holidays', () => {
    const watch = aWatch({ today: '2026-02-25' }); // 春节 from 15 to 23 February
    expect(followUpHighRisk(facts({ dueOn: '2026-02-10' }), watch)).toEqual([]); // 11 12 13 14 24 25: six
    expect(followUpHighRisk(facts({ dueOn: '2026-02-09' }), watch)).toHaveLength(1);
  });

  it('passes over the pool, where nobody is late and there is nobody to reassign from', () => {
    expect(followUpHighRisk(facts({ dueOn: '2020-01-01', ownerId: null }), aWatch())).toEqual([]);
    expect(followUpHighRisk(facts({ dueOn: '2020-01-01', ownerId: 'anna' }), aWatch())).toHaveLength(1);
  });
});

const fall = (kind: string, from: string, day = '2026-03-10') => [{ kind, from, to: '', at: noon(day) }];

describe('tier fell, lifecycle fell', () => {
  it.each([
    ['head', 'waist', 1],
    ['head', 'head', 0],
    ['waist', 'head', 0],
    ['tail', 'unrated', 1],
    ['waist', 'unrated', 1],
  ] as const)('of tier from %s, now %s: %d warnings', (from, tier, count) => {
    expect(tierFell(facts({ tier }, { falls: fall('tier', from) }), aWatch())).toHaveLength(count);
  });

  it.each([
    ['long_term', 'repeat', 1],
    ['long_term', 'long_term', 0],
    ['long_term', 'advocate', 0],
    ['repeat', 'suspect', 1],
  ] as const)('of stage from %s, now %s: %d warnings', (from, stage, count) => {
    expect(stageFell(facts({ stage }, { falls: fall('stage', from) }), aWatch())).toHaveLength(count);
  });

  it('is told with both, once it is known', () => {
    const fell = facts({ tier: 'waist' }, { falls: fall('tier', 'head') });
    expect(tierFell(fell, aWatch())).toMatchObject([
      { text: '客户分层由头部降为腰部', inputs: { fromTier: 'head', toTier: 'waist' }, isFresh: true },
    ]);
    expect(tierFell(facts({ tier: 'waist' }), aWatch())).toEqual([]);
  });

  it.each([
    ['2026-02-09', true],
    ['2026-02-08', false],
  ])('on %s is news: %s', (day, isFresh) => {
    const fell = facts(
      { tier: 'waist', stage: 'suspect' },
      { falls: [...fall('tier', 'head', day), ...fall('stage', 'repeat', day)] },
    );
    expect([...tierFell(fell, aWatch()), ...stageFell(fell, aWatch())].map((each) => each.isFresh)).toEqual([
      isFresh,
      isFresh,
    ]);
  });
});

const order = (paidOn: string, amountFen: number, refundedFen = 0) => ({ paidOn, amountFen, refundedFen });

const fell = (nowFen: number, beforeFen: number) =>
  revenueFell(facts({}, { orders: [order('2026-03-11', nowFen), order('2025-03-11', beforeFen)] }), aWatch());

describe('revenue −30 % vs same period', () => {
  it.each([
    [701, 1000, 0],
    [700, 1000, 1],
    [0, 1000, 1],
    [0, 0, 0],
    [1000, 0, 0],
  ])('%d fen after %d: %d warnings', (nowFen, beforeFen, count) => {
    expect(fell(nowFen, beforeFen)).toHaveLength(count);
  });

  it('tells both sums and by how much', () => {
    expect(fell(333, 1000)).toMatchObject([
      {
        text: '近 12 个月收入同比下降 66%',
        inputs: { revenueFen: 333, yearBeforeFen: 1000, dropPercent: 66 },
        boundary: { name: 'dropPercent', value: 30 },
      },
    ]);
  });

  it('takes each order into its own period, and refunds off', () => {
    const orders = [
      order('2025-03-12', 700), // the first day of the last 12 months
      order('2025-03-11', 1500, 500), // the last day of those before
      order('2024-03-12', 0),
      order('2024-03-11', 9999), // too long ago
      order('2026-03-12', 9999), // ahead
    ];
    expect(revenueFell(facts({}, { orders }), aWatch())).toMatchObject([
      { inputs: { revenueFen: 700, yearBeforeFen: 1000 } },
    ]);
  });

  it('compares fewer months by the settings', () => {
    const orders = [order('2025-03-11', 1000), order('2025-11-01', 1000)];
    expect(revenueFell(facts({}, { orders }), aWatch())).toEqual([]);
    expect(revenueFell(facts({}, { orders }), withThresholds({ revenueMonths: 3 }))).toHaveLength(1);
  });
});

describe('share falling', () => {
  const seen = { percent: 40, before: 60, on: '2026-03-01' };
  const fell = (sharePercent: number | null, shareSeen = seen) =>
    shareFell(facts({ sharePercent, shareSeen }), aWatch());

  it.each([
    [56, 0], // four points under what was seen as 60 before
    [55, 1],
    [60, 0],
    [null, 0],
  ])('%s %% after 60 %%: %d warnings, as 5 points count', (sharePercent, count) => {
    const first = { percent: 60, before: null, on: '2026-03-01' } as unknown as typeof seen;
    expect(fell(sharePercent, first)).toHaveLength(count);
  });

  it('holds while the share stays where it fell to', () => {
    expect(fell(40)).toMatchObject([{ inputs: { beforePercent: 60, sharePercent: 40 } }]);
    expect(fell(41)).toEqual([]); // it rises again
  });

  /** What is told after the share was watched at each of these, one after the other. */
  const watched = (...shares: readonly number[]) => {
    const [now = 0, ...before] = shares.toReversed();
    const last = before
      .toReversed()
      .reduce<Seen>((past, share) => seenShare(past, share, '2026-03-01'), null);
    return shareFell(facts({ sharePercent: now, shareSeen: last ?? null }), aWatch());
  };
  type Seen = Parameters<typeof seenShare>[0];

  it('creeps: steps that each stay under the limit count from where it began to fall', () => {
    expect(watched(50, 46)).toEqual([]);
    expect(watched(50, 46, 42)).toMatchObject([{ inputs: { beforePercent: 50, sharePercent: 42 } }]);
    expect(watched(50, 46, 42, 38)).toMatchObject([{ inputs: { beforePercent: 50, sharePercent: 38 } }]);
  });

  it('begins anew with every rise', () => {
    expect(watched(50, 46, 47, 43)).toEqual([]);
    expect(watched(50, 46, 47, 43, 42)).toMatchObject([{ inputs: { beforePercent: 47 } }]);
  });

  it('is told of any fall by the limit, in whatever steps, and of nothing less', () => {
    expect.hasAssertions();
    const steps = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(steps, (drops) => {
        const shares = drops.reduce<number[]>((all, drop) => [...all, (all.at(-1) ?? 0) - drop], [100]);
        const fallen = 100 - (shares.at(-1) ?? 0);
        expect(watched(...shares)).toHaveLength(fallen >= 5 ? 1 : 0);
      }),
    );
  });

  it('remembers from what it has been falling', () => {
    expect(seenShare(null, 60, '2026-03-11')).toEqual({ percent: 60, before: null, on: '2026-03-11' });
    expect(seenShare(seen, 40, '2026-03-11')).toBe(seen);
    expect(seenShare(seen, 30, '2026-03-11')).toEqual({ percent: 30, before: 60, on: '2026-03-11' });
    expect(seenShare(seen, 41, '2026-03-11')).toEqual({ percent: 41, before: 40, on: '2026-03-11' });
    expect(seenShare(seen, null, '2026-03-11')).toBe(seen);
  });
});
