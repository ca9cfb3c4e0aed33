import { Schema, type Connection } from 'mongoose';
import type { Closure } from '../domain/nps/detractor.ts';
import type { GivenAnswer, SurveyInput } from '../domain/nps/survey-access.ts';
import { gathered } from './db/merge-join.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** One answer to one invitation; a few corrections replace it until the campaign closes. */
export type Answer = SurveyInput &
  GivenAnswer & {
    _id: string; // the invitation's id
    campaignId: string;
    externalUserId: string;
    accountId: string;
    staffId: string; // who asked
    answeredAt: Date; // first answered
    changedAt: Date;
    bandAt: Date; // since when it is in its group
    closure?: Closure | null; // how the loop of a bad mark was closed
    version: number; // goes up with every change
  };

const answerSchema = new Schema<Answer>(
  {
    _id: { type: String, required: true },
    campaignId: { type: String, required: true },
    externalUserId: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    staffId: { type: String, required: true, refers: MEMBER },
    score: { type: Number, required: true, min: 0, max: 10 },
    comment: { type: String, default: '' },
    wantsContact: { type: Boolean, default: false },
    answeredAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    bandAt: { type: Date, required: true },
    closure: Schema.Types.Mixed,
    respondent: { type: String, default: null },
    isFinished: { type: Boolean, default: true },
    corrections: { type: Number, default: 0 },
    version: { type: Number, default: 0 },
  },
  { collection: 'answers', strict: 'throw' },
);
answerSchema.index({ accountId: 1, answeredAt: -1 });
answerSchema.index({ externalUserId: 1, answeredAt: -1 });
answerSchema.index({ campaignId: 1 });
answerSchema.index({ answeredAt: 1 });
answerSchema.index({ wantsContact: 1, changedAt: 1 });

/** What customers answered. */
export function createAnswerStore(db: Connection) {
  const model = openModel(db);
  return {
    ...shelf(model),
    ...writes(model),
    ...scoreReads(model),
    moveStaff: staffMover(model, ['staffId']),
  };
}

/** The best mark of a detractor. Source: domain.md §11. */
const MOST_DETRACTOR = 6;

const openModel = (db: Connection) => db.model('Answer', answerSchema);

function shelf(model: ReturnType<typeof openModel>) {
  return {
    find: (id: string) => model.findById(id).lean<Answer>().exec(),
    ofAccount: (accountId: string) =>
      model.find({ accountId }).sort({ answeredAt: 1 }).lean<Answer[]>().exec(),
    /** Answers to what these members asked in a campaign. */
    ofCampaign: (campaignId: string, staffIds: readonly string[]) =>
      model
        .find({ campaignId, staffId: { $in: [...staffIds] } })
        .sort({ _id: 1 })
        .lean<Answer[]>()
        .exec(),
    /** Answers changed since then whose givers asked to be called. */
    wantingContact: (since: Date) =>
      model
        .find({ wantsContact: true, changedAt: { $gte: since } })
        .sort({ changedAt: 1 })
        .limit(1000)
        .lean<Answer[]>()
        .exec(),
    /** Answers to what these members asked, given since then, the worst first. */
    since: (staffIds: readonly string[], since: Date) =>
      model
        .find({ staffId: { $in: [...staffIds] }, answeredAt: { $gte: since } })
        .sort({ score: 1, _id: 1 })
        .limit(1000)
        .lean<Answer[]>()
        .exec(),
    /** Closes the loops of all bad marks of an account that were last changed before then. Repeatable. */
    async closeBefore(accountId: string, before: Date, closure: Closure): Promise<void> {
      const open = { accountId, score: { $lte: MOST_DETRACTOR }, closure: null, changedAt: { $lt: before } };
      await model.updateMany(open, { $set: { closure }, $inc: { version: 1 } });
    },
    /** Closes the loop of a bad mark. @returns `false` when it is closed already, or no bad mark any more. */
    async close(id: string, closure: Closure): Promise<boolean> {
      const open = { _id: id, score: { $lte: MOST_DETRACTOR }, closure: null };
      const { matchedCount } = await model.updateOne(open, { $set: { closure }, $inc: { version: 1 } });
      return matchedCount === 1;
    },
  };
}

const writes = (model: ReturnType<typeof openModel>) => ({
  /** Keeps the first answer; `false` when there is one. */
  async keep({ _id, ...fields }: Answer): Promise<boolean> {
    const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
    return upsertedCount === 1;
  },
  /** Replaces the answer that was read; `false` when another change came first. The first time stays. */
  async correct({ _id, version }: Answer, answer: Answer): Promise<boolean> {
    const { _id: _same, answeredAt: _first, version: _old, ...fields } = answer;
    const { matchedCount } = await model.updateOne(
      { _id, version },
      { $set: { ...fields, version: version + 1 } },
    );
    return matchedCount === 1;
  },
});

const scoreReads = (model: ReturnType<typeof openModel>) => ({
  /** The latest score of every account that ever answered, ascending by its id; or only of these. */
  async *latestScores(accountIds?: readonly string[]): AsyncGenerator<{ accountId: string; score: number }> {
    const rows = model
      .find(accountIds ? { accountId: { $in: [...accountIds] } } : {}, { _id: 0, accountId: 1, score: 1 })
      .sort({ accountId: 1, answeredAt: -1 })
      .lean<Answer>()
      .cursor({ batchSize: 250 });
    for await (const { accountId, rows: answers } of gathered(rows))
      if (answers[0]) yield { accountId, score: answers[0].score };
  },
});
