import type { Lines } from './classification.ts';
import { valueOf, type OrderFacts } from '../deals/order-facts.ts';
import { createRanking, type Ranking } from './ranking.ts';
import type { TierSettings } from './tier.ts';

/** What is read of an account with orders to rank it. */
export type Earner = { _id: string; knownSince: Date; orders: OrderFacts };

const SPANS = ['window', 'lastYear', 'yearBefore'] as const;

/** Ranks a book over the window, and finds where its tiers parted in the last two full years. Holds ids and values only. */
export async function bookRankingOf(
  earners: AsyncIterable<Earner>,
  settings: TierSettings,
): Promise<{ ranking: Ranking; lines: Lines }> {
  const rankings = { window: createRanking(), lastYear: createRanking(), yearBefore: createRanking() };
  for await (const { _id: accountId, knownSince, orders } of earners) {
    for (const span of SPANS)
      rankings[span].add({ accountId, knownSince, valueFen: valueOf(orders, settings.basis, span) });
  }
  const ranking = rankings.window.close(settings);
  const { cuts, boundaries } = ranking;
  const [lastYear, yearBefore] = [rankings.lastYear.close(settings), rankings.yearBefore.close(settings)];
  return { ranking, lines: { cuts, boundaries, lastYear: lastYear.cuts, yearBefore: yearBefore.cuts } };
}
