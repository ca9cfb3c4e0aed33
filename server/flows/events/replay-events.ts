import type { Context } from '../../context.ts';

/**
 * Puts kept events back to the beginning: all that failed, or one by its id (or the first 8 or more characters of it).
 *
 * @returns the ids that are waiting now, the oldest first; none when the event is under way, or its contents are gone.
 */
export async function replayEvents(
  { inbox, now }: Pick<Context, 'inbox' | 'now'>,
  which: 'failed' | { id: string },
): Promise<string[]> {
  const ids =
    which === 'failed'
      ? (await inbox.list('failed', 10_000)).map(({ _id }) => _id).toReversed()
      : await inbox.idsLike(which.id);
  if (ids.length === 0 || (which !== 'failed' && ids.length > 1)) return [];
  return (await inbox.replay(ids, now())) > 0 ? ids : [];
}
