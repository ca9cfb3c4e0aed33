import { Schema, type Connection } from 'mongoose';
import { EVENT_STATES, type EventState } from '../domain/system/event.ts';

/** A callback event as kept, by our names. */
export type KeptEvent = {
  _id: string; // SHA-256 of the decrypted XML, hex
  kind: string; // e.g. change_external_contact.add_external_contact
  subject: string; // events of one subject are worked on one after the other, in the order of receivedAt, then _id
  fields: Record<string, unknown> | null; // null once they were removed
  happenedAt: Date;
  receivedAt: Date;
  state: EventState;
  tries: number; // how often it was taken
  faults: number; // how many tries count towards giving up
  since: Date; // when its tries began: as it came, or at the last replay
  dueAt: Date;
  owner: string | null; // who works on it: an ownerId with a number behind
  leaseUntil: Date | null;
  error: string | null;
  doneAt: Date | null;
  isTwin: boolean; // the same letter came once more while it was worked on
  keptAt: Date; // by the real clock, as the database judges by it when the event is too old
};

/** An event is known for so long; the same one cannot be taken for new meanwhile. */
const EVENT_SECONDS = 35 * 24 * 3600;

/** Events that somebody still has to work on: few, so that finding an earlier one of a subject stays cheap. */
export const UNFINISHED = { state: { $in: ['waiting', 'working'] as const } };

const eventSchema = new Schema<KeptEvent>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, default: null },
    happenedAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    state: { type: String, enum: EVENT_STATES, required: true },
    tries: { type: Number, required: true },
    faults: { type: Number, required: true },
    since: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
    error: { type: String, default: null },
    doneAt: { type: Date, default: null },
    isTwin: { type: Boolean, default: false },
    keptAt: { type: Date, required: true },
  },
  { collection: 'events', strict: 'throw' },
);
eventSchema.index({ state: 1, receivedAt: 1 });
eventSchema.index({ dueAt: 1 }, { partialFilterExpression: { state: 'waiting' } });
eventSchema.index({ subject: 1, receivedAt: 1 }, { partialFilterExpression: UNFINISHED });
// Two processes that take events of one subject at the same moment: the database lets one of them.
eventSchema.index({ subject: 1 }, { unique: true, partialFilterExpression: { state: 'working' } });
eventSchema.index({ keptAt: 1 }, { expireAfterSeconds: EVENT_SECONDS });

/** The shelf of events. */
export const openEventModel = (db: Connection) => db.model('Event', eventSchema);
export type EventModel = ReturnType<typeof openEventModel>;
