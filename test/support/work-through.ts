import { expect, vi } from 'vitest';
import { retryInboxJob } from '../../jobs/retry-inbox.ts';
import type { LivingWorld } from './a-world.ts';

const HOUR_MS = 3_600_000;
const LONGEST_MS = 300_000; // five hundred events on a machine that is busy with other tests

/** Hours pass on the world's clock until every event was worked on; retries have their turn once an hour. */
export async function workThrough(world: LivingWorld): Promise<void> {
  const { inbox, now } = world.context;
  await vi.waitFor(
    async () => {
      await world.settled();
      if ((await openEvents(inbox)) === 0) return;
      world.setNow(new Date(now().getTime() + HOUR_MS));
      await world.run(retryInboxJob);
      expect(await openEvents(inbox)).toBe(0);
    },
    { timeout: LONGEST_MS, interval: 100 },
  );
}

const openEvents = async (inbox: LivingWorld['context']['inbox']): Promise<number> =>
  (await inbox.count('waiting')) + (await inbox.count('working'));
