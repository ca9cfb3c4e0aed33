import type { Context } from '../../context.ts';
import { isPromised } from '../../domain/accounts/account-right.ts';
import { calendarDay, startOfDay } from '../../domain/calendar.ts';
import { claimRefusal, claimRefusalText } from '../../domain/staff/claim.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';

type Needs = Pick<Context, 'pool' | 'claims' | 'locks' | 'history' | 'audit'> &
  Parameters<typeof endEndedWarnings>[0];

/**
 * Gives an account of the pool to the member who asks first, within the limits. One claim of a member runs at a time, so that
 * two at once cannot slip past a limit.
 *
 * @throws {AppError} 409 `already_claimed`, `promised_to_heir`, `claim_running` or a limit of
 * `domain/claim`.
 */
export async function claimAccount(context: Needs, staffId: string, account: Account): Promise<void> {
  const done = await context.locks.hold(`claim:${staffId}`, () => claim(context, staffId, account));
  if (!done) throw new AppError(409, 'claim_running', { message: '您的另一次领取还在进行，请稍后再试' });
  await endEndedWarnings(context, account._id);
}

async function claim(context: Needs, staffId: string, account: Account): Promise<void> {
  const { pool, claims, history, audit, now } = context;
  const { _id: accountId } = account;
  if (isPromised(account))
    throw new AppError(409, 'promised_to_heir', { message: '这个客户已确定接手人，正在移交' });
  await checkLimits(context, staffId, accountId);
  const at = now();
  if (!(await pool.claim(accountId, staffId)))
    throw new AppError(409, 'already_claimed', { message: '这个客户刚被别人领取' });
  await claims.note({ staffId, accountId, act: 'claim', at });
  const about = { accountId, ownerId: staffId, by: staffId, at };
  await history.append([{ ...about, kind: 'owner', from: '', to: staffId, why: 'claimed' }]);
  const subject = `account:${accountId}`;
  await audit.note([
    { by: staffId, at, act: 'account.claim', subject, from: { ownerId: null }, to: { ownerId: staffId } },
  ]);
}

async function checkLimits(
  { pool, claims, settings, site, now }: Needs,
  staffId: string,
  accountId: string,
): Promise<void> {
  const { claims: limits } = await settings.read();
  const today = startOfDay(calendarDay(now(), site.timeZone), site.timeZone);
  const facts = {
    owned: (await pool.countOwned([staffId])).get(staffId) ?? 0,
    claimedToday: await claims.countSince(staffId, today),
    releasedAt: await claims.releasedAt(accountId, staffId),
  };
  const refusal = claimRefusal(limits, facts, now());
  if (refusal) throw new AppError(409, refusal, { message: claimRefusalText(refusal, limits) });
}
