import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { dayStart } from './day-span.ts';

/** Messages per account and day. Source: wecom.md §4.1. */
const PER_ACCOUNT = 200;
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** What was sent today by receivers, and when each member was reached within the last hour; unix seconds. */
type Sent = { day: number; count: number; reachedAt: Map<string, number[]> };

/** In memory: a restart forgets it. */
const sent = new WeakMap<Platform, Sent>();

function sentBy(platform: Platform): Sent {
  const day = dayStart(unixNow(platform));
  const known = sent.get(platform) ?? { day, count: 0, reachedAt: new Map<string, number[]>() };
  if (known.day !== day) Object.assign(known, { day, count: 0 });
  sent.set(platform, known);
  return known;
}

/**
 * Those of the members who get one more message of the app, which is counted. Who had 30 in a minute or 1000 in an hour gets
 * nothing more, and nobody is told. Source: wecom.md §4.1.
 *
 * @throws {ApiError} 45009 when the app has used up its day
 */
export function reachedBy(platform: Platform, userids: readonly string[]): string[] {
  const { rules } = platform;
  const today = sentBy(platform);
  if (today.count + userids.length > rules.appAccounts * PER_ACCOUNT) throw new ApiError(45009);
  const now = unixNow(platform);
  const reached = userids.filter((userid) => {
    const times = (today.reachedAt.get(userid) ?? []).filter((at) => at > now - HOUR_SECONDS);
    const lately = times.filter((at) => at > now - MINUTE_SECONDS);
    const isFlooded = lately.length >= rules.appMessagesPerMinute || times.length >= rules.appMessagesPerHour;
    today.reachedAt.set(userid, isFlooded ? times : [...times, now]);
    return !isFlooded;
  });
  today.count += reached.length;
  return reached;
}
