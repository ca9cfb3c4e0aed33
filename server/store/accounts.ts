import { Schema, Types, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import type { StageWhy, TierWhy } from '../domain/explanation.ts';
import { STAGES, type Stage } from '../domain/lifecycle.ts';
import type { HeirWhy } from '../domain/heir.ts';
import { TIERS, type PendingTier, type Tier } from '../domain/tier.ts';

/** A customer company 客户, or one person whose company is unknown. */
export type Account = {
  _id: string;
  name: string;
  nameKey?: string; // companyKey(name); absent for an account of one person
  externalId?: string; // 客户编号 in the ERP
  isSolo: boolean; // made for one contact whose company is unknown
  industry: string;
  region: string;
  size: string;
  ownerId: string | null; // null: in the pool 待分配
  deputyId: string | null; // steps in for the owner
  formerOwnerId: string | null; // who last lost the account to the pool
  pooledAt: Date | null; // since when in the pool; null while there is an owner, or never was one
  heirId: string | null; // who is proposed as the next owner; null: nobody fits
  heirWhy: HeirWhy | null;
  heirAcceptedBy: string | null; // the leader who agreed to the heir
  knownSince: Date;
  tier: Tier;
  tierWhy: TierWhy | null; // null until the first classification
  pendingTier: PendingTier | null;
  stage: Stage;
  stageWhy: StageWhy | null;
  lastTouchAt: Date | null;
  promisedOn: Day | null;
  newContactAt: Date | null;
  detractorAt: Date | null;
  dueOn: Day | null; // next date, computed at every write that moves it
  mergedInto: string | null;
};

const text = { type: String, default: '' };
const accountSchema = new Schema<Account>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: String,
    externalId: String,
    isSolo: { type: Boolean, default: false },
    industry: text,
    region: text,
    size: text,
    ownerId: { type: String, default: null },
    deputyId: { type: String, default: null },
    formerOwnerId: { type: String, default: null },
    pooledAt: { type: Date, default: null },
    heirId: { type: String, default: null },
    heirWhy: { type: Schema.Types.Mixed, default: null },
    heirAcceptedBy: { type: String, default: null },
    knownSince: { type: Date, required: true },
    tier: { type: String, enum: TIERS, default: 'unrated' },
    tierWhy: { type: Schema.Types.Mixed, default: null },
    pendingTier: { type: Schema.Types.Mixed, default: null },
    stage: { type: String, enum: STAGES, default: 'suspect' },
    stageWhy: { type: Schema.Types.Mixed, default: null },
    lastTouchAt: { type: Date, default: null },
    promisedOn: { type: String, default: null },
    newContactAt: { type: Date, default: null },
    detractorAt: { type: Date, default: null },
    dueOn: { type: String, default: null },
    mergedInto: { type: String, default: null },
  },
  { strict: 'throw', timestamps: true },
);
accountSchema.index({ nameKey: 1 }, { unique: true, sparse: true });
accountSchema.index({ externalId: 1 }, { unique: true, sparse: true });
accountSchema.index({ ownerId: 1, dueOn: 1 });
accountSchema.index({ ownerId: 1, tier: 1, dueOn: 1 });
accountSchema.index({ formerOwnerId: 1, ownerId: 1 });

export type AccountStore = ReturnType<typeof createAccountStore>;

/** Reads give plain objects, never live documents. Writes may be repeated safely. */
export function createAccountStore(db: Connection) {
  const model = openAccounts(db);
  return { ...reads(model), ...dueReads(model), ...writes(model) };
}

/** The shelf that `pool` looks at, too. */
export const openAccounts = (db: Connection) => db.model('Account', accountSchema, 'accounts');
export type AccountModel = ReturnType<typeof openAccounts>;

/** Accounts that were merged into others stay on the shelf, but no list shows them. */
export const living = { mergedInto: null };

const reads = (model: AccountModel) => ({
  find: (accountId: string) => model.findById(accountId).lean<Account>().exec(),
  findMany: (ids: readonly string[]) =>
    model
      .find({ _id: { $in: [...ids] } })
      .lean<Account[]>()
      .exec(),
  findByKey: (nameKey: string) => model.findOne({ nameKey }).lean<Account>().exec(),
  findByExternalId: (externalId: string) => model.findOne({ externalId }).lean<Account>().exec(),
  all: () => model.find(living).sort({ _id: 1 }).lean<Account>().cursor({ batchSize: 1000 }),
  countLiving: () => model.countDocuments(living),
  /** Accounts without an owner 待分配. */
  countPool: () => model.countDocuments({ ownerId: null, ...living }),
});

const dueReads = (model: AccountModel) => ({
  /** Accounts of one owner and tier whose date has come, the longest overdue first. */
  due: (ownerId: string, today: Day, { tier, limit }: { tier: Tier; limit: number }) =>
    model
      .find({ ownerId, dueOn: { $lte: today }, tier, ...living })
      .sort({ dueOn: 1, _id: 1 })
      .limit(limit)
      .lean<Account[]>()
      .exec(),
  countDue: (ownerIds: readonly string[], days: { $lte?: Day; $lt?: Day }) =>
    model.countDocuments({ ownerId: { $in: [...ownerIds] }, dueOn: days, ...living }),
});

const writes = (model: AccountModel) => ({
  /** The account of that name, made now when there is none. Safe against two callers at once. */
  findOrCreate(nameKey: string, fields: Pick<Account, 'name' | 'knownSince'>): Promise<Account> {
    const first = { $setOnInsert: { ...blank(), ...fields, _id: newAccountId() } };
    const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false } as const;
    return model.findOneAndUpdate({ nameKey }, first, options).orFail().lean<Account>().exec();
  },
  /** The account of one person whose company is unknown. */
  findOrCreateSolo(externalUserId: string, fields: Pick<Account, 'name' | 'knownSince'>): Promise<Account> {
    const first = { $setOnInsert: { ...blank(), ...fields, isSolo: true } };
    const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false } as const;
    return model
      .findOneAndUpdate({ _id: `solo-${externalUserId}` }, first, options)
      .orFail()
      .lean<Account>()
      .exec();
  },
  async update(accountId: string, fields: Partial<Account>): Promise<void> {
    await model.updateOne({ _id: accountId }, { $set: fields });
  },
  async updateMany(changes: readonly { accountId: string; fields: Partial<Account> }[]): Promise<void> {
    if (changes.length === 0) return;
    const updates = changes.map(({ accountId, fields }) => ({
      updateOne: { filter: { _id: accountId }, update: { $set: fields } },
    }));
    await model.bulkWrite(updates, { ordered: false });
  },
});

const newAccountId = () => new Types.ObjectId().toHexString();

const blank = (): Omit<Account, '_id' | 'name' | 'knownSince'> => ({
  isSolo: false,
  industry: '',
  region: '',
  size: '',
  ownerId: null,
  deputyId: null,
  formerOwnerId: null,
  pooledAt: null,
  heirId: null,
  heirWhy: null,
  heirAcceptedBy: null,
  tier: 'unrated',
  tierWhy: null,
  pendingTier: null,
  stage: 'suspect',
  stageWhy: null,
  lastTouchAt: null,
  promisedOn: null,
  newContactAt: null,
  detractorAt: null,
  dueOn: null,
  mergedInto: null,
});
