import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import { isStillPaid, orderFactsOf, type OrderFacts, type Periods } from '../domain/deals/order-facts.ts';
import { ORDER_KINDS, type Order } from '../domain/deals/order.ts';
import { gathered } from './db/merge-join.ts';
import {
  keyField,
  keyOfNumber,
  onlyOwned,
  spellingsOf,
  withNumbers,
  type KeyedNumber,
} from './number-key.ts';
import { refundedFenOf, type Refund } from '../domain/deals/refund.ts';
import { OF_ACCOUNT } from './db/references.ts';

/** An order as kept: its external id is the key, so that an import may be repeated. */
export type KeptOrder = Omit<Order, 'externalId'> & { _id: string; accountId: string };

/** An order with what was paid back; `refundedFen` is the sum of `refunds`. */
export type RefundedOrder = KeptOrder & KeyedNumber & { refunds: Refund[]; refundedFen: number };

const orderSchema = new Schema<RefundedOrder>(
  {
    _id: { type: String, required: true },
    ...keyField,
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    product: { type: String, default: '' },
    amountFen: { type: Number, required: true },
    costFen: { type: Number, default: 0 },
    paidOn: { type: String, required: true },
    kind: { type: String, enum: ORDER_KINDS, default: 'sale' },
    refundedFen: { type: Number, default: 0 },
    refunds: {
      type: [{ _id: false, externalId: String, amountFen: Number, refundedOn: String }],
      default: [],
    },
  },
  { collection: 'orders', strict: 'throw' },
);
orderSchema.index({ key: 1 }, { sparse: true });
orderSchema.index({ accountId: 1, paidOn: 1 });
orderSchema.index({ 'refunds.externalId': 1 }, { sparse: true });

/** What the facts are read from. */
const FACT_FIELDS = {
  _id: 0,
  accountId: 1,
  amountFen: 1,
  costFen: 1,
  refundedFen: 1,
  paidOn: 1,
  kind: 1,
} as const;

/** Paid orders. */
export function createOrderStore(db: Connection) {
  const model = openOrders(db);
  return {
    findMany: (ids: readonly string[]) => model.find(withNumbers(ids)).lean<RefundedOrder[]>().exec(),
    /** The orders that hold refunds of these numbers. */
    ofRefunds: (refundIds: readonly string[]) =>
      model
        .find({ 'refunds.externalId': { $in: spellingsOf(refundIds) } })
        .lean<RefundedOrder[]>()
        .exec(),
    /** Keeps the refunds of an order that had `before`; `false` when somebody else changed them meanwhile. */
    async saveRefunds(
      orderId: string,
      before: readonly Refund[],
      refunds: readonly Refund[],
    ): Promise<boolean> {
      const known = { _id: orderId, refundedFen: { $in: [refundedFenOf(before), null] } };
      const fields = { refunds: [...refunds], refundedFen: refundedFenOf(refunds) };
      const { matchedCount } = await model.updateOne(known, { $set: fields });
      return matchedCount === 1;
    },
    async saveAll(orders: readonly KeptOrder[]): Promise<void> {
      if (orders.length === 0) return;
      onlyOwned(orders);
      const writes = orders.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: { ...fields, ...keyOfNumber(_id) } }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    ...streams(model),
    ...factReads(model),
  };
}

const openOrders = (db: Connection) => db.model('Order', orderSchema);

const streams = (model: ReturnType<typeof openOrders>) => ({
  all: () => model.find().sort({ _id: 1 }).lean<RefundedOrder>().cursor({ batchSize: 1000 }),
  /** The orders of an account, the last paid first. */
  latestOf: (accountId: string, limit: number) =>
    model.find({ accountId }).sort({ paidOn: -1, _id: -1 }).limit(limit).lean<RefundedOrder[]>().exec(),
});

const factReads = (model: ReturnType<typeof openOrders>) => ({
  /** The facts of every account with orders, ascending by its id; or only of these. */
  async *facts(
    periods: Periods,
    accountIds?: readonly string[],
  ): AsyncGenerator<OrderFacts & { accountId: string }> {
    const rows = model
      .find(accountIds ? { accountId: { $in: [...accountIds] } } : {}, FACT_FIELDS)
      .sort({ accountId: 1 })
      .lean<KeptOrder>()
      .cursor({ batchSize: 200 });
    for await (const { accountId, rows: orders } of gathered(rows))
      yield { accountId, ...orderFactsOf(orders, periods) };
  },
  /** Which of these accounts have paid an order by `today`. */
  async payersAmong(accountIds: readonly string[], today: Day): Promise<Set<string>> {
    if (accountIds.length === 0) return new Set();
    const paid = { accountId: { $in: [...accountIds] }, paidOn: { $lte: today } };
    const orders = await model.find(paid, FACT_FIELDS).lean<KeptOrder[]>().exec();
    return new Set(orders.filter(isStillPaid).map(({ accountId }) => accountId));
  },
});
