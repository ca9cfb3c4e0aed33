import type { Context } from '../../context.ts';

type Needs = Pick<Context, 'merges' | 'log' | 'now'>;

const HOUR_MS = 3_600_000;

/**
 * Ends merges and returns that were cut short, and brings over what others wrote late into an account that had just gone.
 *
 * @returns how many were looked at, and how many failed, which the next run tries again.
 */
export async function settleMerges({ merges, log, now }: Needs): Promise<{ seen: number; failed: number }> {
  const tally = { seen: 0, failed: 0 };
  for await (const merge of merges.unsettled(new Date(now().getTime() - HOUR_MS))) {
    tally.seen += 1;
    try {
      await (merge.state === 'undoing' ? merges.takeBack(merge) : merges.carryOut(merge));
    } catch (error) {
      tally.failed += 1;
      log.warn({ error, mergeId: merge._id }, 'merge not settled');
    }
  }
  return tally;
}
