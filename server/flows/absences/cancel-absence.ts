import type { Context } from '../../context.ts';
import { mayManage, type Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';

/** Takes a leave back. @throws {AppError} 404 `absence_not_found`; 403 `not_your_team` */
export async function cancelAbsence(
  { absences, audit, now }: Pick<Context, 'absences' | 'audit' | 'now'>,
  caller: Caller,
  id: string,
): Promise<{ isGone: true }> {
  const absence = await absences.find(id);
  if (!absence) throw new AppError(404, 'absence_not_found', { message: '没有这条请假记录' });
  const { staffId } = absence;
  if (staffId !== caller.staffId && !mayManage(caller, [staffId]))
    throw new AppError(403, 'not_your_team', { message: '只能处理本部门的成员' });
  await absences.remove(id);
  const by = { by: caller.staffId, at: now() };
  await audit.note([{ ...by, act: 'absence.cancel', subject: `staff:${staffId}`, from: absence, to: null }]);
  return { isGone: true };
}
