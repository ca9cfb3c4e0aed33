import type { Log } from '../server/log.ts';
import type { Tally } from './job.ts';

/** Tries `work` on each item; one failure does not stop the others. `work` gives how much it did. */
export async function each<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { log, name }: { log: Log; name: string },
  work: (item: Item) => Promise<number | boolean>,
): Promise<Tally> {
  const tally = { seen: 0, done: 0, failed: 0 };
  for await (const item of items) {
    tally.seen += 1;
    try {
      tally.done += Number(await work(item));
    } catch (error) {
      tally.failed += 1;
      log.error({ error, job: name, seen: tally.seen }, 'one item failed');
    }
  }
  return tally;
}
