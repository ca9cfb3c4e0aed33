import { Schema, type Connection } from 'mongoose';
import {
  OPEN_STATES,
  TRANSFER_KINDS,
  TRANSFER_STATES,
  type TransferKind,
  type TransferState,
} from '../domain/staff/transfer.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** One contact handed over from one member to another: the right to ask WeCom for it once. */
export type Transfer = {
  _id: string; // handoverId:externalUserId:attempt
  kind: TransferKind;
  handoverId: string;
  takeoverId: string;
  externalUserId: string;
  accountId: string | null;
  attempt: number; // from 1
  state: TransferState;
  errcode: number | null; // why WeCom did not start it
  askedBy: string; // a staff id, or a command's name
  askedAt: Date;
  takeoverAt: Date | null; // ahead while waiting
  settledAt: Date | null; // null while it is open
};

/** What is asked for. */
export type NewTransfer = Omit<
  Transfer,
  '_id' | 'attempt' | 'state' | 'errcode' | 'takeoverAt' | 'settledAt'
>;
/** Two members and the way between them. */
export type TransferPair = Pick<Transfer, 'kind' | 'handoverId' | 'takeoverId'>;

const transferSchema = new Schema<Transfer>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: TRANSFER_KINDS, required: true },
    handoverId: { type: String, required: true, refers: MEMBER },
    takeoverId: { type: String, required: true, refers: MEMBER },
    externalUserId: { type: String, required: true },
    accountId: { type: String, default: null, refers: OF_ACCOUNT },
    attempt: { type: Number, required: true },
    state: { type: String, enum: TRANSFER_STATES, required: true },
    errcode: { type: Number, default: null },
    askedBy: { type: String, required: true, refers: MEMBER },
    askedAt: { type: Date, required: true },
    takeoverAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
  },
  { collection: 'transfers', strict: 'throw' },
);
transferSchema.index({ state: 1, askedAt: -1 });
transferSchema.index({ externalUserId: 1, askedAt: -1 });
transferSchema.index({ handoverId: 1, takeoverId: 1, state: 1 });

/** Every transfer that was ever asked for. At most one of a member and a contact is open at a time. */
export function createTransferStore(db: Connection) {
  const model = openModel(db);
  return { ...reads(model), ...openReads(model), ...writes(model) };
}

const openModel = (db: Connection) => db.model('Transfer', transferSchema);
type TransferModel = ReturnType<typeof openModel>;

/** Started, or about to be. */
const MOVING = { state: { $in: ['asked', 'waiting', 'done'] as const } };
const open = { state: { $in: [...OPEN_STATES] } };

const reads = (model: TransferModel) => ({
  find: (id: string) => model.findById(id).lean<Transfer>().exec(),
  /** The latest first; `staffIds`: only those that one of these members gives or takes. */
  list({ state, staffIds, limit }: { state?: TransferState; staffIds?: readonly string[]; limit: number }) {
    const whose = { $in: [...(staffIds ?? [])] };
    const filter = {
      ...(state ? { state } : {}),
      ...(staffIds ? { $or: [{ handoverId: whose }, { takeoverId: whose }] } : {}),
    };
    return model.find(filter).sort({ askedAt: -1, _id: 1 }).limit(limit).lean<Transfer[]>().exec();
  },
  /** When these contacts were moved on the job since then, by contact. */
  async movedSince(externalUserIds: readonly string[], since: Date): Promise<Map<string, Date[]>> {
    const rows = await model
      .find({
        externalUserId: { $in: [...externalUserIds] },
        kind: 'on_job',
        askedAt: { $gte: since },
        ...MOVING,
      })
      .lean<Transfer[]>();
    return grouped(rows);
  },
});

const openReads = (model: TransferModel) => ({
  /** Pairs of members between whom something is still open. */
  async openPairs(): Promise<TransferPair[]> {
    const rows = await model.aggregate<{ _id: TransferPair }>([
      { $match: open },
      { $group: { _id: { kind: '$kind', handoverId: '$handoverId', takeoverId: '$takeoverId' } } },
      { $sort: { _id: 1 } },
    ]);
    return rows.map(({ _id }) => _id);
  },
  openOf: ({ kind, handoverId, takeoverId }: TransferPair) =>
    model
      .find({ kind, handoverId, takeoverId, ...open })
      .sort({ _id: 1 })
      .lean<Transfer[]>()
      .exec(),
  /** The open transfers of a contact to a member. */
  openTo: (takeoverId: string, externalUserId: string) =>
    model
      .find({ takeoverId, externalUserId, ...open })
      .sort({ askedAt: 1 })
      .lean<Transfer[]>()
      .exec(),
});

const writes = (model: TransferModel) => ({
  /** Takes the right to ask for each; gives those that nobody else is at, in the order they came. */
  async claim(asked: readonly NewTransfer[]): Promise<Transfer[]> {
    if (asked.length === 0) return [];
    const last = await latestAttempts(model, asked);
    const fresh = asked.flatMap((each): Transfer[] => {
      const before = last.get(pairId(each));
      if (before && OPEN_STATES.some((state) => state === before.state)) return [];
      const attempt = (before?.attempt ?? 0) + 1;
      const blank = { state: 'asked' as const, errcode: null, takeoverAt: null, settledAt: null };
      return [{ _id: `${pairId(each)}:${attempt}`, attempt, ...each, ...blank }];
    });
    if (fresh.length === 0) return [];
    const inserts = fresh.map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
    }));
    const { upsertedIds } = await model.bulkWrite(inserts, { ordered: false });
    return fresh.filter((_, index) => Object.hasOwn(upsertedIds, index));
  },
  /** Gives rights back, because WeCom was certainly not asked. */
  async release(ids: readonly string[]): Promise<void> {
    await model.deleteMany({ _id: { $in: [...ids] }, state: 'asked' });
  },
  /** Keeps what became of an open transfer; a settled one stays as it is. */
  async settle(
    id: string,
    fields: Partial<Pick<Transfer, 'state' | 'errcode' | 'takeoverAt' | 'settledAt'>>,
  ) {
    await model.updateOne({ _id: id, ...open }, { $set: fields });
  },
  moveStaff: staffMover(model, ['handoverId', 'takeoverId', 'askedBy']),
});

const pairId = ({ handoverId, externalUserId }: Pick<Transfer, 'handoverId' | 'externalUserId'>) =>
  `${handoverId}:${externalUserId}`;

async function latestAttempts(model: TransferModel, asked: readonly NewTransfer[]) {
  const rows = await model
    .find({
      externalUserId: { $in: asked.map((each) => each.externalUserId) },
      handoverId: { $in: [...new Set(asked.map((each) => each.handoverId))] },
    })
    .sort({ attempt: 1 })
    .lean<Transfer[]>();
  return new Map(rows.map((row) => [pairId(row), row]));
}

function grouped(rows: readonly Transfer[]): Map<string, Date[]> {
  const dates = new Map<string, Date[]>();
  for (const { externalUserId, askedAt } of rows)
    dates.set(externalUserId, [...(dates.get(externalUserId) ?? []), askedAt]);
  return dates;
}
