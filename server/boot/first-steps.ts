import { setTimeout as delay } from 'node:timers/promises';
import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { retryInboxJob } from '../../jobs/retry-inbox.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJob } from '../../jobs/sync-contacts.ts';
import type { Context } from '../context.ts';
import { adoptAccounts } from '../flows/accounts/adopt-accounts.ts';
import { beginGoLive } from '../flows/settings/begin-go-live.ts';

/**
 * `fill` is done once the first synchronisation has ended, `settle` after the classification that follows. `pauseMs` is the
 * time before try number `tries` + 1. `goLiveOn` (YYYY-MM-DD) is the day to begin on where none is set.
 */
export type FirstSteps = {
  signal: AbortSignal;
  goLiveOn?: string;
  fill?: () => Promise<void>;
  settle?: () => Promise<void>;
  pauseMs?: (tries: number) => number;
};

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** 10 s, 20 s, 40 s … 10 min. */
const growing = (tries: number) => Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);

/**
 * What a restart left behind is taken up, and a new installation is filled. The first synchronisation is repeated until it has
 * ended: whoever follows the manual starts before the app has its permissions, and gives them while this waits.
 */
export async function takeFirstSteps(context: Context, steps: FirstSteps): Promise<void> {
  const { signal, fill, settle, pauseMs = growing } = steps;
  await runJob(context, retryInboxJob);
  await adoptAccounts(context);
  await beginGoLive(context, steps.goLiveOn);
  for (let tries = 1; await isNew(context); tries += 1) {
    await runJob(context, syncContactsJob);
    if (await context.syncs.hasEnded()) {
      await fill?.();
      await runJob(context, classifyAccountsJob);
      await settle?.();
      return;
    }
    context.log.warn(
      { tries, nextInMs: pauseMs(tries) },
      'first synchronisation not done; it is tried again',
    );
    await delay(pauseMs(tries), undefined, { signal }).catch(() => undefined); // only the signal ends it early
    if (signal.aborted) return;
  }
}

/** Until every member was read once and the accounts were classified with what that gave. */
async function isNew({ syncs, runs }: Context): Promise<boolean> {
  if (!(await syncs.hasEnded())) return true;
  return !(await runs.find(classifyAccountsJob.name))?.lastGoodAt;
}
