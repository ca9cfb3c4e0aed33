import { Schema, type Connection } from 'mongoose';

/** What an administrator should know and do something about; one of a kind and subject stays open at a time. */
export type Notice = {
  _id: string; // kind:subject
  kind: string; // e.g. sync-suspicious, tag-quota, transfer-refused
  subject: string; // whom or what it concerns: an id, or '' for the whole corp
  text: string; // what happened and what to do, in Chinese, without personal data
  firstAt: Date;
  lastAt: Date;
  times: number;
  resolvedAt: Date | null; // null while it is open
};

/** What raises a notice. */
export type NewNotice = Pick<Notice, 'kind' | 'subject' | 'text'>;

const noticeSchema = new Schema<Notice>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, default: '' },
    text: { type: String, required: true },
    firstAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    times: { type: Number, default: 0 },
    resolvedAt: { type: Date, default: null },
  },
  { collection: 'notices', strict: 'throw' },
);
noticeSchema.index({ resolvedAt: 1, lastAt: -1 });

const LONGEST_LIST = 200;

const idOf = (kind: string, subject: string) => `${kind}:${subject}`;

/** Notices to administrators; raising an open one again counts it. */
export function createNoticeStore(db: Connection) {
  const model = db.model('Notice', noticeSchema);
  return {
    /** Keeps the notice; a resolved one of the same kind and subject opens anew. */
    async raise({ kind, subject, text }: NewNotice, at: Date): Promise<void> {
      const _id = idOf(kind, subject);
      await model.deleteOne({ _id, resolvedAt: { $ne: null } });
      await model.updateOne(
        { _id },
        {
          $set: { text, lastAt: at },
          $inc: { times: 1 },
          $setOnInsert: { kind, subject, firstAt: at, resolvedAt: null },
        },
        { upsert: true },
      );
    },
    /** Closes it; nothing happens when it is not open. */
    async resolve(kind: string, subject: string, at: Date): Promise<void> {
      await model.updateOne({ _id: idOf(kind, subject), resolvedAt: null }, { $set: { resolvedAt: at } });
    },
    /** What is open, the latest first; at most 200. */
    open: () =>
      model.find({ resolvedAt: null }).sort({ lastAt: -1 }).limit(LONGEST_LIST).lean<Notice[]>().exec(),
  };
}
