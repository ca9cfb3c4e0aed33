import { Schema, Types, type Connection } from 'mongoose';
import { HOOK_EVENTS, type HookEvent } from '../domain/system/webhook.ts';
import { memberThen } from './db/references.ts';

/** Who wants to be told of changes. The secret must be kept as it is, for every message is signed with it. */
export type Webhook = {
  _id: string;
  url: string;
  events: HookEvent[];
  secret: string;
  createdBy: string; // staff id
  createdAt: Date;
};

const webhookSchema = new Schema<Webhook>(
  {
    _id: { type: String, required: true },
    url: { type: String, required: true },
    events: { type: [{ type: String, enum: HOOK_EVENTS }], required: true },
    secret: { type: String, required: true },
    createdBy: { type: String, required: true, refers: memberThen('a record of who did it') },
    createdAt: { type: Date, required: true },
  },
  { collection: 'webhooks', strict: 'throw' },
);

/** Subscriptions of webhooks. */
export function createWebhookStore(db: Connection) {
  const model = db.model('Webhook', webhookSchema);
  return {
    async create(hook: Omit<Webhook, '_id'>): Promise<string> {
      const _id = new Types.ObjectId().toHexString();
      await model.create({ ...hook, _id });
      return _id;
    },
    find: (hookId: string) => model.findById(hookId).lean<Webhook>().exec(),
    all: () => model.find().sort({ _id: 1 }).limit(500).lean<Webhook[]>().exec(),
    /** `false` when there is none. */
    async remove(hookId: string): Promise<boolean> {
      return (await model.deleteOne({ _id: hookId })).deletedCount === 1;
    },
  };
}
