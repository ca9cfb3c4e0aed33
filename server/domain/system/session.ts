/** When a sign-in begun, was last used and was ended; see `sessionFault`. */
export type SessionTimes = { startedAt: Date; usedAt: Date; endedAt: Date | null };

/** Unused for so long, a session is over. */
export const SESSION_IDLE_HOURS = 12;
/** So long after it began a session is over, however much it is used. */
export const SESSION_DAYS = 7;
/** A use is noted once a minute at most: an active browser costs one write a minute. */
export const NOTED_EVERY_MS = 60_000;

const HOUR_MS = 3_600_000;

/** Why a session lets nobody in. `unknown`: there is none of that id. */
export const SESSION_FAULTS = ['unknown', 'ended', 'idle', 'too_old'] as const;
export type SessionFault = (typeof SESSION_FAULTS)[number];

/** Why a session lets nobody in at `now`; null while it holds. Its last use may be a minute later than what was noted. */
export function sessionFault(session: SessionTimes | null, now: Date): SessionFault | null {
  if (!session) return 'unknown';
  if (session.endedAt) return 'ended';
  if (now.getTime() - session.startedAt.getTime() >= SESSION_DAYS * 24 * HOUR_MS) return 'too_old';
  const idleMs = now.getTime() - session.usedAt.getTime() - NOTED_EVERY_MS;
  return idleMs >= SESSION_IDLE_HOURS * HOUR_MS ? 'idle' : null;
}

/** Who ended it, and why: by hand, in all browsers at once, or because the member left the corp. */
export const SESSION_ENDS = ['signed_out', 'everywhere', 'by_admin', 'left'] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/** A session as the audit log names it: enough to tell two apart, too little to find the cookie. */
export const sessionLabel = (sessionId: string): string => sessionId.slice(0, 8);
