import type { Connection, mongo } from 'mongoose';
import { EVENT_STATES, type EventState } from '../domain/system/event.ts';
import { createGroupCommit } from './db/group-commit.ts';
import { openEventModel, type EventModel, type KeptEvent } from './inbox-model.ts';
import { ends, isAbandoned, takes } from './inbox-work.ts';
import { insertNew } from './db/insert-new.ts';

export type { KeptEvent } from './inbox-model.ts';

/** An event as it comes; `dueAt` is `receivedAt` unless told. */
export type NewEvent = Pick<
  KeptEvent,
  '_id' | 'kind' | 'subject' | 'fields' | 'happenedAt' | 'receivedAt' | 'state'
> & { dueAt?: Date };

/** Callback events, durably kept before they are answered. */
export function createInboxStore(db: Connection) {
  const model = openEventModel(db);
  const shelf = db.collection<KeptEvent>('events');
  const insert = createGroupCommit((events: KeptEvent[]) => keepAll(shelf, events));
  return {
    /** Keeps the event; `false` when it is kept already. Concurrent calls share one write. */
    keep: (event: NewEvent): Promise<boolean> => insert(asKept(event)),
    ...takes(model),
    ...ends(model),
    ...reads(model),
    ...removals(model),
  };
}

const asKept = (event: NewEvent): KeptEvent => ({
  dueAt: event.receivedAt,
  ...event,
  tries: 0,
  faults: 0,
  since: event.receivedAt,
  owner: null,
  leaseUntil: null,
  error: null,
  doneAt: null,
  isTwin: false,
  keptAt: new Date(),
});

/** Inserts all; tells for each whether it was new. */
async function keepAll(shelf: mongo.Collection<KeptEvent>, events: KeptEvent[]): Promise<boolean[]> {
  const known = await insertNew(shelf, events);
  return events.map((_, index) => !known.has(index));
}

const inOrder = (a: KeptEvent, b: KeptEvent) =>
  a.receivedAt.getTime() - b.receivedAt.getTime() || (a._id < b._id ? -1 : 1);

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
  /** What can be worked on: waiting events whose time has come, and those whose worker is gone; in the order they came. */
  async due(now: Date, limit: number): Promise<KeptEvent[]> {
    const isDue = { state: 'waiting' as const, dueAt: { $lte: now } };
    const [waiting, working] = await Promise.all([
      model.find(isDue).sort({ dueAt: 1 }).limit(limit).lean<KeptEvent[]>().exec(),
      model.find({ state: 'working' }).lean<KeptEvent[]>().exec(),
    ]);
    const abandoned = working.filter((event) => isAbandoned(event, now));
    return [...waiting, ...abandoned].sort(inOrder).slice(0, limit);
  },
  /** The newest events, of one state or of all, of one kind or of all. */
  async list(state: EventState | null, limit: number, kind?: string): Promise<KeptEvent[]> {
    const newest = (one: EventState) =>
      model
        .find({ state: one, ...(kind ? { kind } : {}) })
        .sort({ receivedAt: -1 })
        .limit(limit)
        .lean<KeptEvent[]>()
        .exec();
    const found = await Promise.all((state ? [state] : EVENT_STATES).map(newest));
    return found.flat().sort(inOrder).toReversed().slice(0, limit);
  },
  count: (state: EventState) => model.countDocuments({ state }),
  /** When the oldest event that still waits came; null when none does. */
  async oldestWaitingAt(): Promise<Date | null> {
    const oldest = await model.findOne({ state: 'waiting' }).sort({ receivedAt: 1 }).lean<KeptEvent>().exec();
    return oldest?.receivedAt ?? null;
  },
});

const BATCH = 500;
/** So many ids are held in memory at the most; what is left waits for the next time. */
const MOST = 100_000;

const removals = (model: EventModel) => ({
  /** Removes the fields of done and ignored events that came before then, little by little. @returns how many */
  async removeFields(before: Date): Promise<number> {
    const old = {
      state: { $in: ['done' as const, 'ignored' as const] },
      receivedAt: { $lt: before },
      fields: { $ne: null },
    };
    const found = await model.find(old).select({ _id: 1 }).limit(MOST).lean<{ _id: string }[]>().exec();
    let removed = 0;
    for (let from = 0; from < found.length; from += BATCH) {
      const ids = found.slice(from, from + BATCH).map(({ _id }) => _id);
      removed += (await model.updateMany({ ...old, _id: { $in: ids } }, { $set: { fields: null } }))
        .modifiedCount;
    }
    return removed;
  },
});
