import { Schema, type Connection } from 'mongoose';
import { DELIVERY_STATES, type DeliveryState } from '../domain/system/webhook.ts';

/** One change on its way to one webhook; the id is made of both, so that it can stand here only once. */
export type Delivery = {
  _id: string; // hookId:changeId
  hookId: string;
  changeId: string;
  event: string;
  body: string; // the very text that is signed
  state: DeliveryState;
  tries: number;
  dueAt: Date;
  happenedAt: Date;
  status: number | null; // what the other side answered last
  error: string | null;
  endedAt: Date | null; // sent or given up
};

const deliverySchema = new Schema<Delivery>(
  {
    _id: { type: String, required: true },
    hookId: { type: String, required: true },
    changeId: { type: String, required: true },
    event: { type: String, required: true },
    body: { type: String, required: true },
    state: { type: String, enum: DELIVERY_STATES, default: 'waiting' },
    tries: { type: Number, default: 0 },
    dueAt: { type: Date, required: true },
    happenedAt: { type: Date, required: true },
    status: { type: Number, default: null },
    error: { type: String, default: null },
    endedAt: { type: Date, default: null },
  },
  { collection: 'deliveries', strict: 'throw' },
);
deliverySchema.index({ hookId: 1, state: 1, happenedAt: 1 });
deliverySchema.index({ state: 1, endedAt: 1 });

/** Which deliveries of a webhook to send again: these states, and what happened since then. */
export type Replay = { states: readonly DeliveryState[]; since: Date | null };

const openModel = (db: Connection) => db.model('Delivery', deliverySchema);
type DeliveryModel = ReturnType<typeof openModel>;

/** The outbox of webhooks: what is in here is sent at least once. */
export function createDeliveryStore(db: Connection) {
  const model = openModel(db);
  return { ...sending(model), ...looking(model) };
}

const sending = (model: DeliveryModel) => ({
  /** Puts new ones in; one that is here already stays as it is. */
  async addAll(deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const inserts = deliveries.map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
    }));
    await model.bulkWrite(inserts, { ordered: false });
  },
  /** What is due for a webhook, the oldest change first. */
  due: (hookId: string, now: Date, limit: number) =>
    model
      .find({ hookId, state: 'waiting', dueAt: { $lte: now } })
      .sort({ happenedAt: 1, _id: 1 })
      .limit(limit)
      .lean<Delivery[]>()
      .exec(),
  /** Takes one for a try; if nothing is heard of the try by then, it is due again. */
  async take({ _id, tries }: Pick<Delivery, '_id' | 'tries'>, until: Date): Promise<boolean> {
    const mine = { _id, state: 'waiting' as const, tries };
    return (await model.updateOne(mine, { $set: { tries: tries + 1, dueAt: until } })).modifiedCount === 1;
  },
  async settle(id: string, fields: Partial<Omit<Delivery, '_id'>>): Promise<void> {
    await model.updateOne({ _id: id }, { $set: fields });
  },
  /** Puts what fits back to the beginning. @returns how many */
  async replay(hookId: string, { states, since }: Replay, now: Date): Promise<number> {
    const which = { hookId, state: { $in: [...states] }, ...(since ? { happenedAt: { $gte: since } } : {}) };
    const again = { state: 'waiting' as const, tries: 0, dueAt: now, error: null, endedAt: null };
    return (await model.updateMany(which, { $set: again })).modifiedCount;
  },
  /** Forgets what belongs to a webhook. */
  async dropOf(hookId: string): Promise<void> {
    await model.deleteMany({ hookId });
  },
  /** Forgets what ended before then. @returns how many */
  async tidy(before: Date): Promise<number> {
    const ended = { state: { $in: ['sent' as const, 'failed' as const] }, endedAt: { $lt: before } };
    return (await model.deleteMany(ended)).deletedCount;
  },
});

const looking = (model: DeliveryModel) => ({
  /** The latest change first. */
  list: (hookId: string, { states, limit }: { states: readonly DeliveryState[]; limit: number }) =>
    model
      .find({ hookId, state: { $in: [...states] } })
      .sort({ happenedAt: -1, _id: -1 })
      .limit(limit)
      .lean<Delivery[]>()
      .exec(),
  count: (hookId: string, state: DeliveryState) => model.countDocuments({ hookId, state }),
});
