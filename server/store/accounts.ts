import type { Connection } from 'mongoose';
import type { CustomValues } from '../domain/accounts/custom-field.ts';
import { listReads } from './account-list.ts';
import {
  blank,
  living,
  newAccountId,
  openAccounts,
  type Account,
  type AccountModel,
} from './account-model.ts';
import { atVersion, noteOfEdit } from './account-edits.ts';
import { twinReads } from './account-twins.ts';
import { standingFor, wishes, type Beginning } from './account-specs.ts';

/** Reads give plain objects, never live documents. Writes may be repeated safely. */
export function createAccountStore(db: Connection) {
  const model = openAccounts(db);
  return {
    ...reads(model),
    ...listReads(model),
    ...twinReads(model),
    ...makes(model),
    ...wishes(model, db.collection<Account>('accounts')),
    ...writes(model),
  };
}

const reads = (model: AccountModel) => ({
  find: (accountId: string) => model.findById(accountId).lean<Account>().exec(),
  findMany: (ids: readonly string[]) =>
    model
      .find({ _id: { $in: [...ids] } })
      .lean<Account[]>()
      .exec(),
  /** The account, or the one it was merged into. */
  async resolveMerged(accountId: string): Promise<Account | null> {
    const account = await model.findById(accountId).lean<Account>().exec();
    return account && standingFor(model, account);
  },
  /** The account that holds the name itself, merged or not. */
  findByKey: (nameKey: string) => model.findOne({ nameKey }).lean<Account>().exec(),
  /** The account to which a name, or else a legal name, leads: its holder, or the one that it was merged into. */
  async findStandingByKey(nameKey: string): Promise<Account | null> {
    const holder =
      (await model.findOne({ nameKey }).lean<Account>().exec()) ??
      (await model.findOne({ legalKey: nameKey }).lean<Account>().exec());
    return holder && standingFor(model, holder);
  },
  /** Other accounts that go by one of these keys of names; more than a few nobody looks through. */
  async sharing(accountId: string, keys: readonly string[]): Promise<Account[]> {
    if (keys.length === 0) return [];
    const one = { $in: [...keys] };
    const goesByOne = { $or: [{ nameKey: one }, { legalKey: one }, { twinKey: one }] };
    const found = await model.find(goesByOne).sort({ _id: 1 }).limit(50).lean<Account[]>().exec();
    return found.filter(({ _id, mergedInto }) => _id !== accountId && mergedInto === null).slice(0, 10);
  },
  findByExternalId: (externalId: string) => model.findOne({ externalId }).lean<Account>().exec(),
  all: () => model.find(living).sort({ _id: 1 }).lean<Account>().cursor({ batchSize: 1000 }),
  /** Accounts of an older version, whose marks were never made from rows. */
  unmarked: () =>
    model
      .find({ marksVersion: null, ...living })
      .sort({ _id: 1 })
      .lean<Account>()
      .cursor({ batchSize: 200 }),
  countLiving: () => model.countDocuments(living),
  /** Accounts without an owner 待分配. */
  countPool: () => model.countDocuments({ ownerId: null, ...living }),
});

const DUPLICATE_KEY = 11000;

/** False instead of a fault when a name or number is another account's. */
async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}

const makes = (model: AccountModel) => ({
  /** Makes an account of that name; null when another has it, merged ones included. */
  async create(fields: Beginning & { nameKey: string }): Promise<Account | null> {
    const account = { ...blank(), ...fields, _id: newAccountId() };
    return (await unlessTaken(() => model.create(account))) ? account : null;
  },
});

/** What somebody changes by hand, and the version that they looked at. */
export type Edit = {
  version: number;
  fields: Partial<Account>;
  custom?: CustomValues;
  by: string;
  at: Date;
};

const writes = (model: AccountModel) => ({
  /**
   * Changes by hand what is named, own fields one by one, if nobody else did so since `version`. `taken`: the name is another
   * account's; `changed`: somebody was faster.
   */
  async edit(
    accountId: string,
    { fields, custom = {}, ...edit }: Edit,
  ): Promise<'done' | 'taken' | 'changed'> {
    const own = Object.entries(custom).map(([key, value]) => [`custom.${key}`, value]);
    const changed = [...Object.keys(fields), ...Object.keys(custom).map((key) => `custom:${key}`)];
    const all = { ...fields, ...Object.fromEntries(own), ...noteOfEdit(changed, edit) };
    const seen = { matched: false };
    const isFree = await unlessTaken(async () => {
      const { matchedCount } = await model.updateOne(atVersion(accountId, edit.version), { $set: all });
      seen.matched = matchedCount === 1;
    });
    if (!isFree) return 'taken';
    return seen.matched ? 'done' : 'changed';
  },
  /** Takes the name of a merged account off it, so that the one it went into may have it. */
  async giveUpName(accountId: string): Promise<void> {
    await model.updateOne({ _id: accountId, mergedInto: { $ne: null } }, { $unset: { nameKey: 1 } });
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
