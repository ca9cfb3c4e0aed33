import { describe, expect, it } from 'vitest';
import { createRanking } from '../../../../server/domain/classification/ranking.ts';
import {
  cutPercentOf,
  decideTier,
  DEFAULT_TIER_SETTINGS,
  isTierFall,
  tierProblems,
  TIERS,
  type PendingTier,
  type TierCase,
  type TierDecision,
  type TierSettings,
} from '../../../../server/domain/classification/tier.ts';

const boundariesOf = (...values: number[]) => {
  const ranking = createRanking();
  values.forEach((valueFen, index) =>
    ranking.add({ accountId: `a${index}`, valueFen, knownSince: new Date('2025-01-01T00:00:00Z') }),
  );
  return ranking.close().boundaries;
};

it('has head, waist, tail, and unrated for accounts without revenue in the last 12 months', () => {
  expect(TIERS).toEqual(['head', 'waist', 'tail', 'unrated']);
  expect(DEFAULT_TIER_SETTINGS).toMatchObject({ basis: 'revenue', mode: 'rank', windowMonths: 12 });
});

it.each([
  ['rank', { head: 10, waist: 30 }],
  ['share', { head: 60, waist: 90 }],
  ['threshold', null],
] as const)('tells by %s at which percents the tiers part', (mode, cut) => {
  expect(cutPercentOf({ ...DEFAULT_TIER_SETTINGS, mode })).toEqual(cut);
});

it('ranks 10 % head, 30 % waist, 60 % tail; shares 60 / 90 %; hysteresis 5 %, as domain.md §3 says', () => {
  expect(DEFAULT_TIER_SETTINGS).toMatchObject({
    rankPercent: { head: 10, waist: 30, tail: 60 },
    sharePercent: { head: 60, waist: 90 },
    hysteresisPercent: 5,
  });
  expect(tierProblems(DEFAULT_TIER_SETTINGS)).toEqual([]);
});

describe('a change of tier', () => {
  const boundaries = {
    ranked: 100,
    headFromFen: 100_000,
    belowHeadFen: 100_000,
    waistFromFen: 20_000,
    belowWaistFen: 20_000,
  };
  const aCase = (given: Partial<TierCase>): TierCase => ({
    valueFen: 100_000,
    fresh: 'head',
    current: 'waist',
    pending: null,
    boundaries,
    today: '2026-07-15',
    ...given,
  });

  it.each([
    ['waist', 'head', 104_999, 'waist'],
    ['waist', 'head', 105_000, 'head'],
    ['head', 'waist', 95_001, 'head'],
    ['head', 'waist', 95_000, 'waist'],
    ['tail', 'waist', 20_999, 'tail'],
    ['tail', 'waist', 21_000, 'waist'],
    ['waist', 'tail', 19_001, 'waist'],
    ['waist', 'tail', 19_000, 'tail'],
    ['tail', 'head', 104_999, 'waist'], // past one boundary, not yet the other
    ['tail', 'head', 105_000, 'head'],
    ['head', 'tail', 19_001, 'waist'],
    ['head', 'tail', 19_000, 'tail'],
  ] as const)(
    'from %s, ranked %s with %d fen, leads to %s at the first run',
    (...[current, fresh, valueFen, tier]) => {
      const decision = decideTier(aCase({ current, fresh, valueFen }));
      const seen = { tier: fresh, since: '2026-07-15', runs: 1, seenOn: '2026-07-15' };
      const pending = tier === fresh ? null : seen;
      expect(decision).toEqual({ tier, rule: pending ? 'held' : 'ranked', pending });
    },
  );

  it.each([
    ['the same day', '2026-07-15', 'waist'],
    ['the next day', '2026-07-16', 'head'],
    ['a week later', '2026-07-22', 'head'],
  ])('on two consecutive runs changes: seen once and again %s', (_, today, tier) => {
    const first = decideTier(aCase({}));
    const second = decideTier(aCase({ pending: first.pending, today }));
    expect(first.tier).toBe('waist');
    expect(second.tier).toBe(tier);
  });

  it('on as many runs in a row as were set changes, however often a day has one', () => {
    const runs = ['2026-07-15', '2026-07-16', '2026-07-16', '2026-07-18', '2026-07-19'];
    const tiersWith = (confirmingRuns: number) => {
      let pending: PendingTier | null = null;
      return runs.map((today) => {
        const decision: TierDecision = decideTier(aCase({ pending, today, confirmingRuns }));
        pending = decision.pending;
        return decision.tier;
      });
    };
    expect(tiersWith(1)[0]).toBe('head');
    expect(tiersWith(2).slice(0, 2)).toEqual(['waist', 'head']);
    expect(tiersWith(3).slice(0, 4)).toEqual(['waist', 'waist', 'waist', 'head']);
    expect(tiersWith(4)).toEqual(['waist', 'waist', 'waist', 'waist', 'head']);
  });

  it('starts to wait anew when another tier is seen', () => {
    const pending = { tier: 'tail', since: '2026-07-14', runs: 1, seenOn: '2026-07-14' } as const;
    expect(decideTier(aCase({ pending }))).toEqual({
      tier: 'waist',
      rule: 'held',
      pending: { tier: 'head', since: '2026-07-15', runs: 1, seenOn: '2026-07-15' },
    });
  });

  it('is forgotten when the next run puts the account back', () => {
    const pending = { tier: 'head', since: '2026-07-14', runs: 1, seenOn: '2026-07-14' } as const;
    expect(decideTier(aCase({ fresh: 'waist', pending }))).toEqual({
      tier: 'waist',
      rule: 'ranked',
      pending: null,
    });
  });

  it.each(['head', 'waist', 'tail'] as const)('is not held for a first %s after unrated', (fresh) => {
    const decision = decideTier(aCase({ current: 'unrated', fresh, valueFen: 20_000 }));
    expect(decision).toEqual({ tier: fresh, rule: 'ranked', pending: null });
  });

  it.each(TIERS)('is not held when a %s loses its revenue', (current) => {
    const decision = decideTier(aCase({ current, fresh: 'unrated', valueFen: 0 }));
    expect(decision).toEqual({ tier: 'unrated', rule: 'unrated', pending: null });
  });

  it('lets an account that outgrows everybody below rise at once, so that head is never empty', () => {
    const risen = aCase({
      current: 'waist',
      fresh: 'head',
      valueFen: 1_000,
      boundaries: boundariesOf(1_000, 100, 80, 70, 60, 50, 40, 30, 20, 10),
    });
    expect(decideTier(risen).tier).toBe('head');
  });

  it('is not held by the boundary of a tier where nobody is', () => {
    const few = {
      ranked: 2,
      headFromFen: 100_000,
      belowHeadFen: 90_000,
      waistFromFen: null,
      belowWaistFen: 90_000,
    };
    expect(
      decideTier(aCase({ current: 'waist', fresh: 'tail', valueFen: 90_000, boundaries: few })).tier,
    ).toBe('tail');
  });

  it.each([
    [0, 100_000, 'head'],
    [0, 99_999, 'waist'],
    [10, 109_999, 'waist'],
    [10, 110_000, 'head'],
  ])('with a hysteresis of %d %% set, at %d fen, leads to %s', (hysteresisPercent, valueFen, tier) => {
    const fresh = valueFen >= 100_000 ? 'head' : 'waist';
    expect(decideTier(aCase({ hysteresisPercent, valueFen, fresh })).tier).toBe(tier);
  });

  it.each([
    ['head', 'waist', true],
    ['tail', 'unrated', true],
    ['waist', 'waist', false],
    ['tail', 'head', false],
    ['unrated', 'tail', false],
  ] as const)('from %s to %s is a fall: %s', (from, to, isFall) => {
    expect(isTierFall(from, to)).toBe(isFall);
  });
});

