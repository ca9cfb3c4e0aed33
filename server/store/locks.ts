import { Schema, type Connection } from 'mongoose';
import { isGone, ownerId } from './db/owner.ts';

/** Who holds a lock, and until when if nothing is heard of them. */
type Lock = { _id: string; owner: string; until: Date };

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;

const lockSchema = new Schema<Lock>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'locks', strict: 'throw' },
);

/** Locks between processes, kept in the database, so that a command beside a running server is held back too. */
export function createLockStore(db: Connection) {
  const model = db.model('Lock', lockSchema);
  let serial = 0;

  const take = async (name: string): Promise<string | null> => {
    const holder = await model.findById(name).lean<Lock>().exec();
    if (holder && holder.until > new Date() && !isGone(holder.owner)) return null;
    if (holder) await model.deleteOne({ _id: name, owner: holder.owner, until: holder.until });
    const owner = `${ownerId}/${(serial += 1)}`;
    const lock = { owner, until: new Date(Date.now() + LEASE_MS) };
    const { upsertedCount } = await model.updateOne({ _id: name }, { $setOnInsert: lock }, { upsert: true });
    return upsertedCount === 1 ? owner : null;
  };

  return {
    /** True while somebody holds `name`. */
    async isHeld(name: string): Promise<boolean> {
      const holder = await model.findById(name).lean<Lock>().exec();
      return holder !== null && holder.until > new Date() && !isGone(holder.owner);
    },
    /** Runs `work` while holding `name`; null when somebody else holds it. The lease is renewed until `work` ends. */
    async hold<Result>(name: string, work: () => Promise<Result>): Promise<{ result: Result } | null> {
      const owner = await take(name);
      if (!owner) return null;
      const renew = () =>
        model.updateOne({ _id: name, owner }, { $set: { until: new Date(Date.now() + LEASE_MS) } });
      const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS);
      try {
        return { result: await work() };
      } finally {
        clearInterval(timer);
        await model.deleteOne({ _id: name, owner });
      }
    },
  };
}
