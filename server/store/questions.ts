import { Schema, type Connection } from 'mongoose';

/** Something the customer asked; open until answered at a later follow-up. */
export type Question = {
  _id: string; // followUpId:number
  accountId: string;
  externalUserId: string | null; // null: of the account, nobody in particular
  text: string;
  askedAt: Date;
  answeredAt: Date | null;
};

const questionSchema = new Schema<Question>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    externalUserId: { type: String, default: null },
    text: { type: String, required: true },
    askedAt: { type: Date, required: true },
    answeredAt: { type: Date, default: null },
  },
  { strict: 'throw' },
);
questionSchema.index({ accountId: 1, answeredAt: 1, askedAt: 1 });

export type QuestionStore = ReturnType<typeof createQuestionStore>;

/** What customers asked. */
export function createQuestionStore(db: Connection) {
  const model = db.model('Question', questionSchema, 'questions');
  return {
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
    /** Closes those of them that are open and belong to the account. */
    async answer(accountId: string, ids: readonly string[], at: Date): Promise<void> {
      await model.updateMany(
        { accountId, _id: { $in: [...ids] }, answeredAt: null },
        { $set: { answeredAt: at } },
      );
    },
  };
}
