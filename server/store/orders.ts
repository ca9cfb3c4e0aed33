import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import { ORDER_KINDS, PARTNER_KINDS, type Order, type OrderFacts } from '../domain/order.ts';

/** An order as kept: its external id is the key, so that an import may be repeated. */
export type KeptOrder = Omit<Order, 'externalId'> & { _id: string; accountId: string };

const orderSchema = new Schema<KeptOrder>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    product: { type: String, default: '' },
    amountFen: { type: Number, required: true },
    costFen: { type: Number, default: 0 },
    paidOn: { type: String, required: true },
    kind: { type: String, enum: ORDER_KINDS, default: 'sale' },
  },
  { strict: 'throw', timestamps: true },
);
orderSchema.index({ accountId: 1, paidOn: 1 });

export type OrderStore = ReturnType<typeof createOrderStore>;

/** Paid orders. */
export function createOrderStore(db: Connection) {
  const model = db.model('Order', orderSchema, 'orders');
  return {
    async saveAll(orders: readonly KeptOrder[]): Promise<void> {
      if (orders.length === 0) return;
      const writes = orders.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    async moveAll(fromAccountId: string, toAccountId: string): Promise<void> {
      await model.updateMany({ accountId: fromAccountId }, { $set: { accountId: toAccountId } });
    },
    /** The facts of every account with orders; only orders paid up to `window.to` count. */
    async *facts(window: { from: Day; to: Day }): AsyncGenerator<OrderFacts & { accountId: string }> {
      const inWindow = { $cond: [{ $gte: ['$paidOn', window.from] }, '$amountFen', 0] };
      const isPartner = { $cond: [{ $in: ['$kind', [...PARTNER_KINDS]] }, 1, 0] };
      const rows = model
        .aggregate<Omit<OrderFacts, 'partnerContract'> & { _id: string; partners: number }>([
          { $match: { paidOn: { $lte: window.to } } },
          {
            $group: {
              _id: '$accountId',
              paidOrders: { $sum: 1 },
              firstOrderOn: { $min: '$paidOn' },
              lastOrderOn: { $max: '$paidOn' },
              valueFen: { $sum: inWindow },
              partners: { $sum: isPartner },
            },
          },
        ])
        .cursor({ batchSize: 1000 });
      for await (const { _id, partners, ...facts } of rows) {
        yield { accountId: _id, ...facts, partnerContract: partners > 0 };
      }
    },
  };
}
