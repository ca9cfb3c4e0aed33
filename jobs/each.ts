import type { Log } from '../server/infra/log.ts';
import { eachAtOnce } from '../server/infra/streams.ts';
import type { Tally } from './job.ts';

/** `lanes`: so many items are worked on at once; one when it is left out. */
type How = { log: Log; name: string; lanes?: number };

/** Tries `work` on each item; one failure does not stop the others. `work` gives how much it did. */
export async function each<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { log, name, lanes = 1 }: How,
  work: (item: Item) => Promise<number | boolean>,
): Promise<Tally> {
  const tally = { seen: 0, done: 0, failed: 0 };
  await eachAtOnce(items, lanes, async (item) => {
    tally.seen += 1;
    const seen = tally.seen;
    try {
      const done = Number(await work(item));
      tally.done += done;
    } catch (error) {
      tally.failed += 1;
      log.error({ error, job: name, seen }, 'one item failed');
    }
  });
  return tally;
}
