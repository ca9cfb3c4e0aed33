import { Schema, type Connection } from 'mongoose';
import type { Chained } from '../domain/system/audit.ts';
import { memberThen } from './db/references.ts';

/** Who did what to which thing: never edited, and kept for good unless it is a reading. */
export type AuditEntry = {
  by: string; // staff id, `key:<id>` of an API key, or a job's name
  at: Date;
  act: string; // `GET /accounts/:accountId`, or what changed: `account.merge`, `settings.tier` …
  subject: string; // `account:<id>`, `contact:<id>`, …; '' for lists
  from: unknown; // before; null for a reading
  to: unknown; // after; null for a reading
  status?: number | null; // how a request was answered; null for what is no request
};

/** An entry in its place. */
export type KeptEntry = Required<AuditEntry> & Chained & { _id: string };

const auditSchema = new Schema<KeptEntry>(
  {
    _id: { type: String, required: true }, // writer and place, so that entries sort by chain
    by: { type: String, required: true, refers: memberThen('what is sealed never changes') },
    at: { type: Date, required: true },
    act: { type: String, required: true },
    subject: { type: String, default: '' },
    from: { type: Schema.Types.Mixed, default: null },
    to: { type: Schema.Types.Mixed, default: null },
    status: { type: Number, default: null },
    writer: { type: String, required: true },
    seq: { type: Number, required: true },
    prevHash: { type: String, default: '' },
    hash: { type: String, required: true },
    keyId: { type: String },
  },
  { collection: 'audit', strict: 'throw', minimize: false, versionKey: false },
);
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ subject: 1, at: -1, _id: -1 });
auditSchema.index({ by: 1, at: -1, _id: -1 });

export type AuditModel = ReturnType<typeof openAudit>;

export const openAudit = (db: Connection) => db.model('AuditEntry', auditSchema);