const wrong = (given: Partial<TierSettings>) => tierProblems({ ...DEFAULT_TIER_SETTINGS, ...given });

describe('settings', () => {
  it('that sum to 120 % are refused, with how much is too much', () => {
    expect(wrong({ rankPercent: { head: 20, waist: 40, tail: 60 } })).toEqual([
      {
        field: 'rankPercent',
        message: '头部、腰部、尾部的占比加起来是 120 %，应为 100 %：请减少 20 %',
      },
    ]);
    expect(wrong({ rankPercent: { head: 10, waist: 30, tail: 59 } })[0]?.message).toContain('请增加 1 %');
  });

  it.each<[string, Partial<TierSettings>, string[]]>([
    ['an empty head', { rankPercent: { head: 0, waist: 40, tail: 60 } }, ['rankPercent.head']],
    [
      'half a percent',
      { rankPercent: { head: 10.5, waist: 29.5, tail: 60 } },
      ['rankPercent.head', 'rankPercent.waist'],
    ],
    ['one percent each', { rankPercent: { head: 1, waist: 1, tail: 98 } }, []],
    ['a waist share not above the head’s', { sharePercent: { head: 60, waist: 60 } }, ['sharePercent.waist']],
    ['a waist share just above', { sharePercent: { head: 60, waist: 61 } }, []],
    ['shares up to 100', { sharePercent: { head: 99, waist: 100 } }, []],
    ['a head of everything', { sharePercent: { head: 100, waist: 100 } }, ['sharePercent.head']],
    ['a waist share above 100', { sharePercent: { head: 60, waist: 101 } }, ['sharePercent.waist']],
    ['thresholds out of order', { thresholdFen: { head: 5, waist: 5 } }, ['thresholdFen.head']],
    ['thresholds in order', { thresholdFen: { head: 6, waist: 5 } }, []],
    ['a threshold of nothing', { thresholdFen: { head: 6, waist: 0 } }, ['thresholdFen.waist']],
    ['a threshold beyond all money', { thresholdFen: { head: 1e14 + 1, waist: 5 } }, ['thresholdFen.head']],
    ['no window', { windowMonths: 0 }, ['windowMonths']],
    ['a window of one month', { windowMonths: 1 }, []],
    ['a window of 60 months', { windowMonths: 60 }, []],
    ['a window of 61 months', { windowMonths: 61 }, ['windowMonths']],
    ['no hysteresis', { hysteresisPercent: 0 }, []],
    ['a hysteresis of 50 %', { hysteresisPercent: 50 }, []],
    ['a hysteresis of 51 %', { hysteresisPercent: 51 }, ['hysteresisPercent']],
    ['a negative hysteresis', { hysteresisPercent: -1 }, ['hysteresisPercent']],
    ['no run that confirms', { confirmingRuns: 0 }, ['confirmingRuns']],
    ['one run that confirms', { confirmingRuns: 1 }, []],
    ['ten runs that confirm', { confirmingRuns: 10 }, []],
    ['eleven runs that confirm', { confirmingRuns: 11 }, ['confirmingRuns']],
    ['a concentration of nobody', { topPercent: 0 }, ['topPercent']],
    ['a concentration of all', { topPercent: 100 }, ['topPercent']],
    ['a usual shape of 90 %', { usualPercent: { head: 50, waist: 30, tail: 10 } }, ['usualPercent']],
    ['another usual shape', { usualPercent: { head: 50, waist: 30, tail: 20 } }, []],
  ])('%s', (_, given, fields) => {
    expect(wrong(given).map(({ field }) => field)).toEqual(fields);
  });
});
