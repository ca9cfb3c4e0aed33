import { matchKey } from './match-key.ts';
import type { AccountName } from './order-row.ts';

/** What is known of an account when rows are placed. */
type Placed = { _id: string; name: string; externalId?: string | undefined };

/** The accounts that a batch of rows may mean: by number, and by `matchKey` of the name. */
export type Book<Account extends Placed = Placed> = {
  byNumber: ReadonlyMap<string, Account>;
  byKey: ReadonlyMap<string, Account>;
};

/** Whose row it is; `create`: a name nobody knows yet; or why nobody's, for people. */
type Placement = { accountId: string } | { create: string } | { problem: string };

/** Finds the customer of a row: by number, else by name, else a new account; an unknown number without a name is refused. */
export function placementOf({ accountExternalId, accountName }: AccountName, book: Book): Placement {
  const byNumber = accountExternalId ? book.byNumber.get(accountExternalId) : undefined;
  if (byNumber) return { accountId: byNumber._id };
  if (!accountName) {
    return { problem: `客户编号“${accountExternalId}”不存在，请先导入客户或填写客户名称` };
  }
  const nameKey = matchKey(accountName);
  const byName = book.byKey.get(nameKey);
  return byName ? { accountId: byName._id } : { create: nameKey };
}
