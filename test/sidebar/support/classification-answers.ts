import type { ClassificationView, TierShapeView } from '../../../server/api/contract/classification.ts';

/** Why an account is what it is: a head account that has bought for long. */
export const aClassification = (changes: Partial<ClassificationView> = {}): ClassificationView => ({
  account: { id: 'a1', name: '华东精密制造有限公司' },
  tier: {
    value: 'head',
    pin: null,
    why: {
      rule: 'ranked',
      basis: 'revenue',
      mode: 'rank',
      windowMonths: 12,
      hysteresisPercent: 5,
      confirmingRuns: 2,
      seenRuns: null,
      cutPercent: { head: 10, waist: 30 },
      valueFen: 123_450_000,
      windowFrom: '2025-11-22',
      windowTo: '2026-11-21',
      rank: 3,
      ranked: 52,
      freshTier: 'head',
      headFromFen: 98_000_000,
      waistFromFen: 21_000_000,
      pinReason: null,
      pin: null,
    },
  },
  stage: {
    value: 'long_term',
    pin: null,
    why: {
      rule: 'long_term',
      isManual: false,
      manualReason: null,
      manual: null,
      paidOrders: 6,
      firstOrderOn: '2024-03-05',
      lastOrderOn: '2026-09-18',
      latestNps: 8,
      partnerContract: false,
      opportunityClosesOn: null,
      largestSharePercent: 45,
      referralsWon: 0,
    },
  },
  valueClass: {
    value: 'gold',
    strategicMark: null,
    why: {
      rule: 'gold',
      place: 4,
      held: [{ fact: 'head_or_waist_years', is: 'from', limit: 2 }],
      facts: {
        tierYearBefore: 'waist',
        tierLastYear: 'head',
        tierNow: 'head',
        revenueFen: { yearBefore: 80_000_000, lastYear: 101_000_000, runningYear: 110_000_000 },
        profitFen: { yearBefore: 9_000_000, lastYear: 12_000_000, runningYear: 15_000_000 },
        growthPercent: 26,
        overdueSince: null,
        isMarked: false,
        potentialScore: 65,
      },
      mark: null,
    },
  },
  potential: { score: 65, sharePercent: 45 },
  may: { pin: true, ratePotential: true },
  version: 3,
  changes: [
    {
      kind: 'tier',
      from: 'waist',
      to: 'head',
      by: '系统',
      at: '2026-10-02T18:00:00.000Z',
      isFall: false,
    },
  ],
  ...changes,
});

/** Whom the value comes from. */
export const aTierShape = (): TierShapeView => ({
  shape: {
    at: '2026-11-21T18:00:00.000Z',
    tiers: {
      head: { accounts: 6, valueFen: 612_000_000, percent: 61.2, usualPercent: 60 },
      waist: { accounts: 15, valueFen: 288_000_000, percent: 28.8, usualPercent: 30 },
      tail: { accounts: 31, valueFen: 100_000_000, percent: 10, usualPercent: 10 },
      unrated: { accounts: 120, valueFen: 0, percent: 0, usualPercent: null },
    },
    totalFen: 1_000_000_000,
    lines: { headFromFen: 98_000_000, waistFromFen: 21_000_000 },
    topPercent: 20,
    concentrationPercent: 74.5,
  },
});
