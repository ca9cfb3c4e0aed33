import type { Context } from '../../context.ts';
import type { SessionEnd } from '../../domain/system/session.ts';

/** Whose sessions end, by whom and why. */
export type Leaving = { staffId: string; by: string; why: SessionEnd };

/**
 * Ends every session of a member, in all browsers, on every process within two seconds. Repeatable.
 *
 * @returns how many still held.
 */
export async function endSessions(
  { sessions, staff, audit, now }: Pick<Context, 'sessions' | 'staff' | 'audit' | 'now'>,
  { staffId: named, by, why }: Leaving,
): Promise<number> {
  const at = now();
  const [staffId = named] = await staff.spelled([named]);
  const count = await sessions.endAll(staffId, { by, why, at });
  const to = { count, why };
  await audit.note([{ by, at, act: 'session.end_all', subject: `staff:${staffId}`, from: null, to }]);
  return count;
}
