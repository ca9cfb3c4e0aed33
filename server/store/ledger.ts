import { Schema, type Connection } from 'mongoose';

/**
 * `claimed`: somebody is sending, or died sending; `sent`: WeCom took it; `failed`: WeCom certainly refused it, so it may be
 * tried again; `lost`: nobody can tell, so it is never tried again.
 */
export const LEDGER_STATES = ['claimed', 'sent', 'failed', 'lost'] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

/** One message to one person on one day: the right to send is the id. */
export type LedgerEntry = {
  _id: string; // purpose:key:day
  purpose: string;
  state: LedgerState;
  msgid: string | null;
  reason: string | null;
  claimedAt: Date;
};

const ledgerSchema = new Schema<LedgerEntry>(
  {
    _id: { type: String, required: true },
    purpose: { type: String, required: true },
    state: { type: String, enum: LEDGER_STATES, required: true },
    msgid: { type: String, default: null },
    reason: { type: String, default: null },
    claimedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
ledgerSchema.index({ purpose: 1, state: 1, claimedAt: 1 });

export type LedgerStore = ReturnType<typeof createLedgerStore>;

/** What is sent once: `purpose` for `key` on `day` (YYYY-MM-DD, or `once`). */
export type Right = { purpose: string; key: string; day: string };

const openModel = (db: Connection) => db.model('LedgerEntry', ledgerSchema, 'ledger');
type LedgerModel = ReturnType<typeof openModel>;

/** The book of outgoing messages: at most once towards customers and staff, whatever restarts. */
export function createLedgerStore(db: Connection) {
  const model = openModel(db);
  return {
    claim: (right: Right, at: Date) => claim(model, right, at),
    settle: (id: string, state: LedgerState, outcome: Outcome = {}) =>
      settle(model, id, { state, ...outcome }),
    /**
     * Sends what the right is for, at most once; `send` may give a msgid. `false` when the right is taken. A failure is kept:
     * the right comes back only when the error says that nothing was sent (`isUnsent`).
     */
    async once(right: Right, at: Date, send: () => Promise<string | void>): Promise<boolean> {
      const id = await claim(model, right, at);
      if (!id) return false;
      try {
        const msgid = await send();
        await settle(model, id, { state: 'sent', ...(msgid ? { msgid } : {}) });
        return true;
      } catch (error) {
        const isUnsent = error instanceof Error && 'isUnsent' in error && error.isUnsent === true;
        await settle(model, id, { state: isUnsent ? 'failed' : 'lost', reason: String(error) });
        throw error;
      }
    },
    find: (id: string) => model.findById(id).lean<LedgerEntry>().exec(),
    /** Entries of a purpose in a state claimed since then, the oldest first. */
    list: (purpose: string, state: LedgerState, since: Date) =>
      model
        .find({ purpose, state, claimedAt: { $gte: since } })
        .sort({ claimedAt: 1 })
        .limit(1000)
        .lean<LedgerEntry[]>()
        .exec(),
  };
}

/** Takes the right; null when it is taken. A certain refusal has given it back. */
async function claim(model: LedgerModel, { purpose, key, day }: Right, at: Date): Promise<string | null> {
  const id = [purpose, key, day].join(':');
  const first = {
    $setOnInsert: { purpose, state: 'claimed' as const, msgid: null, reason: null, claimedAt: at },
  };
  const { upsertedCount } = await model.updateOne({ _id: id }, first, { upsert: true });
  if (upsertedCount === 1) return id;
  const again = { $set: { state: 'claimed' as const, claimedAt: at } };
  const { modifiedCount } = await model.updateOne({ _id: id, state: 'failed' }, again);
  return modifiedCount === 1 ? id : null;
}

type Outcome = { msgid?: string; reason?: string };

async function settle(
  model: LedgerModel,
  id: string,
  { state, msgid = '', reason = '' }: Outcome & { state: LedgerState },
) {
  await model.updateOne({ _id: id }, { $set: { state, msgid: msgid || null, reason: reason || null } });
}
