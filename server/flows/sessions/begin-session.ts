import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { sessionLabel } from '../../domain/system/session.ts';

const ID_BYTES = 16;

/** Signs a member in: keeps a new session, and that there is one. @returns its id */
export async function beginSession(
  { sessions, audit, now }: Pick<Context, 'sessions' | 'audit' | 'now'>,
  staffId: string,
): Promise<string> {
  const id = randomBytes(ID_BYTES).toString('hex');
  const at = now();
  await sessions.begin({ _id: id, staffId, startedAt: at, usedAt: at });
  const to = { session: sessionLabel(id) };
  await audit.note([{ by: staffId, at, act: 'session.begin', subject: `staff:${staffId}`, from: null, to }]);
  return id;
}
