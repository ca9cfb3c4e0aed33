import type { KeptEvent, EventModel } from './inbox-model.ts';
import { UNFINISHED } from './inbox-model.ts';
import { isGone, ownerId } from './owner.ts';

/** Who works on it; whoever lost the lease to another changes nothing any more. */
export type Held = Pick<KeptEvent, '_id' | 'owner'>;

const LEASE_MS = 120_000;
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
  finish: (held: Held, doneAt: Date) =>
    end(model, held, { $set: { state: 'done', error: null, doneAt, ...free } }),
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
