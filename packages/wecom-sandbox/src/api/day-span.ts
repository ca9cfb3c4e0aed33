import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';

export const DAY_SECONDS = 86_400;
/** Shanghai has no summer time. */
const SHANGHAI_SECONDS = 28_800;
/** Statistics reach back so far. */
const KEPT_DAYS = 180;

/** The first second of a Shanghai day; times in unix seconds. */
export function dayStart(at: number): number {
  return at - ((at + SHANGHAI_SECONDS) % DAY_SECONDS);
}

/** @throws {ApiError} 40058 unless `from` to `to` runs forward and covers at most `days`. */
export function checkSpan({ from, to }: { from: number; to: number }, days: number): void {
  if (to < from || to - from > days * DAY_SECONDS) throw new ApiError(40058, 'end_time');
}

/**
 * The first seconds of the days from `from` to `to`, both included: the platform aligns times to days by itself.
 *
 * @throws {ApiError} 40058 for more than 30 days, or for days before the last 180.
 */
export function daysOf(platform: Platform, { from, to }: { from: number; to: number }): number[] {
  checkSpan({ from, to }, 30);
  if (from < dayStart(unixNow(platform)) - KEPT_DAYS * DAY_SECONDS) throw new ApiError(40058, 'start_time');
  const days: number[] = [];
  for (let day = dayStart(from); day <= dayStart(to); day += DAY_SECONDS) days.push(day);
  return days;
}
