import { addMonths, type Day } from './calendar.ts';

/** What somebody set by hand against what is computed; it wins until the end of `expiresOn`. Source: domain.md §3–§5. */
export type Override<Value> = {
  value: Value;
  reason: string;
  by: string; // staff id
  at: Date;
  expiresOn: Day;
};

/** What was set by hand, while it holds; null when nothing was, or it has expired. */
export function inForce<Value>(override: Override<Value> | null | undefined, today: Day): Value | null {
  return override && today <= override.expiresOn ? override.value : null;
}

/** When a mark that holds for `months` ends. */
export const expiryAfter = (months: number, today: Day): Day => addMonths(today, months);
