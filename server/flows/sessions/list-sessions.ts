import type { Context } from '../../context.ts';
import { namer } from '../../domain/accounts/account-view.ts';
import { sessionFault } from '../../domain/system/session.ts';

type Seen = { browsers: number; since: Date; usedAt: Date };

/** Who is signed in now, in how many browsers, since when and when last seen; the last seen first. */
export async function listSessions({ sessions, staff, now }: Pick<Context, 'sessions' | 'staff' | 'now'>) {
  const person = namer(await staff.all());
  const members = new Map<string, Seen>();
  for (const session of await sessions.open(now())) {
    if (sessionFault(session, now())) continue;
    const { staffId, startedAt, usedAt } = session;
    const seen = members.get(staffId) ?? { browsers: 0, since: startedAt, usedAt };
    const since = startedAt < seen.since ? startedAt : seen.since;
    members.set(staffId, { browsers: seen.browsers + 1, since, usedAt: seen.usedAt });
  }
  return [...members].map(([staffId, { browsers, since, usedAt }]) => ({
    member: person(staffId) ?? { staffId, name: staffId },
    browsers,
    since: since.toISOString(),
    usedAt: usedAt.toISOString(),
  }));
}
