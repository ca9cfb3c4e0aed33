import type { Context } from '../../context.ts';
import type { EventState } from '../../domain/event.ts';

/** Kept callback events, the newest first; without their contents, which may be personal. */
export async function listEvents(
  { inbox }: Pick<Context, 'inbox'>,
  { state, limit }: { state: EventState | null; limit: number },
) {
  const events = await inbox.list(state, limit);
  return events.map(({ _id: id, kind, subject, state: now, tries, error, receivedAt }) => ({
    id,
    kind,
    subject,
    state: now,
    tries,
    error,
    receivedAt: receivedAt.toISOString(),
  }));
}
