import { createHash, randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { createVerifier, plain, sealedText, type AuditReport, type Chained } from '../domain/audit.ts';
import { createGroupCommit } from './group-commit.ts';

/** Who did what to which thing: kept for good, never edited. */
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
    by: { type: String, required: true },
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
  },
  { strict: 'throw', minimize: false, versionKey: false },
);
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ subject: 1, at: -1, _id: -1 });
auditSchema.index({ by: 1, at: -1, _id: -1 });

/** Which entries to list: the latest first, those before `after` in that order. */
export type AuditFilter = {
  subject?: string | undefined;
  by?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  after?: { at: Date; id: string } | undefined;
  limit: number;
};

export type AuditStore = ReturnType<typeof createAuditStore>;

/**
 * The audit log: it can be added to and read, and nothing else. Each process writes a chain of its own, every entry sealed with
 * the hash of the one before. Entries that come at once share one write; a process that is killed loses what it had not written
 * yet, a few milliseconds of readings, while writes wait until they are kept.
 */
export function createAuditStore(db: Connection) {
  const model = db.model('AuditEntry', auditSchema, 'audit');
  const chain = createChain();
  const keep = createGroupCommit(async (batch: (readonly AuditEntry[])[]) => {
    const next = chain.after(batch.flat());
    try {
      await model.insertMany(next.entries);
    } catch (error) {
      // Nobody knows how much of it was kept: the next entries begin a chain of their own.
      chain.restart();
      throw error;
    }
    chain.accept(next);
    return batch.map(() => true);
  });
  const pending = new Set<Promise<unknown>>();
  const note = (entries: readonly AuditEntry[]): Promise<void> => {
    if (entries.length === 0) return Promise.resolve();
    const kept = keep(entries).finally(() => pending.delete(kept));
    pending.add(kept);
    return kept.then(() => undefined);
  };
  return {
    /** Resolves when the entries are kept. @throws when they could not be */
    note,
    /** Resolves when everything noted so far is kept, or has failed. */
    drain: () => Promise.allSettled(pending).then(() => undefined),
    list: (filter: AuditFilter) =>
      model
        .find(conditionsOf(filter))
        .sort({ at: -1, _id: -1 })
        .limit(filter.limit)
        .lean<KeptEntry[]>()
        .exec(),
    /** Looks through every chain. Entries written meanwhile may be seen or not. */
    async verify(): Promise<AuditReport> {
      const verifier = createVerifier<Omit<KeptEntry, '_id'>>(sha256);
      for await (const { _id, ...entry } of model.find().sort({ _id: 1 }).lean<KeptEntry>().cursor())
        verifier.see(entry);
      return verifier.report();
    },
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const PLACE_DIGITS = 12;

const newHead = () => ({ writer: randomBytes(6).toString('hex'), seq: 0, hash: '' });

/** The chain that this process writes. Nothing counts as written before `accept`. */
function createChain() {
  let head = newHead();
  const seal = ({ by, at, act, subject, from, to, status = null }: AuditEntry, last: typeof head) => {
    const seq = last.seq + 1;
    const said = { by, at, act, subject, from: plain(from), to: plain(to), status };
    const entry = { ...said, writer: last.writer, seq, prevHash: last.hash, hash: '' };
    const _id = `${last.writer}:${String(seq).padStart(PLACE_DIGITS, '0')}`;
    return { _id, ...entry, hash: sha256(sealedText(entry)) };
  };
  return {
    after(entries: readonly AuditEntry[]) {
      const sealed: KeptEntry[] = [];
      for (const entry of entries) sealed.push(seal(entry, sealed.at(-1) ?? head));
      return { entries: sealed };
    },
    accept({ entries }: { entries: readonly KeptEntry[] }) {
      head = entries.at(-1) ?? head;
    },
    restart() {
      head = newHead();
    },
  };
}

function conditionsOf({ subject, by, from, to, after }: AuditFilter): object {
  const at = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(subject ? { subject } : {}),
    ...(by ? { by } : {}),
    ...(from || to ? { at } : {}),
    ...(after ? { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] } : {}),
  };
}
