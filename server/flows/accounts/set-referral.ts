import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'locks' | 'audit' | 'now'>;

/**
 * Keeps which account recommended us to one that was opened for the caller to edit; null: none. One is set at a time, so that two
 * cannot close a circle together.
 *
 * @returns who recommended it before and now: what becomes of the account counts for them; null when somebody else changed it since it
 * was opened.
 * @throws {AppError} 400 `unknown_referrer`, `refers_itself` or `referral_cycle`; 409 `referral_running`.
 * Source: domain.md §13 转介绍
 */
export async function setReferral(
  context: Needs,
  caller: { staffId: string },
  { account, referredById }: { account: Account; referredById: string | null },
): Promise<string[] | null> {
  const done = await context.locks.hold('referrals', () => set(context, caller, { account, referredById }));
  if (!done) throw new AppError(409, 'referral_running', { message: '另一个推荐关系正在保存，请再试一次' });
  if (done.result === 'changed') return null;
  return [account.referredById, done.result.id].flatMap((id) => id ?? []);
}

async function set(
  context: Needs,
  caller: { staffId: string },
  { account, referredById }: { account: Account; referredById: string | null },
): Promise<{ id: string | null } | 'changed'> {
  const { accounts, audit, now } = context;
  const to = referredById && (await referrerOf(context, account._id, referredById));
  const source = account.source ?? (to ? { kind: 'referral' as const, detail: to } : null);
  const edit = { version: versionOf(account), by: caller.staffId, at: now() };
  const fields = { referredById: to, source };
  if ((await accounts.edit(account._id, { ...edit, fields })) !== 'done') return 'changed';
  const subject = `account:${account._id}`;
  const from = { referredById: account.referredById };
  const change = { by: caller.staffId, at: now(), act: 'account.referral', subject };
  await audit.note([{ ...change, from, to: { referredById: to } }]);
  return { id: to };
}

async function referrerOf(context: Needs, accountId: string, referredById: string): Promise<string> {
  const referrer = await context.accounts.resolveMerged(referredById);
  if (!referrer) throw new AppError(400, 'unknown_referrer', { message: '没有这个推荐客户' });
  await refuseCircle(context, accountId, referrer);
  return referrer._id;
}

/** Follows who recommended whom, however long the chain. */
async function refuseCircle({ accounts }: Needs, accountId: string, referrer: Account): Promise<void> {
  if (referrer._id === accountId)
    throw new AppError(400, 'refers_itself', { message: '客户不能是自己的推荐客户' });
  const seen = new Set<string>();
  for (let each: Account | null = referrer; each && !seen.has(each._id);) {
    seen.add(each._id);
    each = each.referredById ? await accounts.resolveMerged(each.referredById) : null;
    if (each?._id === accountId)
      throw new AppError(400, 'referral_cycle', { message: '这样会形成互相推荐的循环，请检查推荐关系' });
  }
}
