import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import type { PlaybookView } from '../../../server/api/contract/playbook.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says of accounts. `change` answers whatever is done to one: the verb is the last part of the path. */
export type AccountApi = {
  classification: (accountId: string) => Reply<ClassificationView>;
  playbook: (tier: string) => Reply<PlaybookView>;
};

/** Doors of the scripted API. */
export const ACCOUNT_DOORS: Door<AccountApi>[] = [
  [/^GET \/api\/v1\/accounts\/(.+)\/classification$/, (api, id) => api.classification(id)],
  [/^GET \/api\/v1\/playbook\/(.+)$/, (api, tier) => api.playbook(tier)],
];

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
  changes: [
    {
      kind: 'tier',
      from: 'waist',
      to: 'head',
      by: 'classify-accounts',
      at: '2026-10-02T18:00:00.000Z',
      isFall: false,
    },
  ],
  ...changes,
});

export const aPlaybook = (): PlaybookView => ({
  tier: 'head',
  policy: {
    services: ['VIP 服务：指定负责人和副手', '每月拜访一次'],
    discountPercent: { from: 0, to: 10 },
    paymentDays: 60,
    visitDays: 30,
    costBudgetFen: 500_000,
    commissionPercent: 3,
  },
});

/** A server that knows the account. */
export const knownAccounts = (): AccountApi => ({
  classification: () => aClassification(),
  playbook: aPlaybook,
});
