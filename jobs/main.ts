import { takeFirstSteps } from '../server/boot/first-steps.ts';
import { preferSmallHeap } from '../server/infra/heap-size.ts';
import { loadSandboxBook } from '../server/demo/load-book.ts';
import { openContext } from '../server/boot/open-context.ts';
import { openPlatform } from '../server/boot/open-platform.ts';
import { readEnvironment } from '../server/boot/read-environment.ts';
import { endedWithin, endOnSignal } from '../server/boot/stop-process.ts';
import { ALL_JOBS } from './all-jobs.ts';
import { startJobs } from './start-jobs.ts';

/** So long may jobs under way take to end; the next run of each goes on where this one is cut. */
const IN_HAND_MS = 4500;

/** The cron process, for installations that run jobs apart from the web processes (those with `JOBS=off`). */
async function main(): Promise<void> {
  preferSmallHeap();
  const config = readEnvironment();
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const { platform, sandbox } = await openPlatform(config, { publicUrl, mode: 'join-or-own' });
  const opened = await openContext(config, { platform, publicUrl, database: 'join-or-own' });
  const jobs = startJobs(opened.context, ALL_JOBS);
  opened.context.log.info({ jobs: ALL_JOBS.length }, 'jobs scheduled');
  const ending = new AbortController();
  const fill = async () => {
    if (sandbox) await loadSandboxBook(opened.context, sandbox.book());
  };
  const started = takeFirstSteps(opened.context, { signal: ending.signal, fill });
  endOnSignal(async () => {
    opened.announceEnd();
    ending.abort();
    await endedWithin(IN_HAND_MS, Promise.all([jobs.stop(), started]));
    await opened.close();
    await sandbox?.close();
  });
}

await main();
