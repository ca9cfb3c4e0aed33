import { Schema, Types, type Connection } from 'mongoose';
import {
  ASIDE_KINDS,
  DRIFT_KINDS,
  MOST_NAMED,
  type NamedDrift,
  type SetAside,
  type StaffDrift,
} from '../domain/sync/drift.ts';
import { missingKeys, openMissing } from './missing-relations.ts';
import { memberThen } from './db/references.ts';

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
  isFirst: boolean; // nothing was known before: what it added was not missed by events
  failure: string | null; // why it was cut short, in Chinese; null while it runs and when it has ended
  named: NamedDrift[]; // the first relations that differed, by name
};

const count = { type: Number, default: 0 };
const counts = { rows: count, added: count, changed: count, lost: count, suspicious: count };

const syncSchema = new Schema<SyncRun>(
  {
    _id: { type: String, required: true },
    state: { type: String, enum: SYNC_STATES, required: true },
    isFull: { type: Boolean, default: false },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    doneStaff: { type: [String], default: [], refers: memberThen('it is about one run') },
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
    isFirst: { type: Boolean, default: false },
    failure: { type: String, default: null },
    named: {
      type: [
        { _id: false, staffId: String, externalUserId: String, what: { type: String, enum: DRIFT_KINDS } },
      ],
      default: [],
    },
  },
  { collection: 'syncs', strict: 'throw' },
);
syncSchema.index({ startedAt: -1 });

/** So many runs are looked back on. */
const KEPT_RUNS = 90;
/** So many rows that could not be read are told; more tell nothing new. */
const MOST_ASIDE = 500;
const NO_COUNTS: SyncCounts = { rows: 0, added: 0, changed: 0, lost: 0, suspicious: 0, groups: 0 };

/** Synchronisations, the running one with its checkpoint. Every write may be repeated, but for the counts. */
export function createSyncStore(db: Connection) {
  const runs = openRuns(db);
  const missing = openMissing(db);
  return {
    ...reads(runs),
    ...missingKeys(missing),
    ...writes(runs),
    /** Opens a new run, and forgets the oldest ones and what an earlier one missed. */
    async begin(kind: Pick<SyncRun, 'isFull' | 'isFirst'>, at: Date): Promise<SyncRun> {
      const run = newRun(kind, at);
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

const openRuns = (db: Connection) => db.model('Sync', syncSchema);
type Runs = ReturnType<typeof openRuns>;

const LATEST_FIRST = { startedAt: -1, _id: -1 } as const;

const newRun = (kind: Pick<SyncRun, 'isFull' | 'isFirst'>, at: Date): SyncRun => ({
  ...kind,
  _id: new Types.ObjectId().toHexString(),
  state: 'running',
  startedAt: at,
  endedAt: null,
  doneStaff: [],
  counts: NO_COUNTS,
  perStaff: [],
  aside: [],
  warning: null,
  failure: null,
  named: [],
});

/** Runs of earlier versions lack what the report tells since. */
const complete = (run: SyncRun): SyncRun => ({
  ...run,
  aside: run.aside ?? [],
  isFirst: run.isFirst ?? false,
  failure: run.failure ?? null,
  named: run.named ?? [],
});

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
type Note = Partial<Pick<SyncRun, 'doneStaff' | 'perStaff' | 'aside' | 'named'>> & {
  counts?: Partial<SyncCounts>;
};

const writes = (runs: Runs) => ({
  /** Keeps why a run was cut short; null when it goes on. */
  async fail(runId: string, failure: string | null): Promise<void> {
    await runs.updateOne({ _id: runId }, { $set: { failure } });
  },
  /** Adds to the report and moves the checkpoint, both at once. */
  async note(runId: string, note: Note): Promise<void> {
    const { doneStaff = [], counts = {}, perStaff = [], aside = [], named = [] } = note;
    const sums = Object.entries(counts).map(([name, by]) => [`counts.${name}`, by]);
    await runs.updateOne(
      { _id: runId },
      {
        $addToSet: { doneStaff: { $each: doneStaff } },
        $push: {
          perStaff: { $each: perStaff },
          aside: { $each: aside, $slice: MOST_ASIDE },
          named: { $each: named, $slice: MOST_NAMED },
        },
        ...(sums.length > 0 && { $inc: Object.fromEntries(sums) }),
      },
    );
  },
});
