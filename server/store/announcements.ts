import { Schema, Types, type Connection } from 'mongoose';
import type { Announcement } from '../domain/system/webhook.ts';
import { accountThen, memberThen } from './db/references.ts';

/** An announcement that webhooks have yet to hear of. */
export type KeptAnnouncement = Announcement & { _id: string };

const BRIEF = 'it tells of a moment, and is gone within minutes';
const OF_A_MOMENT = accountThen(BRIEF, 'left out: webhooks tell it');

const announcementSchema = new Schema<KeptAnnouncement>(
  {
    _id: { type: String, required: true },
    event: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_A_MOMENT },
    subjectId: { type: String, required: true },
    contactId: { type: String, default: null },
    by: { type: String, required: true, refers: memberThen(BRIEF) },
    at: { type: Date, required: true },
  },
  { collection: 'announcements', strict: 'throw', versionKey: false },
);

/** What waits to be put into the outbox of webhooks; it is gone from here once it is there. */
export function createAnnouncementStore(db: Connection) {
  const model = db.model('Announcement', announcementSchema);
  const hooks = db.collection('webhooks');
  return {
    /** Keeps those that some webhook asks for; who asks later is not told of what was before. */
    async add(announcements: readonly Announcement[]): Promise<void> {
      if (announcements.length === 0) return;
      const events = [...new Set(announcements.map(({ event }) => event))];
      if (!(await hooks.findOne({ events: { $in: events } }, { projection: { _id: 1 } }))) return;
      const kept = announcements.map((each) => ({ ...each, _id: new Types.ObjectId().toHexString() }));
      await model.insertMany(kept);
    },
    /** The oldest first. */
    fresh: (limit: number) => model.find().sort({ _id: 1 }).limit(limit).lean<KeptAnnouncement[]>().exec(),
    async drop(ids: readonly string[]): Promise<void> {
      await model.deleteMany({ _id: { $in: [...ids] } });
    },
  };
}
