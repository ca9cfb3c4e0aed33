import type { Context } from '../../context.ts';
import type { EventState } from '../../domain/system/event.ts';
import { shortId } from '../../domain/system/short-id.ts';

/** Ids of customers and groups are made by WeCom and name nobody; those of members are often their names. */
const OPAQUE = /^w[a-z][\w-]{20,}$/;
const NOBODY = ['tags', 'address-book', 'acquisition'];

/** Which events to list; null for all. */
export type EventFilter = { state: EventState | null; kind: string | null; limit: number };

/** Kept callback events, the newest first; without their contents and without whole userids, as both may be personal. */
export async function listEvents(
  { inbox, now }: Pick<Context, 'inbox' | 'now'>,
  { state, kind, limit }: EventFilter,
) {
  const at = now().getTime();
  const events = await inbox.list(state, limit, kind ?? undefined);
  return events.map(({ _id: id, kind, subject, state: current, tries, error, receivedAt, dueAt }) => ({
    id,
    kind,
    subject: isNobody(subject) || subject === kind ? subject : shortId(subject),
    state: current,
    tries,
    error,
    receivedAt: receivedAt.toISOString(),
    dueAt: current === 'waiting' ? dueAt.toISOString() : null,
    ageSeconds: Math.max(0, Math.round((at - receivedAt.getTime()) / 1000)),
  }));
}

const isNobody = (subject: string) => NOBODY.includes(subject) || OPAQUE.test(subject);
