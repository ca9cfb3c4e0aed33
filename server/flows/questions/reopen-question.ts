import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff.ts';
import { cadenceReport, type CadenceReport } from '../../domain/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'questions' | 'touches' | 'settings' | 'now' | 'site'>;

/** Longer than a page offers it, so that a slow network undoes no less. */
const UNDO_MS = 10 * 60_000;

/**
 * Opens a question again that the caller has just closed with an answer. Repeatable.
 *
 * @throws {AppError} 404 `question_not_found`; 409 `too_late`.
 */
export async function reopenQuestion(
  { questions, touches, settings, now, site }: Needs,
  { staffId }: Caller,
  { account, id }: { account: Account; id: string },
): Promise<{ id: string; cadence: CadenceReport }> {
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  const question = await questions.find(id);
  if (question?.accountId !== account._id)
    throw new AppError(404, 'question_not_found', { message: '没有这个问题，请刷新后再试' });
  const { answeredAt, answeredBy } = question;
  const isLate = answeredAt && (answeredBy !== staffId || now().getTime() - answeredAt.getTime() > UNDO_MS);
  if (isLate) throw new AppError(409, 'too_late', { message: '答复已超过可撤销的时间，请重新记录这个问题' });
  await questions.reopen(id);
  const fresh = (await touches.refresh(account._id, place)) ?? account;
  return { id, cadence: cadenceReport(fresh, now(), place) };
}
