import type { Context } from '../../context.ts';
import { EVENT_STATES } from '../../domain/system/event.ts';

/**
 * How many events are in each state, for how many seconds the oldest of them waits (0 when none does), and when each job last
 * ended well: what only the database knows.
 */
export async function countStates({ inbox, runs, now }: Pick<Context, 'inbox' | 'runs' | 'now'>) {
  const counts = await Promise.all(
    EVENT_STATES.map(async (state) => [state, await inbox.count(state)] as const),
  );
  const waitingSince = await inbox.oldestWaitingAt();
  const oldestSeconds = waitingSince ? Math.max(0, (now().getTime() - waitingSince.getTime()) / 1000) : 0;
  const jobs = (await runs.all()).map(({ _id, lastGoodAt }) => [_id, lastGoodAt] as const);
  return { events: counts, oldestSeconds, jobs };
}
