import type { Context } from '../../context.ts';
import { EVENT_STATES } from '../../domain/event.ts';

/** How many events are in each state, and when each job last ended well: what only the database knows. */
export async function countStates({ inbox, runs }: Pick<Context, 'inbox' | 'runs'>) {
  const counts = await Promise.all(
    EVENT_STATES.map(async (state) => [state, await inbox.count(state)] as const),
  );
  const jobs = (await runs.all()).map(({ _id, lastGoodAt }) => [_id, lastGoodAt] as const);
  return { events: counts, jobs };
}
