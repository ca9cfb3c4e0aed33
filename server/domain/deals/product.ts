import type { OpportunityStage, ProductLine } from './opportunity.ts';
import { isStillPaid } from './order-facts.ts';

/** The product that an account is about, and the deal that tells so, by its number. */
export type KnownProduct = { product: string; from: 'opportunity' | 'order'; dealId: string };

/** What is read of an opportunity; the first entry of the history is its beginning. */
export type ProductOpportunity = {
  _id: string;
  stage: OpportunityStage;
  lines: readonly ProductLine[];
  stageHistory: readonly { at: Date | null }[]; // null: nobody knows when
};

/** What is read of an order; money in fen. */
export type ProductOrder = {
  _id: string;
  product: string;
  amountFen: number;
  refundedFen?: number | null | undefined;
  paidOn: string;
};

/**
 * The product by which an account of the pool is given away: what it thinks of buying, the newest open opportunity; else what
 * it bought, the newest order that was not paid back whole. Of several products of one opportunity the one of the largest
 * amount, of equal amounts the first. Deals without a product do not count; null when none has one. No other record names a
 * product. Source: domain.md §13 (by product), §7 (product lines), §8 (products); which deal comes first is ours.
 */
export function productOf(
  opportunities: readonly ProductOpportunity[],
  orders: readonly ProductOrder[],
): KnownProduct | null {
  const wished = opportunities
    .filter(({ stage }) => stage !== 'won' && stage !== 'lost')
    .map((each) => ({
      ...each,
      product: mainProduct(each.lines),
      at: each.stageHistory[0]?.at?.getTime() ?? 0,
    }))
    .filter(({ product }) => product !== '');
  const wish = wished.toSorted((a, b) => b.at - a.at || byId(b, a))[0];
  if (wish) return { product: wish.product, from: 'opportunity', dealId: wish._id };
  const bought = orders.filter((order) => isStillPaid(order) && order.product.trim() !== '');
  const latest = bought.toSorted((a, b) => byText(b.paidOn, a.paidOn) || byId(b, a))[0];
  return latest ? { product: latest.product.trim(), from: 'order', dealId: latest._id } : null;
}

/** '' when no line names a product. */
function mainProduct(lines: readonly ProductLine[]): string {
  const sums = new Map<string, number>();
  for (const { product, amountFen } of lines)
    if (product.trim()) sums.set(product.trim(), (sums.get(product.trim()) ?? 0) + amountFen);
  const [main] = [...sums].toSorted(([, one], [, other]) => other - one);
  return main?.[0] ?? '';
}

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const byId = (a: { _id: string }, b: { _id: string }) => byText(a._id, b._id);
