import type { Connection } from 'mongoose';
import { numberKey } from '../domain/match-key.ts';
import type { Book } from '../domain/accounts/placement.ts';
import { blank, newAccountId, openAccounts, type Account, type AccountModel } from './account-model.ts';
import { spellingsOf } from './number-key.ts';

/** A new account: of a company, known by its `nameKey`, or of one person, known by its id. */
export type NamedAccount = Partial<Account> &
  Pick<Account, 'name' | 'knownSince'> &
  ({ nameKey: string } | { _id: string; isSolo: true });

/** What files name accounts by; `keys` are `matchKey`s of names. */
type Asked = { ids?: readonly string[]; numbers?: readonly string[]; keys?: readonly string[] };

/** Accounts as files name them, many at a time; the same shelf as `accounts`. */
export function createAccountBookStore(db: Connection) {
  const model = openAccounts(db);
  return { ...finds(model), ...additions(model) };
}

const finds = (model: AccountModel) => ({
  /**
   * The accounts with these ids, numbers and keys of names, in whatever spelling; one that was merged gives the one it was merged
   * into. A legal name goes before the name of another account; a short name leads to every account that has it.
   */
  async find({ ids = [], numbers = [], keys = [] }: Asked): Promise<Book<Account>> {
    const [own, numbered, named] = await Promise.all([
      ofIds(model, ids),
      ofNumbers(model, numbers),
      ofNames(model, keys),
    ]);
    const heirs = await heirsOf(model, [...own, ...numbered, ...named]);
    const standing = (account: Account) => heirs.get(account._id) ?? account;
    const entries = (accounts: Account[], field: 'nameKey' | 'legalKey') =>
      accounts.flatMap((account) => (account[field] ? [[account[field], standing(account)] as const] : []));
    return {
      byId: new Map(own.map((account) => [account._id, standing(account)])),
      byNumber: new Map(numbered.map((account) => [numberKey(account.externalId ?? ''), standing(account)])),
      byKey: new Map([...entries(named, 'nameKey'), ...entries(named, 'legalKey')]),
      byShort: shortNamed(named, standing),
    };
  },
});

const additions = (model: AccountModel) => ({
  /** Makes accounts that nobody knows yet; one that somebody made meanwhile stays as it is. */
  async addNamed(accounts: readonly NamedAccount[]): Promise<void> {
    if (accounts.length === 0) return;
    const inserts = accounts.map(({ nameKey, _id = newAccountId(), ...fields }) => ({
      updateOne: {
        filter: nameKey ? { nameKey } : { _id },
        update: { $setOnInsert: { ...blank(), ...fields, ...(nameKey ? { _id } : {}) } },
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
      updateOne: {
        filter: { _id: accountId },
        update: { $set: { ...fields, ...BY_IMPORT }, $inc: ONCE_MORE },
      },
    }));
    await model.bulkWrite(updates, { ordered: true });
  },
});

/** A form that is open meanwhile is told that something changed. */
const BY_IMPORT = { 'edits.by': 'import' };
const ONCE_MORE = { 'edits.version': 1 };

/** Accounts by the short names that they share. */
function shortNamed(
  accounts: readonly Account[],
  standing: (account: Account) => Account,
): Map<string, Account[]> {
  const byShort = new Map<string, Account[]>();
  for (const account of accounts) {
    if (!account.shortKey) continue;
    const others = byShort.get(account.shortKey) ?? [];
    const stands = standing(account);
    if (others.every(({ _id }) => _id !== stands._id)) byShort.set(account.shortKey, [...others, stands]);
  }
  return byShort;
}

function ofIds(model: AccountModel, ids: readonly string[]): Promise<Account[]> {
  const wanted = { _id: { $in: [...new Set(ids)] } };
  return ids.length > 0 ? model.find(wanted).lean<Account[]>().exec() : Promise.resolve([]);
}

function ofNumbers(model: AccountModel, numbers: readonly string[]): Promise<Account[]> {
  const spellings = { $in: spellingsOf(numbers) };
  const filter = { $or: [{ externalId: spellings }, { externalKey: spellings }] };
  return numbers.length > 0 ? model.find(filter).lean<Account[]>().exec() : Promise.resolve([]);
}

function ofNames(model: AccountModel, nameKeys: readonly string[]): Promise<Account[]> {
  const keys = { $in: [...nameKeys] };
  const filter = { $or: [{ nameKey: keys }, { legalKey: keys }, { shortKey: keys }] };
  return nameKeys.length > 0
    ? model.find(filter).sort({ _id: 1 }).lean<Account[]>().exec()
    : Promise.resolve([]);
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
