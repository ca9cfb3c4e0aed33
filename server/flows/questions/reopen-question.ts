import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

type Needs = Pick<Context, 'questions'> & CadenceNeeds;

/** Longer than a page offers it, so that a slow network undoes no less. */
const UNDO_MS = 10 * 60_000;

/**
 * Opens a question again that the caller has just closed with an answer. Repeatable.
 *
 * @throws {AppError} 404 `question_not_found`; 409 `too_late`.
 */
export async function reopenQuestion(
  context: Needs,
  { staffId }: Caller,
  { account, id }: { account: Account; id: string },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { questions, now } = context;
  const question = await questions.find(id);
  if (question?.accountId !== account._id)
    throw new AppError(404, 'question_not_found', { message: '没有这个问题，请刷新后再试' });
  const { answeredAt, answeredBy } = question;
  const isLate = answeredAt && (answeredBy !== staffId || now().getTime() - answeredAt.getTime() > UNDO_MS);
  if (isLate) throw new AppError(409, 'too_late', { message: '答复已超过可撤销的时间，请重新记录这个问题' });
  await questions.reopen(id);
  return { id, cadence: await refreshCadence(context, account) };
}
