import type { Context } from '../../context.ts';
import { correctionFault } from '../../domain/follow-ups/follow-up.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { FollowUp } from '../../store/follow-ups.ts';

const REFUSALS = {
  not_the_author: [403, '只有记录的人能更正或撤回这条跟进'],
  is_message: [409, '消息已经发到聊天里，不能在这里更正或撤回'],
  too_late: [409, '跟进只能在记录后 24 小时内更正或撤回'],
} as const;

/**
 * Opens a follow-up of an account that was opened for the caller, for its author to correct or take back.
 *
 * @throws {AppError} 404 `follow_up_not_found`; 403 `not_the_author`; 409 `is_message` or `too_late`. Source: domain.md §6.
 */
export async function loadOwnFollowUp(
  { followUps, now }: Pick<Context, 'followUps' | 'now'>,
  { staffId }: Caller,
  { account, id }: { account: Account; id: string },
): Promise<FollowUp> {
  const found = await followUps.find(id);
  if (found?.accountId !== account._id)
    throw new AppError(404, 'follow_up_not_found', { message: '没有这条跟进，请刷新后再试' });
  const fault = correctionFault(found, { staffId, now: now() });
  if (!fault) return found;
  const [status, message] = REFUSALS[fault];
  throw new AppError(status, fault, { message });
}
