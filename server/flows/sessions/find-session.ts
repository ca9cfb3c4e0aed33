import type { Context } from '../../context.ts';
import { NOTED_EVERY_MS, sessionFault, type SessionFault } from '../../domain/system/session.ts';

/** Whose session it is, '' when there is none of that id; `fault` null: it holds. */
export type FoundSession = { id: string; staffId: string; fault: SessionFault | null };

/**
 * Finds the session that a cookie names. What another process ended is refused within two seconds. That it is used is kept soon,
 * and nobody waits for it.
 */
export async function findSession(
  { sessions, log, now }: Pick<Context, 'sessions' | 'log' | 'now'>,
  id: string,
): Promise<FoundSession> {
  const session = await sessions.recent(id);
  const fault = sessionFault(session, now());
  if (session && !fault && now().getTime() - session.usedAt.getTime() >= NOTED_EVERY_MS)
    sessions.noteUse(id, now()).catch((error: unknown) => log.error({ error }, 'use of a session not noted'));
  return { id, staffId: session?.staffId ?? '', fault };
}
