import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { promiseFault } from '../../domain/cadence/promise.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { PromiseRow } from '../../store/promises.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

type Needs = Pick<Context, 'audit' | 'promises'> & CadenceNeeds;

/** What becomes of a promise; `day` when it is moved. */
type Settlement = { id: string; act: 'kept' | 'moved' | 'withdrawn'; day: Day | null };

/**
 * Says what became of a promise of an account that was opened for the caller: 已兑现, 改期 or 撤回. The account's next date
 * follows. Source: domain.md §6.
 *
 * @throws {AppError} 404 `promise_not_found`; 409 `promise_ended`; 400 `day_missing`, `date_in_the_past` or `date_too_far`.
 */
export async function settlePromise(
  context: Needs,
  { staffId }: Caller,
  { account, wish }: { account: Account; wish: Settlement },
): Promise<{ id: string; cadence: CadenceReport }> {
  const settings = await context.settings.read();
  const promise = await context.promises.find(wish.id);
  if (promise?.accountId !== account._id)
    throw new AppError(404, 'promise_not_found', { message: '没有这个约定，请刷新后再试' });
  const { timeZone } = context.site;
  const today = calendarDay(context.now(), timeZone);
  const day = dayOf(wish);
  const fault = day && promiseFault(day, { today, tier: account.tier, cadence: settings.cadence });
  if (fault) throw new AppError(400, fault.code, { message: fault.message });
  const id = await end(context, staffId, { promise, act: wish.act, day });
  return { id, cadence: await refreshCadence(context, account) };
}

type Ending = { promise: PromiseRow; act: Settlement['act']; day: Day | null };

/** @returns the id of the promise, or of the one in its place. */
async function end(
  { audit, promises, now }: Needs,
  by: string,
  { promise, act, day }: Ending,
): Promise<string> {
  const { _id: id, accountId, externalUserId, text, madeIn } = promise;
  const movedTo = day ? `${id}>${day}:${now().getTime()}` : null;
  if (!(await promises.end(promise, { state: act, endedAt: now(), endedBy: by, endedIn: null, movedTo })))
    throw new AppError(409, 'promise_ended', { message: '这个约定刚刚已经处理过了，请刷新' });
  const made = { accountId, externalUserId, text, madeAt: now(), madeBy: by, madeIn };
  if (movedTo && day) await promises.make([{ ...made, _id: movedTo, day }]);
  const from = { id, day: promise.day, state: 'open' };
  const subject = `account:${accountId}`;
  await audit.note([{ by, at: now(), act: `promise.${act}`, subject, from, to: { day } }]);
  return movedTo ?? id;
}

function dayOf({ act, day }: Settlement): Day | null {
  if (act !== 'moved') return null;
  if (day) return day;
  throw new AppError(400, 'day_missing', { message: '改期的约定请选新的日期' });
}
