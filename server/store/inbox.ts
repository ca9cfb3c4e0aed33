import { Schema, type Connection, type mongo } from 'mongoose';
import { EVENT_STATES, type EventState } from '../domain/event.ts';
import { createGroupCommit } from './group-commit.ts';
import { isGone, ownerId } from './owner.ts';

/** A callback event as kept: plain fields only, by WeCom's names in camel case. */
export type KeptEvent = {
  _id: string; // SHA-256 of the decrypted XML, hex
  kind: string; // e.g. change_external_contact.add_external_contact
  subject: string; // events of one subject are worked on one after the other
  fields: Record<string, unknown>;
  happenedAt: Date;
  receivedAt: Date;
  state: EventState;
  tries: number;
  dueAt: Date;
  owner: string | null;
  leaseUntil: Date | null;
  error: string | null;
  doneAt: Date | null;
};
export type NewEvent = Pick<
  KeptEvent,
  '_id' | 'kind' | 'subject' | 'fields' | 'happenedAt' | 'receivedAt' | 'state'
>;

const LEASE_MS = 120_000;

/** Events that somebody still has to work on: few, so that finding an earlier one of a subject stays cheap. */
const UNFINISHED = { state: { $in: ['waiting', 'working'] as const } };

const eventSchema = new Schema<KeptEvent>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
    happenedAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    state: { type: String, enum: EVENT_STATES, required: true },
    tries: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
    error: { type: String, default: null },
    doneAt: { type: Date, default: null },
  },
  { strict: 'throw' },
);
eventSchema.index({ state: 1, receivedAt: 1 });
eventSchema.index({ subject: 1, receivedAt: 1 }, { partialFilterExpression: UNFINISHED });

export type InboxStore = ReturnType<typeof createInboxStore>;

/** Callback events, durably kept before they are answered. */
export function createInboxStore(db: Connection) {
  const model = openModel(db);
  const shelf = db.collection<KeptEvent>('events');
  const insert = createGroupCommit((events: KeptEvent[]) => insertNew(shelf, events));
  return {
    /** Keeps the event; `false` when it is kept already. Concurrent calls share one write. */
    keep: (event: NewEvent): Promise<boolean> =>
      insert({
        ...event,
        tries: 0,
        dueAt: event.receivedAt,
        owner: null,
        leaseUntil: null,
        error: null,
        doneAt: null,
      }),
    ...work(model),
    ...ends(model),
    ...reads(model),
  };
}

const openModel = (db: Connection) => db.model('Event', eventSchema, 'events');
type EventModel = ReturnType<typeof openModel>;
type Shelf = Pick<mongo.Collection<KeptEvent>, 'insertMany'>;

/** Inserts all; tells for each whether it was new. */
async function insertNew(shelf: Shelf, events: KeptEvent[]): Promise<boolean[]> {
  try {
    await shelf.insertMany(events as mongo.OptionalUnlessRequiredId<KeptEvent>[], { ordered: false });
    return events.map(() => true);
  } catch (error) {
    const known = duplicatesOf(error);
    if (!known) throw error;
    return events.map((_, index) => !known.has(index));
  }
}

/** The indexes of duplicate keys, or null when anything else went wrong. */
function duplicatesOf(error: unknown): Set<number> | null {
  if (!(error instanceof Error && 'writeErrors' in error)) return null;
  const faults = [error.writeErrors].flat() as { code: number; index: number }[];
  if (faults.length === 0 || faults.some(({ code }) => code !== 11000)) return null;
  return new Set(faults.map(({ index }) => index));
}

const work = (model: EventModel) => ({
  /** Takes the event to work on it; null when it is not waiting, somebody has it, or an earlier one of its subject is unfinished. */
  async take(id: string, now: Date): Promise<KeptEvent | null> {
    if (await hasForerunner(model, id)) return null;
    return model
      .findOneAndUpdate(
        { _id: id, $or: [{ state: 'waiting' }, { state: 'working', leaseUntil: { $lt: now } }] },
        {
          $set: { state: 'working', owner: ownerId, leaseUntil: new Date(now.getTime() + LEASE_MS) },
          $inc: { tries: 1 },
        },
        { returnDocument: 'after' },
      )
      .lean<KeptEvent>()
      .exec();
  },
});

async function hasForerunner(model: EventModel, id: string): Promise<boolean> {
  const event = await model.findById(id, { subject: 1, receivedAt: 1 }).lean<KeptEvent>().exec();
  if (!event) return false;
  const { subject, receivedAt } = event;
  return Boolean(await model.exists({ ...UNFINISHED, subject, receivedAt: { $lt: receivedAt } }));
}

const ends = (model: EventModel) => ({
  async finish(id: string, doneAt: Date): Promise<void> {
    await model.updateOne(
      { _id: id },
      { $set: { state: 'done', owner: null, leaseUntil: null, error: null, doneAt } },
    );
  },
  async postpone(id: string, dueAt: Date, error: string): Promise<void> {
    await model.updateOne(
      { _id: id },
      { $set: { state: 'waiting', owner: null, leaseUntil: null, dueAt, error } },
    );
  },
  async park(id: string, error: string): Promise<void> {
    await model.updateOne({ _id: id }, { $set: { state: 'failed', owner: null, leaseUntil: null, error } });
  },
  /** Puts parked or done events back to the beginning. */
  async replay(ids: readonly string[], now: Date): Promise<void> {
    const again = { $set: { state: 'waiting' as const, tries: 0, dueAt: now, error: null, doneAt: null } };
    await model.updateMany({ _id: { $in: [...ids] }, state: { $in: ['failed', 'done'] } }, again);
  },
  /** Frees what processes of this host left behind when they died. */
  async releaseOrphans(): Promise<number> {
    const owners = await model.distinct('owner', { state: 'working' }).exec();
    const gone = owners.filter((owner) => typeof owner === 'string' && isGone(owner));
    if (gone.length === 0) return 0;
    const free = { $set: { state: 'waiting' as const, owner: null, leaseUntil: null } };
    return (await model.updateMany({ state: 'working', owner: { $in: gone } }, free)).modifiedCount;
  },
});

const reads = (model: EventModel) => ({
  find: (id: string) => model.findById(id).lean<KeptEvent>().exec(),
  /** The ids that begin with `start`, at most two. */
  async idsLike(start: string): Promise<string[]> {
    const found = await model
      .find({ _id: { $gte: start, $lt: `${start}~` } })
      .limit(2)
      .lean<KeptEvent[]>()
      .exec();
    return found.map(({ _id }) => _id);
  },
  /** Waiting events whose time has come, and those whose lease ran out, the oldest first. */
  due: (now: Date, limit: number) =>
    model
      .find({
        $or: [
          { state: 'waiting', dueAt: { $lte: now } },
          { state: 'working', leaseUntil: { $lt: now } },
        ],
      })
      .sort({ receivedAt: 1 })
      .limit(limit)
      .lean<KeptEvent[]>()
      .exec(),
  /** The newest events, of one state or of all. */
  async list(state: EventState | null, limit: number): Promise<KeptEvent[]> {
    const newest = (one: EventState) =>
      model.find({ state: one }).sort({ receivedAt: -1 }).limit(limit).lean<KeptEvent[]>().exec();
    const found = await Promise.all((state ? [state] : EVENT_STATES).map(newest));
    return found
      .flat()
      .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
      .slice(0, limit);
  },
  count: (state: EventState) => model.countDocuments({ state }),
});
