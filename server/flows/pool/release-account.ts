import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';

type Needs = Pick<Context, 'pool' | 'claims' | 'history' | 'audit'> & Parameters<typeof endEndedWarnings>[0];

/** Puts an account that was opened for the caller to decide about into the pool. @throws {AppError} 409 `not_owned` */
export async function releaseAccount(
  context: Needs,
  caller: { staffId: string },
  { account, reason }: { account: Account; reason: string },
) {
  const { pool, claims, history, audit, now } = context;
  const { _id: accountId, ownerId } = account;
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
  await endEndedWarnings(context, accountId);
  return { id: accountId, pooledAt: at.toISOString() };
}
