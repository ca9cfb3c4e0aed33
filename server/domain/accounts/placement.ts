import { matchKey, numberKey } from '../match-key.ts';
import type { AccountName } from '../deals/order-row.ts';
import { idInNumber } from '../imports/own-number.ts';

/** What is known of an account when rows are placed. */
type Placed = { _id: string; name: string; externalId?: string | undefined; legalName?: string | undefined };

/**
 * The accounts that a batch of rows may mean: by our own id, by `numberKey` of their number, by `matchKey` of a name that one account only can
 * have (its own, or its legal one), and by that of a short name, which several may share.
 */
export type Book<Account extends Placed = Placed> = {
  byId: ReadonlyMap<string, Account>;
  byNumber: ReadonlyMap<string, Account>;
  byKey: ReadonlyMap<string, Account>;
  byShort: ReadonlyMap<string, readonly Account[]>;
};

/** Whose row it is, and what is odd about that; `create`: a name nobody knows yet; or why nobody's, for people. */
type Placement = { accountId: string; doubts: string[] } | { create: string } | { problem: string };

/**
 * Finds the customer of a row: by our own id, else by number, else by legal or own name, else by a short name that one account only has, else a new
 * account. Refused are an unknown number without a name, a number beside the name of another customer, and a name that several share.
 */
export function placementOf(
  { accountExternalId: number, accountName: name }: AccountName,
  book: Book,
): Placement {
  const byNumber = numberedBy(number, book);
  const named = name ? namedBy(name, book) : [];
  if (byNumber) return placedByNumber({ number, name }, byNumber, named);
  const [found, ...others] = named;
  if (!found) return placedAnew({ number, name });
  if (others.length > 0) return { problem: sharedBy(name, named) };
  const isOdd = number !== '' && !idInNumber(number);
  return { accountId: found._id, doubts: isOdd ? [otherNumber(number, found)] : [] };
}

const numberedBy = (number: string, { byNumber, byId }: Book): Placed | undefined =>
  number ? (byNumber.get(numberKey(number)) ?? byId.get(idInNumber(number))) : undefined;

/** Nobody has the number, and nobody the name; one of ours belongs to a customer who must come first. */
const placedAnew = ({ number, name }: { number: string; name: string }): Placement =>
  name && !idInNumber(number)
    ? { create: matchKey(name) }
    : { problem: `客户编号“${number}”不存在，请先导入客户或填写客户名称` };

function placedByNumber(
  { number, name }: { number: string; name: string },
  account: Placed,
  named: readonly Placed[],
): Placement {
  const isTheirs =
    !name || matchKey(name) === matchKey(account.name) || named.some(({ _id }) => _id === account._id);
  if (isTheirs) return { accountId: account._id, doubts: [] };
  const whose = `客户编号“${number}”是“${account.name}”，本行的客户名称却是“${name}”`;
  if (named.length > 0) return { problem: `${whose}（另一个客户），请改正其中一个` };
  return { accountId: account._id, doubts: [`${whose}，已按编号归入“${account.name}”`] };
}

/** The accounts that the name may mean; one that has it for its own goes before those that are only called so for short. */
function namedBy(name: string, { byKey, byShort }: Book): readonly Placed[] {
  const own = byKey.get(matchKey(name));
  return own ? [own] : (byShort.get(matchKey(name)) ?? []);
}

const sharedBy = (name: string, accounts: readonly Placed[]) =>
  `“${name}”是 ${accounts.length} 个客户的简称（${accounts.map((each) => each.name).join('、')}），请写全称或客户编号`;

const otherNumber = (number: string, { name, externalId }: Placed) =>
  `客户编号“${number}”不存在，已按名称归入“${name}”${externalId ? `（编号 ${externalId}）` : ''}`;
