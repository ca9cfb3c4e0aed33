import type { Context } from '../../context.ts';
import { absenceProblem, overlaps, type Absence } from '../../domain/staff/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { mayManage, type Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'absences' | 'audit' | 'staff' | 'site' | 'now'>;

/**
 * Keeps that somebody will be away: the caller, or a member whom they lead.
 *
 * @throws {AppError} 403 `not_your_team`; 400 `invalid_absence`; 409 `absence_overlaps`.
 */
export async function planAbsence(context: Needs, caller: Caller, wish: Omit<Absence, '_id'>) {
  const { absences, audit, staff, site, now } = context;
  const today = calendarDay(now(), site.timeZone);
  if (wish.staffId !== caller.staffId && !mayManage(caller, [wish.staffId]))
    throw new AppError(403, 'not_your_team', { message: '只能处理本部门的成员' });
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const strangers = [wish.staffId, wish.standInId].filter((id) => id && !names.has(id));
  const problem = strangers.length > 0 ? '成员或代理人不在通讯录中' : absenceProblem(wish, today);
  if (problem) throw new AppError(400, 'invalid_absence', { message: problem });
  const ahead = await absences.ahead(today, [wish.staffId]);
  if (ahead.some((other) => overlaps(other, wish)))
    throw new AppError(409, 'absence_overlaps', { message: '这段时间已经登记过请假' });
  const { _id: id, staffId, from, to, standInId } = await absences.add(wish);
  await audit.note([
    { by: caller.staffId, at: now(), act: 'absence.plan', subject: `staff:${staffId}`, from: null, to: wish },
  ]);
  const person = (each: string) => ({ staffId: each, name: names.get(each) ?? each });
  return { id, staff: person(staffId), from, to, standIn: standInId ? person(standInId) : null };
}
