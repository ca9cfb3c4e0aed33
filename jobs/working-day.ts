import type { Context } from '../server/context.ts';
import { calendarDay, isWorkingDay } from '../server/domain/calendar.ts';
import type { RunMode } from './job.ts';

/** True when nobody should be written to: today is free, and nobody asked for it by hand. Source: domain.md §14. */
export async function isFreeDay(
  { now, site, settings }: Pick<Context, 'now' | 'site' | 'settings'>,
  { byHand }: RunMode,
): Promise<boolean> {
  if (byHand) return false;
  const { value: calendar } = await settings.readSection('calendar');
  return !isWorkingDay(calendarDay(now(), site.timeZone), calendar);
}
