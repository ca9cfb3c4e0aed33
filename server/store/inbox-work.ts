import type { KeptEvent, EventModel } from './inbox-model.ts';
import { UNFINISHED } from './inbox-model.ts';
import { isGone, ownerId } from './db/owner.ts';

/** Who works on it; whoever lost the lease to another changes nothing any more. */
export type Held = Pick<KeptEvent, '_id' | 'owner'>;

const LEASE_MS = 120_000;
const TWIN_MS = 60_000;
const DUPLICATE_KEY = 11000;

let taken = 0;

/** Taking events to work on them, and keeping them taken. */
export const takes = (model: EventModel) => ({
  /**
   * Takes the event to work on it, until the lease ends. Null when its time has not come, somebody has it, or an earlier one of
   * its subject is unfinished. What a process that died or went silent held is taken over, and that counts as a fault.
   */
  async take(id: string, now: Date): Promise<KeptEvent | null> {
    const event = await model.findById(id).lean<KeptEvent>().exec();
    if (!event || !isFree(event, now)) return null;
    const earlier = await forerunnerOf(model, event);
    if (earlier) {
      await waitFor(model, event, earlier);
      return null;
    }
    const { state, owner, leaseUntil } = event;
    taken += 1;
    const mine = { state: 'working' as const, owner: `${ownerId}/${taken}`, leaseUntil: leaseFrom(now) };
    return model
      .findOneAndUpdate(
        { _id: id, state, owner, leaseUntil },
        { $set: mine, $inc: { tries: 1, faults: state === 'working' ? 1 : 0 } },
        { returnDocument: 'after' },
      )
      .lean<KeptEvent>()
      .exec()
      .catch(nullWhenSubjectIsTaken);
  },
  /** Makes the lease last again; `false` when somebody else has taken over. */
  async renew({ _id, owner }: Held, now: Date): Promise<boolean> {
    const longer = { $set: { leaseUntil: leaseFrom(now) } };
    return (await model.updateOne({ _id, owner, state: 'working' }, longer)).matchedCount === 1;
  },
});

const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE_MS);

function isFree({ state, dueAt, ...held }: KeptEvent, now: Date): boolean {
  return state === 'waiting' ? dueAt <= now : state === 'working' && isAbandoned(held, now);
}

/** The lease ran out, or its holder died on this host. */
export const isAbandoned = ({ owner, leaseUntil }: Pick<KeptEvent, 'owner' | 'leaseUntil'>, now: Date) =>
  leaseUntil === null || leaseUntil < now || owner === null || isGone(owner);

function forerunnerOf(model: EventModel, { _id, subject, receivedAt }: KeptEvent): Promise<KeptEvent | null> {
  const isEarlier = { $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: _id } }] };
  return model
    .findOne({ ...UNFINISHED, subject, ...isEarlier })
    .lean<KeptEvent>()
    .exec();
}

/** Behind one that waits for another try there is nothing to do until then. */
async function waitFor(model: EventModel, { _id, dueAt }: KeptEvent, earlier: KeptEvent): Promise<void> {
  if (earlier.state !== 'waiting' || earlier.dueAt <= dueAt) return;
  await model.updateOne({ _id, state: 'waiting' }, { $set: { dueAt: earlier.dueAt } });
}

function nullWhenSubjectIsTaken(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) return null;
  throw error;
}

const free = { owner: null, leaseUntil: null };

/** How work on an event ends; each gives `false` when somebody else has taken the event over meanwhile. */
export const ends = (model: EventModel) => ({
  /** Done – or waiting once more, when the same letter came again meanwhile. */
  async finish(held: Held, doneAt: Date): Promise<boolean> {
    const done = { state: 'done' as const, error: null, doneAt, ...free };
    const { matchedCount } = await model.updateOne({ ...held, isTwin: { $ne: true } }, { $set: done });
    if (matchedCount === 1) return true;
    return end(model, held, {
      $set: { state: 'waiting', isTwin: false, dueAt: doneAt, error: null, ...free },
    });
  },
  /**
   * A letter that reads like a kept one. Within a minute it may tell of another change in the same second, so what was begun
   * is done once more. `true` when the event waits for that now.
   */
  async meetTwin(_id: string, now: Date): Promise<boolean> {
    const young = { _id, receivedAt: { $gt: new Date(now.getTime() - TWIN_MS) } };
    const again = { $set: { state: 'waiting' as const, dueAt: now, doneAt: null } };
    const isDone = async () => (await model.updateOne({ ...young, state: 'done' }, again)).matchedCount === 1;
    if (await isDone()) return true;
    const noted = await model.updateOne({ ...young, state: 'working' }, { $set: { isTwin: true } });
    return noted.matchedCount === 0 && isDone(); // it may have ended between the two looks
  },
  /** Another try at `dueAt`; `isFault`: this one counts towards giving up. */
  postpone: (held: Held, next: { dueAt: Date; error: string; isFault: boolean }) => {
    const { dueAt, error, isFault } = next;
    return end(model, held, {
      $set: { state: 'waiting', dueAt, error, ...free },
      $inc: { faults: isFault ? 1 : 0 },
    });
  },
  park: (held: Held, error: string) => end(model, held, { $set: { state: 'failed', error, ...free } }),
  /** Puts parked or done events back to the beginning, unless their fields are gone. @returns how many */
  async replay(ids: readonly string[], now: Date): Promise<number> {
    const again = { tries: 0, faults: 0, since: now, dueAt: now, error: null, doneAt: null };
    const isWhole = { state: { $in: ['failed' as const, 'done' as const] }, fields: { $ne: null } };
    const filter = { _id: { $in: [...ids] }, ...isWhole };
    return (await model.updateMany(filter, { $set: { state: 'waiting', ...again } })).modifiedCount;
  },
});

type Change = { $set: Partial<KeptEvent>; $inc?: { faults: number } };

const end = async (model: EventModel, { _id, owner }: Held, change: Change): Promise<boolean> =>
  (await model.updateOne({ _id, owner }, change)).matchedCount === 1;
