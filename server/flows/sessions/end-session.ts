import type { Context } from '../../context.ts';
import { sessionLabel, type SessionEnd } from '../../domain/system/session.ts';

/** What is ended, by whom and why. */
export type Leaving = { id: string; staffId: string; by: string; why: SessionEnd };

/** Ends one session, on every process within two seconds, and keeps that it was ended. Repeatable. */
export async function endSession(
  { sessions, audit, now }: Pick<Context, 'sessions' | 'audit' | 'now'>,
  { id, staffId, by, why }: Leaving,
): Promise<void> {
  const at = now();
  if (!(await sessions.end(id, { by, why, at }))) return;
  const to = { session: sessionLabel(id), why };
  await audit.note([{ by, at, act: 'session.end', subject: `staff:${staffId}`, from: null, to }]);
}
