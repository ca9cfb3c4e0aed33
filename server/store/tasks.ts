import { Schema, type Connection, type PipelineStage } from 'mongoose';
import type { Cover } from '../domain/staff/absence.ts';
import { TASK_KINDS, TASK_STATES, type Task } from '../domain/follow-ups/task.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

const taskSchema = new Schema<Task>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: TASK_KINDS, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    externalUserId: { type: String, default: null },
    assigneeId: { type: String, default: null, refers: MEMBER },
    dueOn: { type: String, required: true },
    at: { type: String, default: null },
    state: { type: String, enum: TASK_STATES, required: true },
    cause: { subject: { type: String, required: true }, text: { type: String, default: '' } },
    result: { type: String, default: '' },
    openedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    closedBy: { type: String, default: null, refers: MEMBER },
    untold: { type: [String], default: [], refers: MEMBER },
  },
  { collection: 'tasks', strict: 'throw' },
);
taskSchema.index({ accountId: 1, state: 1, dueOn: 1 });
taskSchema.index({ state: 1, dueOn: 1 });
taskSchema.index({ untold: 1 });

const openModel = (db: Connection) => db.model('Task', taskSchema);
type TaskModel = ReturnType<typeof openModel>;

/** Tasks 任务 of every kind: what somebody has to do. Source: domain.md §1. */
export function createTaskStore(db: Connection) {
  const model = openModel(db);
  const moveSingle = staffMover(model, ['assigneeId', 'closedBy']);
  return {
    ...reads(model),
    ...writes(model),
    async moveStaff(fromId: string, toId: string): Promise<void> {
      await moveSingle(fromId, toId);
      await model.updateMany({ untold: fromId }, { $addToSet: { untold: toId } });
      await model.updateMany({ untold: fromId }, { $pull: { untold: fromId } });
    },
  };
}

/** Whose tasks: of these members, and of whom one of them stands in for. */
export type TaskHolders = { staffIds: readonly string[]; cover: Cover | null };

/** Open tasks of some members, the earliest due first: those of the accounts they own, and what was given to them where nobody owns. */
const openOf = ({ staffIds, cover }: TaskHolders): PipelineStage[] => [
  { $match: { state: 'open' } },
  { $lookup: { from: 'accounts', localField: 'accountId', foreignField: '_id', as: 'account' } },
  { $match: { $or: held({ staffIds, cover }) } },
];

function held({ staffIds, cover }: TaskHolders): object[] {
  const own = [
    { 'account.ownerId': { $in: [...staffIds] } },
    { 'account.ownerId': null, assigneeId: { $in: [...staffIds] } },
  ];
  if (!cover) return own;
  const { awayIds, standInForIds, staffId } = cover;
  return [
    ...own,
    { 'account.ownerId': { $in: standInForIds } },
    { 'account.ownerId': { $in: awayIds }, 'account.deputyId': staffId },
  ];
}

const reads = (model: TaskModel) => ({
  find: (id: string) => model.findById(id).lean<Task>().exec(),
  /** Which of these ids have a task. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const rows = await model.find({ _id: { $in: [...ids] } }, { _id: 1 }).lean<{ _id: string }[]>();
    return new Set(rows.map(({ _id }) => _id));
  },
  /** Open tasks of an account, the earliest due first. */
  openOfAccount: (accountId: string, limit: number) =>
    model.find({ accountId, state: 'open' }).sort({ dueOn: 1, _id: 1 }).limit(limit).lean<Task[]>().exec(),
  openOf: (holders: TaskHolders, limit: number): Promise<Task[]> =>
    model
      .aggregate<Task>([
        ...openOf(holders),
        { $project: { account: 0 } },
        { $sort: { dueOn: 1, _id: 1 } },
        { $limit: limit },
      ])
      .exec(),
  async countOpenOf(holders: TaskHolders): Promise<number> {
    const [counted] = await model.aggregate<{ n: number }>([...openOf(holders), { $count: 'n' }]).exec();
    return counted?.n ?? 0;
  },
  /** Tasks of which somebody has yet to be told. */
  untold: () =>
    model
      .find({ 'untold.0': { $exists: true }, state: 'open' })
      .sort({ openedAt: 1 })
      .limit(1000)
      .lean<Task[]>()
      .exec(),
});

const writes = (model: TaskModel) => ({
  /** Keeps a task once; `false` when its cause made one before. */
  async open({ _id, ...fields }: Task): Promise<boolean> {
    const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
    return upsertedCount === 1;
  },
  /** The newest words of an open task, or of one that was withdrawn and is asked for again. */
  async reword(id: string, text: string): Promise<void> {
    const changed = { 'cause.text': text, state: 'open' as const, closedAt: null };
    await model.updateOne({ _id: id, state: { $ne: 'done' } }, { $set: changed });
  },
  /** `false` when it is not open any more. */
  async close(
    id: string,
    fields: Pick<Task, 'state' | 'result' | 'closedAt' | 'closedBy'>,
  ): Promise<boolean> {
    const { matchedCount } = await model.updateOne({ _id: id, state: 'open' }, { $set: fields });
    return matchedCount === 1;
  },
  async markTold(id: string, staffId: string): Promise<void> {
    await model.updateOne({ _id: id }, { $pull: { untold: staffId } });
  },
});
