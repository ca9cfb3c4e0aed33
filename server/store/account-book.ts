import type { Connection } from 'mongoose';
import type { Book } from '../domain/placement.ts';
import { blank, newAccountId, openAccounts, type Account, type AccountModel } from './account-model.ts';

export type AccountBookStore = ReturnType<typeof createAccountBookStore>;

/** A new account of a company; `nameKey` is its key. */
export type NamedAccount = Partial<Account> & Required<Pick<Account, 'name' | 'nameKey' | 'knownSince'>>;

/** Accounts as files name them, many at a time; the same shelf as `accounts`. */
export function createAccountBookStore(db: Connection) {
  const model = openAccounts(db);
  return {
    /** The accounts with these numbers and name keys; one that was merged gives the one it was merged into. */
    async find(numbers: readonly string[], nameKeys: readonly string[]): Promise<Book<Account>> {
      const [numbered, named] = await Promise.all([
        found(model, 'externalId', numbers),
        found(model, 'nameKey', nameKeys),
      ]);
      const heirs = await heirsOf(model, [...numbered, ...named]);
      const entries = (accounts: Account[], field: 'externalId' | 'nameKey') =>
        accounts.map((account) => [account[field] ?? '', heirs.get(account._id) ?? account] as const);
      return {
        byNumber: new Map(entries(numbered, 'externalId')),
        byKey: new Map(entries(named, 'nameKey')),
      };
    },
    /** Makes accounts whose names nobody knows yet; one that somebody made meanwhile stays as it is. */
    async addNamed(accounts: readonly NamedAccount[]): Promise<void> {
      if (accounts.length === 0) return;
      const inserts = accounts.map(({ nameKey, ...fields }) => ({
        updateOne: {
          filter: { nameKey },
          update: { $setOnInsert: { ...blank(), ...fields, _id: fields._id ?? newAccountId() } },
          upsert: true,
          setDefaultsOnInsert: false,
        },
      }));
      await model.bulkWrite(inserts, { ordered: false });
    },
    /** Writes one after the other, so that a name that one account gives up may go to the next. */
    async updateInTurn(changes: readonly { accountId: string; fields: Partial<Account> }[]): Promise<void> {
      if (changes.length === 0) return;
      const updates = changes.map(({ accountId, fields }) => ({
        updateOne: { filter: { _id: accountId }, update: { $set: fields } },
      }));
      await model.bulkWrite(updates, { ordered: true });
    },
  };
}

async function found(model: AccountModel, field: 'externalId' | 'nameKey', values: readonly string[]) {
  if (values.length === 0) return [];
  const filter =
    field === 'externalId' ? { externalId: { $in: [...values] } } : { nameKey: { $in: [...values] } };
  return model.find(filter).lean<Account[]>().exec();
}

/** Where merged accounts ended up, by their own id. */
async function heirsOf(model: AccountModel, accounts: readonly Account[]): Promise<Map<string, Account>> {
  const heirs = new Map<string, Account>();
  let open = accounts
    .filter(({ mergedInto }) => mergedInto)
    .map(({ _id, mergedInto }) => ({ _id, mergedInto }));
  while (open.length > 0) {
    const ids = open.flatMap(({ mergedInto }) => mergedInto ?? []);
    const next = await model
      .find({ _id: { $in: ids } })
      .lean<Account[]>()
      .exec();
    const byId = new Map(next.map((account) => [account._id, account]));
    const steps = open.flatMap(({ _id, mergedInto }) => {
      const heir = byId.get(mergedInto ?? '');
      return heir ? [{ _id, heir }] : [];
    });
    for (const { _id, heir } of steps) heirs.set(_id, heir);
    open = steps.flatMap(({ _id, heir: { mergedInto } }) => (mergedInto ? [{ _id, mergedInto }] : []));
  }
  return heirs;
}
