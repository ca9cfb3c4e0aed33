import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

type Needs = Pick<Context, 'answers' | 'audit'> & CadenceNeeds;

/** Why the bad mark was given, and what was done about it. */
type ClosureNote = { answerId: string; cause: string; action: string };

/**
 * Closes the loop of a bad mark, with cause and action; nothing else ends what is owed to a detractor, but a better mark.
 *
 * @throws {AppError} 404 `answer_not_found`; 409 `loop_closed`, also when the customer corrected the mark meanwhile.
 * Source: domain.md §11.
 */
export async function closeDetractor(
  context: Needs,
  { staffId }: Caller,
  { account, note }: { account: Account; note: ClosureNote },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { answers, audit, now } = context;
  const { answerId, cause, action } = note;
  const answer = await answers.find(answerId);
  if (answer?.accountId !== account._id)
    throw new AppError(404, 'answer_not_found', { message: '没有这份评价，请刷新后再试' });
  const closure = { by: staffId, at: now(), cause, action };
  if (!(await answers.close(answerId, closure)))
    throw new AppError(409, 'loop_closed', { message: '这份评价已经闭环，或客户已改了评分，请刷新' });
  const subject = `account:${account._id}`;
  const to = { cause, action };
  const from = { answerId, score: answer.score };
  await audit.note([{ by: staffId, at: now(), act: 'answer.close', subject, from, to }]);
  return { id: answerId, cadence: await refreshCadence(context, account) };
}
