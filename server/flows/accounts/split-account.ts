import type { Context } from '../../context.ts';
import { matchKey } from '../../domain/match-key.ts';
import { isPromised, PROMISED } from '../../domain/accounts/account-right.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  'accounts' | 'contacts' | 'splits' | 'touches' | 'settings' | 'history' | 'audit' | 'site' | 'now'
>;

/** What leaves, and what it is called. */
export type SplitRequest = {
  contactIds: readonly string[];
  name: string;
  orderIds: readonly string[];
  contractIds: readonly string[];
  opportunityIds: readonly string[];
};

/**
 * Makes another account of some contacts of one that was opened for the caller to decide about, with what was said with them and with the
 * facts that are named, and with the warnings about either; owner, deputy, industry and region are the same. The next date of
 * each half follows from what was said with its own people. Repeatable: a split that was cut short is ended.
 *
 * @returns the id of the new account.
 * @throws {AppError} 400 `not_in_account`; 409 `promised_to_heir`, `would_be_empty` or `name_taken` with `accountId`.
 */
export async function splitAccount(
  context: Needs,
  caller: { staffId: string },
  { account, wish }: { account: Account; wish: SplitRequest },
): Promise<string> {
  if (isPromised(account)) throw new AppError(409, 'promised_to_heir', { message: PROMISED });
  const part = await partOf(context, account, wish);
  await context.splits.move({ ...wish, fromId: account._id, intoId: part._id });
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  for (const each of [part, account]) await context.touches.refresh(each._id, place);
  await note(context, caller.staffId, { account, part, wish });
  return part._id;
}

/** The account of the part: a new one, or the one that an earlier try has made. */
async function partOf(
  context: Needs,
  account: Account,
  { contactIds, name }: SplitRequest,
): Promise<Account> {
  const nameKey = matchKey(name);
  const begun = await begunPart(context, account, nameKey);
  const here = await peopleOf(context, account);
  const there = begun ? await peopleOf(context, begun) : new Set<string>();
  if (contactIds.some((id) => !here.has(id) && !there.has(id)))
    throw new AppError(400, 'not_in_account', { message: '有联系人不属于这个客户，请刷新后再试' });
  const isRepeated = contactIds.some((id) => there.has(id));
  if (!isRepeated && here.size === new Set(contactIds).size)
    throw new AppError(409, 'would_be_empty', { message: '至少要留下一位联系人；要改名请直接编辑客户' });
  return begun && (isRepeated || there.size === 0) ? begun : makePart(context, account, { name, nameKey });
}

async function begunPart({ accounts }: Needs, { _id }: Account, nameKey: string): Promise<Account | null> {
  const holder = await accounts.findByKey(nameKey);
  return holder?.source?.kind === 'split' && holder.source.detail === _id ? holder : null;
}

const peopleOf = async ({ contacts }: Needs, account: Account): Promise<Set<string>> =>
  new Set((await contacts.ofAccount(account._id)).map(({ _id }) => _id));

async function makePart(
  { accounts, now }: Needs,
  account: Account,
  called: { name: string; nameKey: string },
): Promise<Account> {
  const { industry, region, size, ownerId, deputyId, pooledAt, formerOwnerId } = account;
  const same = { industry, region, size, ownerId, deputyId, pooledAt, formerOwnerId };
  const source = { kind: 'split' as const, detail: account._id };
  const part = await accounts.create({ ...same, ...called, knownSince: now(), source });
  if (part) return part;
  const details = { accountId: (await accounts.findStandingByKey(called.nameKey))?._id ?? null };
  throw new AppError(409, 'name_taken', { message: '已有同名客户，请换一个名称或合并', details });
}

async function note(
  { history, audit, now }: Needs,
  by: string,
  { account, part, wish }: { account: Account; part: Account; wish: SplitRequest },
): Promise<void> {
  const at = now();
  const { _id: fromId, ownerId } = account;
  const about = { ownerId, kind: 'account' as const, from: fromId, to: part._id, by, at };
  await history.appendOnce([
    { _id: `split:${part._id}:from`, ...about, accountId: fromId, why: 'split off' },
    { _id: `split:${part._id}`, ...about, accountId: part._id, why: 'split off' },
  ]);
  const subject = `account:${fromId}`;
  await audit.note([{ by, at, act: 'account.split', subject, from: {}, to: { intoId: part._id, ...wish } }]);
}
