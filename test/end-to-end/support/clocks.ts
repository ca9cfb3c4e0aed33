import {
  addDays,
  calendarDay,
  startOfDay,
  workingDayFrom,
  type Day,
} from '../../../server/domain/calendar.ts';

const ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;

const at = (day: Day, hour: number, minute: number) =>
  new Date(startOfDay(day, ZONE).getTime() + (hour * 60 + minute) * MINUTE_MS);

/** The next time that a year's `monthDay` (MM-DD) comes; all clocks lie ahead, so that no browser drops a cookie as outdated. */
function next(monthDay: string): Day {
  const today = calendarDay(new Date(), ZONE);
  const year = Number(today.slice(0, 4));
  const thisYear = `${year}-${monthDay}`;
  return thisYear > today ? thisYear : `${year + 1}-${monthDay}`;
}

/** The next one from tomorrow. */
const workingDay = () => workingDayFrom(addDays(calendarDay(new Date(), ZONE), 1));

/** Times at which a story must go the same way: before and after the hour's jobs, on a free day, and across the end of a year. */
const CLOCKS = {
  'a working day at 08:50': () => at(workingDay(), 8, 50),
  'a working day at 18:05': () => at(workingDay(), 18, 5),
  'a holiday': () => at(next('01-01'), 10, 0),
  '31 December at 23:58': () => at(next('12-31'), 23, 58),
  'the last seconds of a year': () => at(next('12-31'), 23, 59.5),
};

/** Each story is played once with every run of the tests, and at all times by `npm run stories`. */
const USUAL: readonly string[] = ['a working day at 18:05'];
export const playedClocks = () =>
  Object.entries(CLOCKS).filter(([name]) => process.env['STORIES'] === 'all' || USUAL.includes(name));

/** Where nothing is said of time: an hour of work without a job of its own. */
export const USUAL_TIME = () => at(workingDay(), 10, 40);
