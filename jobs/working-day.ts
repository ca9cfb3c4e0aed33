import type { Context } from '../server/context.ts';
import { calendarDay, isWorkingDay } from '../server/domain/calendar.ts';
import type { RunMode } from './job.ts';

/** True when nobody should be written to: today is free, and nobody asked for it by hand. Source: domain.md §14. */
export function isFreeDay({ now, site }: Pick<Context, 'now' | 'site'>, { byHand }: RunMode): boolean {
  return !byHand && !isWorkingDay(calendarDay(now(), site.timeZone));
}
