import { Schema, type Connection } from 'mongoose';
import { SESSION_DAYS, SESSION_IDLE_HOURS, type SessionEnd } from '../domain/system/session.ts';
import { staffMover } from './db/move-staff.ts';
import { createCoalescer } from './db/coalescer.ts';
import { createTtlCaches } from './db/ttl-cache.ts';
import { MEMBER } from './db/references.ts';

/** A sign-in of one member in one browser; the cookie names it, and this record decides whether it holds. */
export type Session = {
  _id: string;
  staffId: string;
  startedAt: Date;
  usedAt: Date; // to the minute
  endedAt: Date | null;
  endedBy: string | null;
  endedFor: SessionEnd | null;
  keptAt: Date; // by the clock on the wall, which the database clears away by
};

/** Who ends sessions, why and when. */
export type Ending = { by: string; why: SessionEnd; at: Date };

const DAY_SECONDS = 86_400;
/** What is over is kept so long, so that a cookie of it is known to be ended. */
const KEPT_SECONDS = (SESSION_DAYS + 1) * DAY_SECONDS;
/** So long another process may let in who was signed out here. */
const RECENT_MS = 2000;

const sessionSchema = new Schema<Session>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true, refers: MEMBER },
    startedAt: { type: Date, required: true },
    usedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    endedBy: { type: String, default: null, refers: MEMBER },
    endedFor: { type: String, default: null },
    keptAt: { type: Date, required: true },
  },
  { collection: 'sessions', strict: 'throw', versionKey: false },
);
sessionSchema.index({ staffId: 1 });
sessionSchema.index({ keptAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

const openModel = (db: Connection) => db.model('Session', sessionSchema);
type SessionModel = ReturnType<typeof openModel>;

/** So long uses wait for others, so that they share one write: readings wait for it, whoever asked for it. */
const GATHER_MS = 1000;

/** Notes when sessions are used; a process that is killed loses the uses of the last `GATHER_MS`. */
function createUses(model: SessionModel, changed: (id: string) => void) {
  const pause = createCoalescer(GATHER_MS);
  const unkept = new Map<string, Date>();
  let writing: Promise<void> | null = null;
  const write = async () => {
    await pause.wait();
    writing = null;
    const uses = [...unkept];
    const updates = uses.map(([_id, at]) => ({
      updateOne: { filter: { _id, endedAt: null }, update: { $max: { usedAt: at } } },
    }));
    await model.bulkWrite(updates, { ordered: false }).finally(() => {
      for (const [id, at] of uses) {
        if (unkept.get(id) === at) unkept.delete(id);
        changed(id);
      }
    });
  };
  return {
    /** The session with its last use that is noted here, kept or not. */
    upToDate(session: Session | null): Session | null {
      const usedAt = session && unkept.get(session._id);
      return session && usedAt && usedAt > session.usedAt ? { ...session, usedAt } : session;
    },
    /** Resolves when the use is kept, which takes a second: nobody is to be answered later for it. @throws when it could not be */
    noteUse(id: string, at: Date): Promise<void> {
      unkept.set(id, at);
      return (writing ??= write());
    },
    /** Writes what is gathered; resolves when it is kept, or has failed. */
    async drain(): Promise<void> {
      const last = writing;
      pause.end();
      await Promise.allSettled([last]);
    },
  };
}

/** Who is signed in where. */
export function createSessionStore(db: Connection) {
  const model = openModel(db);
  const find = (id: string) => model.findById(id).lean<Session>().exec();
  const recalls = createTtlCaches(find, RECENT_MS);
  const uses = createUses(model, recalls.forget);
  const end = async (filter: object, { by, why, at }: Ending): Promise<number> => {
    const over = { endedAt: at, endedBy: by, endedFor: why };
    const { modifiedCount } = await model.updateMany({ ...filter, endedAt: null }, { $set: over });
    recalls.forget();
    return modifiedCount;
  };
  return {
    find,
    /** The same as it was two seconds ago at most; what this process changed is seen at once. */
    recent: async (id: string) => uses.upToDate(await recalls.get(id)),
    /** Keeps a session unless there is one of that id. Repeatable. */
    async begin({
      _id,
      staffId,
      startedAt,
      usedAt,
    }: Pick<Session, '_id' | 'staffId' | 'startedAt' | 'usedAt'>) {
      const fields = { staffId, startedAt, usedAt, keptAt: new Date(), ...OPEN };
      await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      recalls.forget();
    },
    noteUse: uses.noteUse,
    drain: uses.drain,
    /** Ends one session; `false` when it was ended before. */
    end: async (id: string, ending: Ending): Promise<boolean> => (await end({ _id: id }, ending)) === 1,
    /** Ends every session of a member; gives how many still held. */
    endAll: (staffId: string, ending: Ending): Promise<number> => end({ staffId }, ending),
    /** Sessions that may still hold at `now`, the last used first. */
    open: (now: Date, staffId?: string) =>
      model
        .find({ ...(staffId ? { staffId } : {}), endedAt: null, usedAt: { $gt: idleSince(now) } })
        .sort({ usedAt: -1, _id: 1 })
        .lean<Session[]>()
        .exec(),
    moveStaff: staffMover(model, ['staffId', 'endedBy']),
  };
}

const OPEN = { endedAt: null, endedBy: null, endedFor: null };
const idleSince = (now: Date) => new Date(now.getTime() - (SESSION_IDLE_HOURS * 3600 + 60) * 1000);
