const DAY_MS = 86_400_000;
/** Shanghai has no summer time. */
const SHANGHAI_MS = 8 * 3_600_000;

/** The day of an instant in Shanghai, YYYY-MM-DD. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** `days` before `now`; negative days lie ahead. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** The same Shanghai day at `hour` and `minute`, moved back to a day on which people work. */
export function inOfficeHours(at: Date, hour: number, minute: number): Date {
  const local = new Date(at.getTime() + SHANGHAI_MS);
  let midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  while (isFree(new Date(midnight))) midnight -= DAY_MS;
  return new Date(midnight - SHANGHAI_MS + hour * 3_600_000 + minute * 60_000);
}

/** Weekends and the holidays with fixed days: New Year, 1–3 May, 1–7 October. */
function isFree(local: Date): boolean {
  const [month, day] = [local.getUTCMonth() + 1, local.getUTCDate()];
  const isHoliday = (month === 1 && day === 1) || (month === 5 && day <= 3) || (month === 10 && day <= 7);
  return isHoliday || local.getUTCDay() % 6 === 0;
}
