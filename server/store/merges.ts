import { Schema, Types, type Connection } from 'mongoose';
import type { Gain } from '../domain/accounts/account-merge.ts';
import type { Day } from '../domain/calendar.ts';
import { openAccounts, type Account, type AccountModel } from './account-model.ts';
import { gain, lose } from './merge-gains.ts';
import { bringBack, moveRows, SHELF_NAMES, type Moved } from './merge-moves.ts';
import { accountThen, memberThen } from './db/references.ts';

/** How far a merge is; `begun`: it may still turn out to close a circle, and is `off` then; `moving`: not everything came over. */
export const MERGE_STATES = ['begun', 'off', 'moving', 'merged', 'undoing', 'undone'] as const;

/** One account that went into another 合并, with exactly what it brought, so that it can be taken back. */
export type Merge = {
  _id: string;
  fromId: string;
  fromName: string;
  intoId: string;
  reason: string;
  by: string;
  at: Date;
  on: Day; // the corp's day: a pin that was over then counts for none
  state: (typeof MERGE_STATES)[number];
  gained: Gain[]; // what changed in the survivor, the latest last
  moved: Moved; // ids by shelf
};

/** What is asked for. */
export type NewMerge = Pick<Merge, 'fromId' | 'fromName' | 'intoId' | 'reason' | 'by' | 'at' | 'on'>;

const mergeSchema = new Schema<Merge>(
  {
    _id: { type: String, required: true },
    fromId: { type: String, required: true, refers: accountThen('it tells what was merged') },
    fromName: { type: String, required: true },
    intoId: { type: String, required: true, refers: accountThen('it tells what was merged') },
    reason: { type: String, default: '' },
    by: { type: String, required: true, refers: memberThen('a record of who did it') },
    at: { type: Date, required: true },
    on: { type: String, required: true },
    state: { type: String, enum: MERGE_STATES, required: true },
    gained: { type: Schema.Types.Mixed, default: [] },
    moved: { type: Schema.Types.Mixed, default: {} },
  },
  { collection: 'merges', strict: 'throw', minimize: false },
);
mergeSchema.index({ fromId: 1, at: -1 });
mergeSchema.index({ intoId: 1, at: -1 });
mergeSchema.index({ state: 1, at: 1 });

type MergeModel = ReturnType<typeof openMerges>;
type Shelves = { db: Connection; merges: MergeModel; accounts: AccountModel };

const openMerges = (db: Connection) => db.model('Merge', mergeSchema);

/** Merges of accounts. Every step may be repeated, and a merge that was cut short is ended by carrying it out again. */
export function createMergeStore(db: Connection) {
  const shelves = { db, merges: openMerges(db), accounts: openAccounts(db) };
  return { ...reads(shelves), ...begins(shelves), ...steps(shelves) };
}

const reads = (shelves: Shelves) => ({
  /** The merge by which the account is away now. */
  openOf: (fromId: string) => standing(shelves, fromId),
  /** What was merged into the account since then and is still in it, the latest first. */
  into: (intoId: string, since: Date) =>
    shelves.merges
      .find({ intoId, at: { $gte: since }, state: { $in: ['moving', 'merged'] } })
      .sort({ at: -1 })
      .limit(50)
      .lean<Merge[]>()
      .exec(),
  /** The account, and every one that is in it now, through however many. */
  async idsIn(accountId: string): Promise<string[]> {
    const ids = new Set([accountId]);
    for (let last = [accountId]; last.length > 0;) {
      const found = await shelves.merges
        .find({ intoId: { $in: last }, state: { $in: ['moving', 'merged'] } })
        .select({ fromId: 1 })
        .lean<Merge[]>();
      last = found.map(({ fromId }) => fromId).filter((id) => !ids.has(id));
      for (const id of last) ids.add(id);
    }
    return [...ids];
  },
  /** Merges and returns that were cut short, and merges since then, into which somebody may still have written late. */
  unsettled: (since: Date) =>
    shelves.merges
      .find({
        $or: [
          { state: { $in: ['begun', 'off', 'moving', 'undoing'] } },
          { state: 'merged', at: { $gte: since } },
        ],
      })
      .sort({ at: 1 })
      .lean<Merge>()
      .cursor(),
});

/** The merge by which an account is away now; null while it is not. */
async function standing({ merges, accounts }: Shelves, fromId: string): Promise<Merge | null> {
  const account = await accounts.findById(fromId).lean<Account>().exec();
  return account?.mergeId ? merges.findById(account.mergeId).lean<Merge>().exec() : null;
}

