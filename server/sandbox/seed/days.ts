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

/** The same Shanghai day at `hour` and `minute`, moved to the Friday before when it is a weekend. */
export function inOfficeHours(at: Date, hour: number, minute: number): Date {
  const local = new Date(at.getTime() + SHANGHAI_MS);
  const weekday = local.getUTCDay();
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - back);
  return new Date(midnight - SHANGHAI_MS + hour * 3_600_000 + minute * 60_000);
}
