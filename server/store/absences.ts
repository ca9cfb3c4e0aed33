import { Schema, Types, type Connection } from 'mongoose';
import type { Absence } from '../domain/staff/absence.ts';
import type { Day } from '../domain/calendar.ts';
import { staffMover } from './db/move-staff.ts';
import { createTtlCaches } from './db/ttl-cache.ts';
import { MEMBER } from './db/references.ts';

const absenceSchema = new Schema<Absence>(
  {
    _id: { type: String, default: () => new Types.ObjectId().toHexString() },
    staffId: { type: String, required: true, refers: MEMBER },
    from: { type: String, required: true },
    to: { type: String, required: true },
    standInId: { type: String, default: null, refers: MEMBER },
  },
  { collection: 'absences', strict: 'throw' },
);
absenceSchema.index({ to: 1 });
absenceSchema.index({ staffId: 1, to: 1 });

/** So long a list may show what another process has changed meanwhile. */
const RECENT_MS = 1000;

/** Who is away, and when. */
export function createAbsenceStore(db: Connection) {
  const model = db.model('Absence', absenceSchema);
  const on = (day: Day) =>
    model
      .find({ to: { $gte: day }, from: { $lte: day } })
      .lean<Absence[]>()
      .exec();
  const recalls = createTtlCaches(on, RECENT_MS);
  const move = staffMover(model, ['staffId', 'standInId']);
  return {
    find: (id: string) => model.findById(id).lean<Absence>().exec(),
    /** Those that hold on `day`. */
    on,
    /** The same as it was a second ago at most, for what is only listed; what this process changed is seen at once. */
    recent: recalls.get,
    /** Those that are not over on `day`, the next one first; of these members when named. */
    ahead: (day: Day, staffIds?: readonly string[]) =>
      model
        .find({ to: { $gte: day }, ...(staffIds ? { staffId: { $in: [...staffIds] } } : {}) })
        .sort({ from: 1, _id: 1 })
        .limit(1000)
        .lean<Absence[]>()
        .exec(),
    async add(absence: Omit<Absence, '_id'>): Promise<Absence> {
      const [kept] = await model.insertMany([absence]).finally(recalls.forget);
      return { ...absence, _id: kept?._id ?? '' };
    },
    async remove(id: string): Promise<void> {
      await model.deleteOne({ _id: id }).exec().finally(recalls.forget);
    },
    moveStaff: (fromId: string, toId: string) => move(fromId, toId).finally(recalls.forget),
  };
}
