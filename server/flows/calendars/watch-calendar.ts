import type { Context } from '../../context.ts';
import { calendarDay, unsureYears } from '../../domain/calendar.ts';

const KIND = 'calendar-unknown';

/**
 * Tells administrators, once a year, that the holidays of a year that begins soon are not known; settles it once they are.
 *
 * @returns how many years were told of now.
 */
export async function watchCalendar({
  notices,
  settings,
  site,
  now,
}: Pick<Context, 'notices' | 'settings' | 'site' | 'now'>): Promise<number> {
  const { calendar } = await settings.read();
  const years = unsureYears(calendarDay(now(), site.timeZone), calendar);
  const told = (await notices.open()).filter(({ kind }) => kind === KIND).map(({ subject }) => subject);
  const fresh = years.filter((year) => !told.includes(year));
  for (const subject of fresh) await notices.raise({ kind: KIND, subject, text: textOf(subject) }, now());
  for (const subject of told.filter((year) => !years.includes(year)))
    await notices.resolve(KIND, subject, now());
  return fresh.length;
}

const textOf = (year: string) =>
  `${year} 年的放假和调休安排还不知道：目前只把周末、1 月 1 日、5 月 1 日和 10 月 1–3 日算作休息日，跟进日期可能落在假期里。请在“设置”的工作日历中填写这一年的休息日和上班日`;
