const CLOCK = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const SECONDS = new Intl.DateTimeFormat('zh-CN', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('zh-CN', { month: 'numeric', day: 'numeric' });

const isSameDay = (left: Date, right: Date): boolean => left.toDateString() === right.toDateString();

/** For a chat list: the clock today, the day before that. */
export function listTime(at: string, now: Date): string {
  const date = new Date(at);
  return isSameDay(date, now) ? CLOCK.format(date) : SHORT_DAY.format(date);
}

/** For the divider between messages: day (unless today) and clock. */
export function dividerTime(at: string, now: Date): string {
  const date = new Date(at);
  return isSameDay(date, now) ? CLOCK.format(date) : `${DAY.format(date)} ${CLOCK.format(date)}`;
}

/** For the log: the clock with seconds. */
export const logTime = (at: string): string => SECONDS.format(new Date(at));

const DIVIDER_GAP_MS = 5 * 60_000;

/** Whether a chat shows the time between two messages, as WeChat does after five quiet minutes. */
export const needsDivider = (previous: string | undefined, at: string): boolean =>
  previous === undefined || Date.parse(at) - Date.parse(previous) > DIVIDER_GAP_MS;
