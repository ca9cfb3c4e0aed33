import type { Connection } from 'mongoose';
import {
  productOf,
  type KnownProduct,
  type ProductOpportunity,
  type ProductOrder,
} from '../domain/deals/product.ts';
import { mergeJoin, gathered } from './db/merge-join.ts';

type Of<Deal> = Deal & { accountId: string };

const OPPORTUNITY_FIELDS = { accountId: 1, stage: 1, lines: 1, stageHistory: 1 } as const;
const ORDER_FIELDS = { accountId: 1, product: 1, amountFen: 1, refundedFen: 1, paidOn: 1 } as const;

/** Which product an account is about, read from its opportunities and orders; it writes nothing. */
export function createProductStore(db: Connection) {
  const dealsOf = <Deal>(name: string, accountIds: readonly string[], fields: Record<string, 1>) =>
    db
      .model<Of<Deal>>(name)
      .find({ accountId: { $in: [...accountIds] } }, fields)
      .sort({ accountId: 1 })
      .lean<Of<Deal>>()
      .cursor({ batchSize: 500 });
  return {
    /** The products of these accounts, by account; one without a product is absent. Orders are held one account at a time. */
    async ofAccounts(accountIds: readonly string[]): Promise<Map<string, KnownProduct>> {
      const found = new Map<string, KnownProduct>();
      if (accountIds.length === 0) return found;
      const wishes = mergeJoin(
        gathered(dealsOf<ProductOpportunity>('Opportunity', accountIds, OPPORTUNITY_FIELDS)),
      );
      const orders = mergeJoin(gathered(dealsOf<ProductOrder>('Order', accountIds, ORDER_FIELDS)));
      for (const accountId of accountIds.toSorted()) {
        const [wished, bought] = [await wishes.take(accountId), await orders.take(accountId)];
        const product = productOf(wished?.rows ?? [], bought?.rows ?? []);
        if (product) found.set(accountId, product);
      }
      await Promise.all([wishes.close(), orders.close()]);
      return found;
    },
  };
}
