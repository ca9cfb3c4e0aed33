import type { Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import type { Tier } from '../domain/tier.ts';
import {
  blank,
  living,
  newAccountId,
  openAccounts,
  type Account,
  type AccountModel,
} from './account-model.ts';

export type AccountStore = ReturnType<typeof createAccountStore>;

/** Reads give plain objects, never live documents. Writes may be repeated safely. */
export function createAccountStore(db: Connection) {
  const model = openAccounts(db);
  return { ...reads(model), ...dueReads(model), ...writes(model) };
}

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
