import { dayOf, dayText } from '../parts/days.ts';

const two = (part: number) => String(part).padStart(2, '0');

/** `11月22日 09:05`, local time, with the year when it is not the running one. */
export function timeText(instant: string, now = new Date()): string {
  const at = new Date(instant);
  return `${dayText(dayOf(at), now)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Whole minutes from one instant to another. */
export const minutesBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
