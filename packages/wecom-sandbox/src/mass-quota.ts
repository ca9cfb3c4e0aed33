import type { Platform } from './platform.ts';

/** Shanghai has no summer time. */
const SHANGHAI_MS = 8 * 3_600_000;

/**
 * The start of the running day, week or month in Shanghai, unix seconds, and how many mass messages one customer or group
 * accepts in it: as many as it has days, unless the rules say otherwise. Source: wecom.md §3.7.
 */
export function massQuota({ rules, now }: Pick<Platform, 'rules' | 'now'>): { since: number; most: number } {
  const local = new Date(now().getTime() + SHANGHAI_MS);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const periods = {
    day: { start: Date.UTC(year, month, day), days: 1 },
    week: { start: Date.UTC(year, month, day - ((local.getUTCDay() + 6) % 7)), days: 7 },
    month: { start: Date.UTC(year, month, 1), days: new Date(Date.UTC(year, month + 1, 0)).getUTCDate() },
  };
  const { start, days } = periods[rules.massPeriod];
  return { since: (start - SHANGHAI_MS) / 1000, most: rules.massPerPeriod ?? days };
}
