import {
  addDays,
  DEFAULT_CALENDAR,
  isDay,
  workingDayFrom,
  type CalendarSettings,
  type Day,
} from '../calendar.ts';
import { unless, type Problem } from '../problem.ts';

/** 上线日: nothing that was owed before it escalates or warns; '' until the first synchronisation. Source: domain.md §6. */
export type GoLiveSettings = { day: Day | '' };

export const DEFAULT_GO_LIVE: GoLiveSettings = { day: '' };

/** What an administrator has to mend. */
export const goLiveProblems = ({ day }: GoLiveSettings): Problem[] =>
  unless(day === '' || isDay(day), 'day', '请写成 2026-12-01 这样的日期；留空则以首次同步成功的那天为准');

/** The day on which an account is taken up whose date lay before go-live, for the go-live day by which it was dealt out. */
export type Spread = { from: Day; on: Day };

/** So many working days the old debts are spread over. */
const SPREAD_DAYS = 20;

/** The first twenty working days from `day` on. */
export function spreadDays(day: Day, calendar: CalendarSettings = DEFAULT_CALENDAR): Day[] {
  const days = [workingDayFrom(day, calendar)];
  for (let last = day; days.length < SPREAD_DAYS;) {
    last = workingDayFrom(addDays(days.at(-1) ?? last, 1), calendar);
    days.push(last);
  }
  return days;
}

/** Deals `debts`, the heaviest first, out over `days` as evenly as they go. */
export const dealOut = <Debt>(debts: readonly Debt[], days: readonly Day[]): { debt: Debt; on: Day }[] =>
  debts.map((debt, index) => ({
    debt,
    on: days[Math.floor((index * days.length) / debts.length)] ?? days[0] ?? '',
  }));
