import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';

/** Calls of one API until `endsAt`, unix seconds. */
type Window = { endsAt: number; calls: number };

/** APIs that are counted by the hour. */
const TICKETS = new Set(['/cgi-bin/get_jsapi_ticket', '/cgi-bin/ticket/get']);

/**
 * Counts calls per API; above the limit the API is shut for a whole window: a minute, for tickets an hour. Source: wecom.md §4.1.
 *
 * @returns the counter. @throws {ApiError} 45009 when called while shut.
 */
export function createCallCounter(platform: Platform): (path: string) => void {
  const windows = new Map<string, Window>();
  return (path) => {
    const isTicket = TICKETS.has(path);
    const limit = isTicket ? platform.rules.ticketCallsPerHour : platform.rules.callsPerMinute;
    const window = currentWindow(windows, path, { now: unixNow(platform), seconds: isTicket ? 3600 : 60 });
    window.calls += 1;
    if (window.calls <= limit) return;
    // The penalty starts with the call that was too many; calls while shut do not prolong it.
    if (window.calls === limit + 1) window.endsAt = unixNow(platform) + (isTicket ? 3600 : 60);
    throw new ApiError(45009);
  };
}

/** The window that is still running, or a fresh one. */
function currentWindow(
  windows: Map<string, Window>,
  path: string,
  { now, seconds }: { now: number; seconds: number },
): Window {
  const known = windows.get(path);
  if (known && now < known.endsAt) return known;
  const fresh = { endsAt: now + seconds, calls: 0 };
  windows.set(path, fresh);
  return fresh;
}
