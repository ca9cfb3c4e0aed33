import type { Context } from '../../context.ts';
import { mayManage, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'accounts' | 'pool' | 'claims' | 'history' | 'audit' | 'now'>;

/**
 * Puts an account into the pool, for its owner, the owner's manager or an admin.
 *
 * @throws {AppError} 404 `account_not_found`; 403 `not_your_account`; 409 `not_owned`.
 */
export async function releaseAccount(
  { accounts, pool, claims, history, audit, now }: Needs,
  caller: Caller,
  { accountId, reason }: { accountId: string; reason: string },
) {
  const account = await accounts.find(accountId);
  if (!account || account.mergedInto)
    throw new AppError(404, 'account_not_found', { message: '没有这个客户，可能已被删除' });
  const { ownerId } = account;
  if (ownerId !== caller.staffId && !mayManage(caller, ownerId ? [ownerId] : []))
    throw new AppError(403, 'not_your_account', { message: '只能释放自己或本部门同事的客户' });
  const at = now();
  if (!ownerId || !(await pool.giveUp(accountId, ownerId, at)))
    throw new AppError(409, 'not_owned', { message: '这个客户已在待分配或刚换了负责人' });
  const by = caller.staffId;
  await claims.note({ staffId: ownerId, accountId, act: 'release', at });
  await history.append([{ accountId, ownerId, kind: 'owner', from: ownerId, to: '', why: reason, by, at }]);
  const subject = `account:${accountId}`;
  await audit.note([
    { by, at, act: 'account.release', subject, from: { ownerId }, to: { ownerId: null, reason } },
  ]);
  return { id: accountId, pooledAt: at.toISOString() };
}
