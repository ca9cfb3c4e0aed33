import { Schema, Types, type Connection } from 'mongoose';
import { ASIDE_KINDS, type SetAside, type StaffDrift } from '../domain/drift.ts';
import { relationId, type RelationKey } from '../domain/relation.ts';

/** `running` also means cut short: the next run goes on where it ended. `stopped`: something was not believed. */
export const SYNC_STATES = ['running', 'done', 'stopped'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** What a run found: follow relations, and `groups`, the customer groups that differed. */
export type SyncCounts = {
  rows: number;
  added: number;
  changed: number;
  lost: number;
  suspicious: number; // missing, but not believed
  groups: number;
};

/** One synchronisation: what is done of it, and what events had not told. */
export type SyncRun = {
  _id: string;
  state: SyncState;
  isFull: boolean; // begun anew by hand, whatever an earlier run had done
  startedAt: Date;
  endedAt: Date | null; // null while it is running
  doneStaff: string[]; // whose pages were all read
  counts: SyncCounts;
  perStaff: StaffDrift[]; // only staff with a difference; may name one twice until the run has ended
  aside: SetAside[]; // what could not be read; may name one twice until the run has ended
  warning: string | null; // what to do about it, in Chinese
};

/** A relation that was on no page, until it is asked for by name. */
type Missing = RelationKey & { _id: string; runId: string };

const count = { type: Number, default: 0 };
const counts = { rows: count, added: count, changed: count, lost: count, suspicious: count };

const syncSchema = new Schema<SyncRun>(
  {
    _id: { type: String, required: true },
    state: { type: String, enum: SYNC_STATES, required: true },
    isFull: { type: Boolean, default: false },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    doneStaff: { type: [String], default: [] },
    counts: { ...counts, groups: count },
    perStaff: { type: [{ _id: false, staffId: String, ...counts }], default: [] },
    aside: {
      type: [
        {
          _id: false,
          kind: { type: String, enum: ASIDE_KINDS },
          staffId: String,
          reason: String,
          count: Number,
        },
      ],
      default: [],
    },
    warning: { type: String, default: null },
  },
  { strict: 'throw' },
);
syncSchema.index({ startedAt: -1 });

const missingSchema = new Schema<Missing>(
  {
    _id: { type: String, required: true },
    runId: { type: String, required: true },
    staffId: { type: String, required: true },
    externalUserId: { type: String, required: true },
  },
  { strict: 'throw' },
);
missingSchema.index({ runId: 1, externalUserId: 1 });

/** So many runs are looked back on. */
const KEPT_RUNS = 90;
/** So many rows that could not be read are told; more tell nothing new. */
const MOST_ASIDE = 500;
const WRITTEN_AT_ONCE = 1000;
const NO_COUNTS: SyncCounts = { rows: 0, added: 0, changed: 0, lost: 0, suspicious: 0, groups: 0 };

export type SyncStore = ReturnType<typeof createSyncStore>;

/** Synchronisations, the running one with its checkpoint. Every write may be repeated, but for the counts. */
export function createSyncStore(db: Connection) {
  const runs = openRuns(db);
  const missing = openMissing(db);
  return {
    ...reads(runs),
    ...missingKeys(missing),
    ...writes(runs),
    /** Opens a new run, and forgets the oldest ones and what an earlier one missed. */
    async begin({ isFull }: { isFull: boolean }, at: Date): Promise<SyncRun> {
      const run = newRun(isFull, at);
      await runs.insertMany([run]);
      const old = await runs.find().sort(LATEST_FIRST).skip(KEPT_RUNS).select({ _id: 1 }).lean().exec();
      await runs.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
      await missing.deleteMany({});
      return run;
    },
    async end(runId: string, fields: Ending, at: Date): Promise<void> {
      await runs.updateOne({ _id: runId }, { $set: { ...fields, endedAt: at } });
      await missing.deleteMany({ runId });
    },
  };
}

type Ending = Pick<SyncRun, 'state' | 'warning' | 'perStaff' | 'aside'>;

const openRuns = (db: Connection) => db.model('Sync', syncSchema, 'syncs');
const openMissing = (db: Connection) => db.model('Missing', missingSchema, 'missing');
type Runs = ReturnType<typeof openRuns>;

const LATEST_FIRST = { startedAt: -1, _id: -1 } as const;

const newRun = (isFull: boolean, at: Date): SyncRun => ({
  _id: new Types.ObjectId().toHexString(),
  state: 'running',
  isFull,
  startedAt: at,
  endedAt: null,
  doneStaff: [],
  counts: NO_COUNTS,
  perStaff: [],
  aside: [],
  warning: null,
});

/** Runs of earlier versions set nothing aside. */
const complete = (run: SyncRun): SyncRun => ({ ...run, aside: run.aside ?? [] });

const reads = (runs: Runs) => ({
  find: (runId: string) => runs.findById(runId).orFail().lean<SyncRun>().exec().then(complete),
  latest: async () => {
    const run = await runs.findOne().sort(LATEST_FIRST).lean<SyncRun>().exec();
    return run && complete(run);
  },
  list: async (limit: number) =>
    (await runs.find().sort(LATEST_FIRST).limit(limit).lean<SyncRun[]>().exec()).map(complete),
  /** When the first successful one ended, of those that are looked back on; null while none was. */
  async firstDoneAt(): Promise<Date | null> {
    const first = await runs.findOne({ state: 'done' }).sort({ startedAt: 1 }).lean<SyncRun>().exec();
    return first?.endedAt ?? null;
  },
  /** True when some run has read every member, so that what we know is what there was. */
  hasEnded: async () => (await runs.exists({ endedAt: { $ne: null } })) !== null,
});

/** Numbers to add to the report, and members whose pages were all read. */
type Note = Partial<Pick<SyncRun, 'doneStaff' | 'perStaff' | 'aside'>> & { counts?: Partial<SyncCounts> };

const writes = (runs: Runs) => ({
  /** Adds to the report and moves the checkpoint, both at once. */
  async note(runId: string, { doneStaff = [], counts = {}, perStaff = [], aside = [] }: Note): Promise<void> {
    const sums = Object.entries(counts).map(([name, by]) => [`counts.${name}`, by]);
    await runs.updateOne(
      { _id: runId },
      {
        $addToSet: { doneStaff: { $each: doneStaff } },
        $push: { perStaff: { $each: perStaff }, aside: { $each: aside, $slice: MOST_ASIDE } },
        ...(sums.length > 0 && { $inc: Object.fromEntries(sums) }),
      },
    );
  },
});

const missingKeys = (missing: ReturnType<typeof openMissing>) => ({
  /** Keeps relations that were on no page; those that are kept already stay. */
  async keepMissing(runId: string, keys: Iterable<RelationKey> | AsyncIterable<RelationKey>): Promise<void> {
    let waiting: ReturnType<typeof missingWrite>[] = [];
    for await (const key of keys) {
      waiting.push(missingWrite(runId, key));
      if (waiting.length < WRITTEN_AT_ONCE) continue;
      await missing.bulkWrite(waiting, { ordered: false });
      waiting = [];
    }
    if (waiting.length > 0) await missing.bulkWrite(waiting, { ordered: false });
  },
  countMissing: (runId: string) => missing.countDocuments({ runId }),
  /** Every missing relation, those of one contact beside each other. */
  missing: (runId: string) =>
    missing.find({ runId }).sort({ externalUserId: 1, _id: 1 }).lean<RelationKey>().cursor(),
});

function missingWrite(runId: string, { staffId, externalUserId }: RelationKey) {
  const filter = { _id: relationId({ staffId, externalUserId }) };
  return { updateOne: { filter, update: { $set: { runId, staffId, externalUserId } }, upsert: true } };
}
