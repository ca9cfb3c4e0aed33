import { Schema, Types, type Connection } from 'mongoose';

/** Who did what to which thing: kept for good, never edited. */
export type AuditEntry = {
  by: string; // staff id, `key:<id>` of an API key, or a job's name
  at: Date;
  act: string; // `GET /accounts/:accountId`, or what changed: `account.merge`, `settings.tier` …
  subject: string; // `account:<id>`, `contact:<id>`, …; '' for lists
  from: unknown; // before; null for a reading
  to: unknown; // after; null for a reading
};

const auditSchema = new Schema<AuditEntry & { _id: string }>(
  {
    _id: { type: String, default: () => new Types.ObjectId().toHexString() },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    act: { type: String, required: true },
    subject: { type: String, default: '' },
    from: { type: Schema.Types.Mixed, default: null },
    to: { type: Schema.Types.Mixed, default: null },
  },
  { strict: 'throw', minimize: false },
);
auditSchema.index({ at: -1 });
auditSchema.index({ subject: 1, at: -1 });
auditSchema.index({ by: 1, at: -1 });

export type AuditStore = ReturnType<typeof createAuditStore>;

/** The audit log: it can be added to and read, and nothing else. */
export function createAuditStore(db: Connection) {
  const model = db.model('AuditEntry', auditSchema, 'audit');
  return {
    async note(entries: readonly AuditEntry[]): Promise<void> {
      if (entries.length > 0) await model.insertMany(entries);
    },
    /** The latest first; of one subject or person when named. */
    list: ({ limit, ...filter }: { subject?: string; by?: string; limit: number }) =>
      model.find(filter).sort({ at: -1, _id: -1 }).limit(limit).lean<AuditEntry[]>().exec(),
  };
}
