import type { RowAccount } from './account-row.ts';
import { numberKey } from '../match-key.ts';
import type { Book } from './placement.ts';

/** An account as rows of a file are compared with it. */
type Known = {
  _id: string;
  name: string;
  isSolo: boolean;
  knownSince: Date;
  nameKey?: string;
  legalKey?: string;
  shortKey?: string;
  externalId?: string;
  externalKey?: string;
};

/** What a row changes of an account, or begins it with. */
export type AccountNews = Omit<Partial<RowAccount>, '_id' | 'isSolo'>;

/** The account that a row means: by our own id, else by number, else by name; null: there is none; or what is against the row, for people. */
export function accountFor<Account extends Known>(
  row: RowAccount,
  book: Book<Account>,
): { before: Account | null } | { problem: string } {
  const { byId, byNumber, named } = accountsIn(row, book);
  const meant = byId ?? byNumber;
  if (!meant) return accountByName(row, named);
  if (isOther(byNumber, meant)) return { problem: `客户编号“${row.externalId}”已属于另一客户` };
  if (named.length === 1 && isOther(named[0], meant)) return { problem: `名称“${row.name}”已属于另一客户` };
  return { before: meant };
}

const isOther = (account: Known | undefined, meant: Known) =>
  account !== undefined && account._id !== meant._id;

const accountsIn = <Account extends Known>(
  { _id = '', externalId = '', nameKey = '' }: RowAccount,
  book: Book<Account>,
) => ({
  byId: book.byId.get(_id),
  byNumber: book.byNumber.get(numberKey(externalId)),
  named: accountsNamed(nameKey, book),
});

function accountsNamed<Account extends Known>(
  key: string,
  { byKey, byShort }: Book<Account>,
): readonly Account[] {
  const own = byKey.get(key);
  return own ? [own] : (byShort.get(key) ?? []);
}

function accountByName<Account extends Known>(
  { name, externalId }: RowAccount,
  [found, ...others]: readonly Account[],
): { before: Account | null } | { problem: string } {
  if (others.length > 0) return { problem: `“${name}”是几个客户的简称，请写全称或客户编号` };
  if (found?.externalId && externalId) return { problem: `客户“${name}”的编号已是 ${found.externalId}` };
  return { before: found ?? null };
}

/** What a row tells that is not known yet. */
export function newsOf(row: RowAccount, before: Known | null): AccountNews {
  const { name, nameKey, knownSince, industry, region, size, ownerId, deputyId } = row;
  const plain = { industry, region, size, ownerId, deputyId };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value)),
    ...nameNews({ name, ...(nameKey ? { nameKey } : {}) }, before),
    ...numberNews(row, before),
    ...(knownSince && before && isEarlier(knownSince, before.knownSince) ? { knownSince } : {}),
  };
}

/** A name that is not the account's own but its legal or short one does not take its place. */
function nameNews(said: { name: string; nameKey?: string }, before: Known | null): AccountNews {
  const { nameKey } = said;
  const isOwn = !before || !nameKey || nameKey === before.nameKey;
  return isOwn || ![before.legalKey, before.shortKey].includes(nameKey) ? said : {};
}

/** The same number in another spelling is none. */
function numberNews(
  { externalId = '', externalKey = '' }: Partial<RowAccount>,
  before: Known | null,
): AccountNews {
  const known = { externalId: '', externalKey: '', ...before };
  if (!externalId || numberKey(known.externalId) === numberKey(externalId)) return {};
  return externalKey || known.externalKey ? { externalId, externalKey } : { externalId };
}

/** Files tell whole seconds. */
const isEarlier = (one: Date, other: Date) =>
  Math.floor(one.getTime() / 1000) < Math.floor(other.getTime() / 1000);
