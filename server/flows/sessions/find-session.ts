import type { Context } from '../../context.ts';
import { NOTED_EVERY_MS, sessionFault, type SessionFault } from '../../domain/system/session.ts';

/** Whose session it is, '' when there is none of that id; `fault` null: it holds. */
export type FoundSession = { id: string; staffId: string; fault: SessionFault | null };

/** Finds the session that a cookie names, and keeps that it is used. What another process ended is refused within two seconds. */
export async function findSession(
  { sessions, now }: Pick<Context, 'sessions' | 'now'>,
  id: string,
): Promise<FoundSession> {
  const session = await sessions.recent(id);
  const fault = sessionFault(session, now());
  if (session && !fault && now().getTime() - session.usedAt.getTime() >= NOTED_EVERY_MS)
    await sessions.noteUse(id, now());
  return { id, staffId: session?.staffId ?? '', fault };
}
