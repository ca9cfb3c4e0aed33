const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const DAY_MS = 86_400_000;

const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate());

/** Local midnight of a day YYYY-MM-DD. */
function dateOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

/** `11月26日`, with the year when it is not the running one. */
export function dayText(day: string, now = new Date()): string {
  const date = dateOf(day);
  const year = date.getFullYear() === now.getFullYear() ? '' : `${date.getFullYear()}年`;
  return `${year}${date.getMonth() + 1}月${date.getDate()}日`;
}

/** `周四`. */
export const weekdayText = (day: string): string => WEEKDAYS[dateOf(day).getDay()] ?? '';

/** Whole local days from the calendar day of `instant` (ISO 8601) to today; negative in the future. */
export function daysSince(instant: string, now = new Date()): number {
  return Math.round((midnight(now).getTime() - midnight(new Date(instant)).getTime()) / DAY_MS);
}

/** `今天`, `昨天`, `12 天前`. */
export function agoText(instant: string, now = new Date()): string {
  const days = daysSince(instant, now);
  if (days <= 0) return '今天';
  return days === 1 ? '昨天' : `${days} 天前`;
}

const two = (part: number) => String(part).padStart(2, '0');

/** The local day YYYY-MM-DD of `at`. */
export function dayOf(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The local day YYYY-MM-DD, `days` after today. */
export function dayAfter(days: number, now = new Date()): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}
