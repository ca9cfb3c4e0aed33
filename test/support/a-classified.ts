import {
  noFacts,
  type AccountFacts,
  type Classified,
  type Run,
} from '../../server/domain/classification/classification.ts';
import { noOrders, periodsOf, type OrderFacts } from '../../server/domain/deals/order-facts.ts';
import { createRanking, type Valued } from '../../server/domain/classification/ranking.ts';
import { DEFAULT_SETTINGS } from '../../server/domain/settings.ts';

/** An account as it stands before its first classification, last spoken to on Monday 2 March 2026. */
export const aClassified = (given: Partial<Classified> = {}): Classified => ({
  _id: 'me',
  tier: 'unrated',
  tierWhy: null,
  pendingTier: null,
  stage: 'suspect',
  stageWhy: null,
  valueClass: 'general',
  valueClassWhy: null,
  knownSince: new Date('2025-01-06T04:00:00Z'),
  lastTouchAt: new Date('2026-03-02T04:00:00Z'),
  promisedOn: null,
  newContactAt: null,
  detractorAt: null,
  dueOn: null,
  tierPin: null,
  stagePin: null,
  strategicMark: null,
  potentialScore: null,
  sharePercent: null,
  ...given,
});

/** Three orders: ¥1,200 in the window. Fen. */
export const ORDERS: OrderFacts = {
  ...noOrders(),
  paidOrders: 3,
  firstOrderOn: '2024-06-03',
  lastOrderOn: '2026-01-05',
  lifetimeFen: 200_000,
  window: { revenueFen: 120_000, profitFen: 50_000 },
};

/** The facts of an account with those orders, worth so much in the window. */
export const factsWith = (valueFen: number, given: Partial<AccountFacts> = {}): AccountFacts => ({
  ...noFacts(),
  orders: { ...ORDERS, window: { revenueFen: valueFen, profitFen: valueFen } },
  ...given,
});

/** Of whom nothing is on record. */
export const NOBODY = noFacts();

const valued = (valueFen: number, index: number): Valued => ({
  accountId: `other${index}`,
  valueFen,
  knownSince: new Date('2024-01-01T00:00:00Z'),
});

/** A run of Wednesday 11 March 2026 over ten accounts: one head of ¥1,000, three waist from ¥400, six tail from ¥300 down. */
export function aRun(
  given: Partial<Run> = {},
  others = [1000, 800, 600, 400, 300, 250, 200, 150, 100, 50],
): Run {
  const ranking = createRanking();
  others.forEach((yuan, index) => ranking.add(valued(yuan * 100, index)));
  const { cuts, boundaries, rankOf } = ranking.close();
  return {
    lines: { cuts, boundaries, lastYear: cuts, yearBefore: cuts },
    rankOf,
    periods: periodsOf('2026-03-11', 12),
    settings: DEFAULT_SETTINGS,
    timeZone: 'Asia/Shanghai',
    ...given,
  };
}
