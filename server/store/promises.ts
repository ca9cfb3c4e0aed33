import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import { PROMISE_STATES, type PromiseState } from '../domain/cadence/promise.ts';
import { insertNew } from './db/insert-new.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** Something agreed on with a customer 约定, also a planned next touch 下次. Several may stand. */
export type PromiseRow = {
  _id: string;
  accountId: string;
  externalUserId: string | null; // null: with the account, nobody in particular
  text: string;
  day: Day;
  state: PromiseState;
  madeAt: Date;
  madeBy: string; // the member
  madeIn: string | null; // the follow-up; null: taken over from before promises had rows
  endedAt: Date | null;
  endedBy: string | null;
  endedIn: string | null; // the follow-up whose form ended it
  movedTo: string | null; // the promise that came in its place
};

const promiseSchema = new Schema<PromiseRow>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    externalUserId: { type: String, default: null },
    text: { type: String, required: true },
    day: { type: String, required: true },
    state: { type: String, enum: PROMISE_STATES, required: true },
    madeAt: { type: Date, required: true },
    madeBy: { type: String, required: true, refers: MEMBER },
    madeIn: { type: String, default: null },
    endedAt: { type: Date, default: null },
    endedBy: { type: String, default: null, refers: MEMBER },
    endedIn: { type: String, default: null },
    movedTo: { type: String, default: null },
  },
  { collection: 'promises', strict: 'throw' },
);
promiseSchema.index({ accountId: 1, state: 1, day: 1 });

/** A promise as it is made; its id makes a repeated send harmless. */
export type NewPromise = Pick<
  PromiseRow,
  '_id' | 'accountId' | 'externalUserId' | 'text' | 'day' | 'madeAt' | 'madeBy' | 'madeIn'
>;

/** How a promise ends: in which state, when, by whom, in which follow-up, and what comes in its place. */
type PromiseEnd = Pick<PromiseRow, 'state' | 'endedAt' | 'endedBy' | 'endedIn' | 'movedTo'>;

const NOT_ENDED: PromiseEnd = { state: 'open', endedAt: null, endedBy: null, endedIn: null, movedTo: null };
const MOST = 50;

/** What was agreed on with customers; what has ended stays. Every write may be repeated. */
export function createPromiseStore(db: Connection) {
  const model = db.model('Promise', promiseSchema);
  return {
    find: (id: string) => model.findById(id).lean<PromiseRow>().exec(),
    /** Those that stand, the earliest first. */
    openOf: (accountId: string) =>
      model
        .find({ accountId, state: 'open' })
        .sort({ day: 1, _id: 1 })
        .limit(MOST)
        .lean<PromiseRow[]>()
        .exec(),
    async make(promises: readonly NewPromise[]): Promise<void> {
      if (promises.length === 0) return;
      const writes = promises.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: { ...fields, ...NOT_ENDED } }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    /** Takes over promises from before, with what became of them; what is there stays. */
    take: (promises: readonly PromiseRow[]) => insertNew(db.collection<PromiseRow>('promises'), promises),
    /** @returns `false` when it had ended, or is another account's. */
    async end({ _id, accountId }: Pick<PromiseRow, '_id' | 'accountId'>, end: PromiseEnd): Promise<boolean> {
      const { matchedCount } = await model.updateOne({ _id, accountId, state: 'open' }, { $set: end });
      return matchedCount === 1;
    },
    /** Other words, or another day, for one that stands. */
    async reword(id: string, fields: Pick<PromiseRow, 'text' | 'day'>): Promise<void> {
      await model.updateOne({ _id: id, state: 'open' }, { $set: fields });
    },
    /** Undoes what a follow-up did: what it ended stands again, what was made in it is withdrawn. */
    async undo(
      accountId: string,
      followUpId: string,
      by: Pick<PromiseRow, 'endedAt' | 'endedBy'>,
    ): Promise<void> {
      await model.updateMany({ accountId, endedIn: followUpId }, { $set: NOT_ENDED });
      await model.updateMany(
        { accountId, madeIn: followUpId, state: 'open' },
        { $set: { state: 'withdrawn', ...by } },
      );
    },
    moveStaff: staffMover(model, ['madeBy', 'endedBy']),
  };
}
