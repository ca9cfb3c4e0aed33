import { mongo, Schema, type Connection, type UpdateQuery } from 'mongoose';
import { reasonOf, traitsOf } from '../errors.ts';
import { createGroupCommit } from './db/group-commit.ts';
import { duplicatesOf } from './db/insert-new.ts';

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
  { collection: 'ledger', strict: 'throw' },
);
ledgerSchema.index({ purpose: 1, state: 1, claimedAt: 1 });

/** What is sent once: `purpose` for `key` on `day` (YYYY-MM-DD, or `once`). */
export type Right = { purpose: string; key: string; day: string };

const openModel = (db: Connection) => db.model('LedgerEntry', ledgerSchema);
type LedgerModel = ReturnType<typeof openModel>;

/** The book of outgoing messages: at most once towards customers and staff, whatever restarts. */
export function createLedgerStore(db: Connection) {
  const model = openModel(db);
  const book = createBook(model);
  return {
    ...severalAtOnce(model, book),
    claim: book.claim,
    settle: (id: string, state: LedgerState, outcome: Outcome = {}) => book.settle(id, { state, ...outcome }),
    /**
     * Sends what the right is for, at most once; `send` may give a msgid. `false` when the right is taken. A failure is kept:
     * the right comes back only when the error says that nothing was sent (`isUnsent`).
     */
    async once(right: Right, at: Date, send: () => Promise<string | void>): Promise<boolean> {
      const id = await book.claim(right, at);
      if (!id) return false;
      await sendFor(book, [id], send);
      return true;
    },
    find: (id: string) => model.findById(id).lean<LedgerEntry>().exec(),
    /** When `key` last got something of `purpose`, as far as anybody can tell; null for never. */
    async lastSentAt({ purpose, key }: Omit<Right, 'day'>): Promise<Date | null> {
      const [first, after] = [`${purpose}:${key}:`, `${purpose}:${key};`]; // `;` follows `:`, so these are the key's own ids
      const isOut: LedgerState[] = ['sent', 'lost'];
      const newest = model
        .findOne({ _id: { $gte: first, $lt: after }, state: { $in: isOut } })
        .sort({ _id: -1 });
      return (await newest.lean<LedgerEntry>().exec())?.claimedAt ?? null;
    },
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

const severalAtOnce = (model: LedgerModel, book: Book) => ({
  /** Like `once` for several rights that one message takes up: those that are free go with it. @returns how many did. */
  async together(
    rights: readonly Right[],
    at: Date,
    send: (won: Right[]) => Promise<string | void>,
  ): Promise<number> {
    const won: { id: string; right: Right }[] = [];
    for (const right of rights) {
      const id = await book.claim(right, at);
      if (id) won.push({ id, right });
    }
    if (won.length === 0) return 0;
    const ids = won.map(({ id }) => id);
    await sendFor(book, ids, () => send(won.map(({ right }) => right)));
    return won.length;
  },
  /** Which of these rights are taken. */
  async taken(rights: readonly Right[]): Promise<Right[]> {
    const ids = rights.map(idOf);
    const entries = await model.find({ _id: { $in: ids }, state: { $ne: 'failed' } }, { _id: 1 }).lean();
    const found = new Set(entries.map(({ _id }) => _id));
    return rights.filter((right) => found.has(idOf(right)));
  },
});

/** Sends, and keeps what became of it; only an error that says nothing was sent gives the rights back. */
async function sendFor(
  book: Book,
  ids: readonly string[],
  send: () => Promise<string | void>,
): Promise<void> {
  const settleAll = async (outcome: Outcome & { state: LedgerState }) => {
    await Promise.all(ids.map((id) => book.settle(id, outcome)));
  };
  try {
    const msgid = await send();
    await settleAll({ state: 'sent', ...(msgid ? { msgid } : {}) });
  } catch (error) {
    await settleAll({ state: traitsOf(error).isUnsent ? 'failed' : 'lost', reason: reasonOf(error) });
    throw error;
  }
}

const idOf = ({ purpose, key, day }: Right) => [purpose, key, day].join(':');

type Outcome = { msgid?: string; reason?: string };
type Book = ReturnType<typeof createBook>;

/** Who takes a right or ends one at the same moment as others shares their write. */
function createBook(model: LedgerModel) {
  const write = createGroupCommit((updates: Update[]) => writeAll(model, updates));
  return {
    /** Takes the right; null when it is taken. A certain refusal has given it back. */
    async claim(right: Right, at: Date): Promise<string | null> {
      const { purpose } = right;
      const id = idOf(right);
      const mine = { state: 'claimed' as const, claimedAt: at };
      const first = { $setOnInsert: { purpose, ...mine, msgid: null, reason: null } };
      if (await write({ filter: { _id: id }, update: first, upsert: true })) return id;
      const { modifiedCount } = await model.updateOne({ _id: id, state: 'failed' }, { $set: mine });
      return modifiedCount === 1 ? id : null;
    },
    async settle(id: string, { state, msgid = '', reason = '' }: Outcome & { state: LedgerState }) {
      const end = { state, msgid: msgid || null, reason: reason || null };
      await write({ filter: { _id: id }, update: { $set: end } });
    },
  };
}

type Update = { filter: { _id: string }; update: UpdateQuery<LedgerEntry>; upsert?: boolean };

/** Tells for each update whether it made an entry; it did not when another process made it in the same moment. */
async function writeAll(model: LedgerModel, updates: readonly Update[]): Promise<boolean[]> {
  const writes = updates.map((updateOne) => ({ updateOne }));
  const { upsertedIds } = await model.bulkWrite(writes, { ordered: false }).catch((error: unknown) => {
    if (error instanceof mongo.MongoBulkWriteError && duplicatesOf(error)) return error.result;
    throw error;
  });
  return updates.map((_, index) => upsertedIds[index] !== undefined);
}
