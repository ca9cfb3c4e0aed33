import type { Context } from '../../context.ts';
import { openFen } from '../../domain/deals/contract.ts';

const MOST_ORDERS = 200;

const sumOf = <Part>(parts: readonly Part[], fenOf: (part: Part) => number) =>
  parts.reduce((sum, part) => sum + fenOf(part), 0);

/** What an account bought and may buy, the latest first: its orders, at most 200, contracts and opportunities. */
export async function listDeals(
  context: Pick<Context, 'orders' | 'contracts' | 'opportunities'>,
  accountId: string,
) {
  const [orders, contracts, opportunities] = await Promise.all([
    context.orders.latestOf(accountId, MOST_ORDERS),
    context.contracts.ofAccount(accountId),
    context.opportunities.ofAccount(accountId),
  ]);
  return {
    orders: orders.map(({ _id: id, product, kind, amountFen, refundedFen, paidOn }) => {
      return { id, product, kind, amountFen, refundedFen: refundedFen ?? 0, paidOn };
    }),
    contracts: contracts.toReversed().map(({ _id: id, milestones, name, kind, amountFen, ...days }) => {
      const { signedOn, endsOn } = days;
      return { id, name, kind, amountFen, openFen: sumOf(milestones, openFen), signedOn, endsOn };
    }),
    opportunities: opportunities.toReversed().map(({ _id: id, name, stage, lines, expectedCloseOn }) => {
      return { id, name, stage, amountFen: sumOf(lines, ({ amountFen }) => amountFen), expectedCloseOn };
    }),
  };
}
