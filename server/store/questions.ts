import { Schema, type Connection } from 'mongoose';
import { MOST_QUESTIONS, questionId } from '../domain/follow-ups/follow-up.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** Something the customer asked; open until answered at a later follow-up. */
export type Question = {
  _id: string; // followUpId:number
  accountId: string;
  externalUserId: string | null; // null: of the account, nobody in particular
  text: string;
  askedAt: Date;
  answeredAt: Date | null;
  answeredBy?: string | null; // the member who closed it
  answeredIn?: string | null; // the follow-up or message that closed it
};

const questionSchema = new Schema<Question>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    externalUserId: { type: String, default: null },
    text: { type: String, required: true },
    askedAt: { type: Date, required: true },
    answeredAt: { type: Date, default: null },
    answeredBy: { type: String, refers: MEMBER },
    answeredIn: String,
  },
  { collection: 'questions', strict: 'throw' },
);
questionSchema.index({ accountId: 1, answeredAt: 1, askedAt: 1 });

/** What customers asked. */
export function createQuestionStore(db: Connection) {
  const model = db.model('Question', questionSchema);
  return {
    moveStaff: staffMover(model, ['answeredBy']),
    openOf: (accountId: string) =>
      model
        .find({ accountId, answeredAt: null })
        .sort({ askedAt: 1, _id: 1 })
        .limit(50)
        .lean<Question[]>()
        .exec(),
    async keepAll(questions: readonly Question[]): Promise<void> {
      if (questions.length === 0) return;
      const writes = questions.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    find: (id: string) => model.findById(id).lean<Question>().exec(),
    /** Closes those of them that are open and belong to the account. */
    async answer(accountId: string, ids: readonly string[], answered: Answered): Promise<void> {
      if (ids.length === 0) return;
      await model.updateMany({ accountId, _id: { $in: [...ids] }, answeredAt: null }, { $set: answered });
    },
    /** How many were asked or answered in a follow-up. */
    countOf: (accountId: string, followUpId: string) =>
      model.countDocuments({
        accountId,
        $or: [{ answeredIn: followUpId }, { _id: { $in: askedIn(followUpId) } }],
      }),
    /** Opens it again. */
    async reopen(id: string): Promise<void> {
      await model.updateOne({ _id: id }, { $set: OPEN });
    },
    /** Undoes what a follow-up did: what it answered is open again, what was asked in it is asked no more. Repeatable. */
    async undo(accountId: string, followUpId: string, at: Date): Promise<void> {
      await model.updateMany({ accountId, answeredIn: followUpId }, { $set: OPEN });
      const asked = { _id: { $in: askedIn(followUpId) }, accountId, answeredAt: null };
      await model.updateMany(asked, { $set: { answeredAt: at } });
    },
  };
}

const askedIn = (followUpId: string) =>
  Array.from({ length: MOST_QUESTIONS }, (_, index) => questionId(followUpId, index));

const OPEN = { answeredAt: null, answeredBy: null, answeredIn: null };

/** Who closed a question, when, and in which follow-up or message. */
type Answered = { answeredAt: Date; answeredBy: string; answeredIn: string };