const begins = (shelves: Shelves) => ({
  /** Claims the account for the other; the standing merge when it is there already, null when it went elsewhere. */
  async begin(asked: NewMerge): Promise<Merge | null> {
    const _id = new Types.ObjectId().toHexString();
    const merge: Merge = { _id, ...asked, state: 'begun', gained: [], moved: {} };
    await shelves.merges.create(merge);
    if (await claim(shelves, merge)) return merge;
    await shelves.merges.deleteOne({ _id });
    const earlier = await standing(shelves, asked.fromId);
    return earlier?.intoId === asked.intoId ? earlier : null;
  },
});

/** Points the account to the other; false when it is away by another merge. */
async function claim({ accounts }: Shelves, { _id: mergeId, fromId, intoId }: Way): Promise<boolean> {
  const { matchedCount } = await accounts.updateOne(
    { _id: fromId, $or: [{ mergedInto: null }, { mergeId }] },
    { $set: { mergedInto: intoId, mergeId, dueOn: null } },
  );
  return matchedCount === 1;
}

const BACK = { $set: { mergedInto: null, mergeId: null } };

const steps = (shelves: Shelves) => ({
  /** Brings everything over. `false` when it cannot be: the two were merged into each other at once, or one went elsewhere. */
  async carryOut(merge: Way): Promise<boolean> {
    if (!(await settle(shelves, merge))) return false;
    await bringOver(shelves, merge);
    await shelves.merges.updateOne({ _id: merge._id, state: 'moving' }, { $set: { state: 'merged' } });
    // Others may have brought something here before they could see that this account has gone on.
    await bringOver(shelves, merge);
    let next = await standing(shelves, merge.intoId);
    for (; next?.state === 'merged'; next = await standing(shelves, next.intoId))
      await bringOver(shelves, next);
    return true;
  },
  /** Brings the account back as it was, with all it brought that is still there. `false` when it is back already. */
  async takeBack({ _id, fromId, intoId }: Way): Promise<boolean> {
    const { db, merges, accounts } = shelves;
    const taken = { _id, state: { $in: ['merged' as const, 'undoing' as const] } };
    const merge = await merges
      .findOneAndUpdate(taken, { $set: { state: 'undoing' } }, { returnDocument: 'after' })
      .lean<Merge>()
      .exec();
    if (!merge) return false;
    const holderIds = await chainOf(accounts, intoId);
    await accounts.updateOne({ _id: fromId, mergeId: _id }, BACK);
    await bringBack(db, merge.moved, { fromId, holderIds });
    for (const each of merge.gained.toReversed()) await lose(accounts, intoId, each);
    await merges.updateOne({ _id }, { $set: { state: 'undone' } });
    return true;
  },
});

/** Makes sure that the merge stands: claimed, and no circle. What was found to stand once is never called off. */
async function settle(shelves: Shelves, way: Way): Promise<boolean> {
  const { merges, accounts } = shelves;
  const { _id, fromId, intoId } = way;
  const stateNow = async () => (await merges.findById(_id).lean<Merge>().exec())?.state;
  if ((await stateNow()) === 'begun') {
    const isSound = (await claim(shelves, way)) && !(await chainOf(accounts, intoId)).includes(fromId);
    await merges.updateOne({ _id, state: 'begun' }, { $set: { state: isSound ? 'moving' : 'off' } });
  }
  const state = await stateNow();
  if (state === 'off') {
    await accounts.updateOne({ _id: fromId, mergeId: _id }, BACK);
    await merges.deleteOne({ _id, state });
  }
  return state === 'moving' || state === 'merged';
}

/** The account and those it went into, one after the other. */
async function chainOf(accounts: AccountModel, accountId: string): Promise<string[]> {
  const chain: string[] = [];
  for (let id: string | null = accountId; id && !chain.includes(id);) {
    chain.push(id);
    const found: Account | null = await accounts.findById(id).lean<Account>().exec();
    id = found?.mergedInto ?? null;
  }
  return chain;
}

type Way = Pick<Merge, '_id' | 'fromId' | 'intoId' | 'on'>;

async function bringOver({ db, merges, accounts }: Shelves, way: Way): Promise<void> {
  const keep = async (field: string, values: readonly unknown[]) => {
    await merges.updateOne({ _id: way._id }, { $push: { [field]: { $each: values } } });
  };
  await gain(accounts, way, (gains) => keep('gained', gains));
  for (const shelf of SHELF_NAMES)
    await moveRows(db, { ...way, shelf }, (ids) => keep(`moved.${shelf}`, ids));
}
