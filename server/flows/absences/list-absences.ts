import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import type { Caller } from '../../domain/staff/staff.ts';

/** Leaves that are not over: of the caller and their team; administrators see everybody's. */
export async function listAbsences(
  { absences, staff, site, now }: Pick<Context, 'absences' | 'staff' | 'site' | 'now'>,
  { role, teamIds }: Caller,
) {
  const today = calendarDay(now(), site.timeZone);
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const person = (staffId: string) => ({ staffId, name: names.get(staffId) ?? staffId });
  const found = await absences.ahead(today, role === 'admin' ? undefined : teamIds);
  return {
    absences: found.map(({ _id: id, staffId, from, to, standInId }) => ({
      id,
      staff: person(staffId),
      from,
      to,
      standIn: standInId ? person(standInId) : null,
    })),
  };
}
