import { growHeapSlowly } from '../server/heap-growth.ts';
import { openContext } from '../server/open-context.ts';
import { openPlatform } from '../server/open-platform.ts';
import { readEnvironment } from '../server/read-environment.ts';
import { ALL_JOBS } from './all-jobs.ts';
import { startJobs } from './start-jobs.ts';

/** The cron process, for installations that run jobs apart from the web processes (those with `JOBS=off`). */
async function main(): Promise<void> {
  growHeapSlowly();
  const config = readEnvironment();
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const { platform, sandbox } = await openPlatform(config, { publicUrl, mode: 'join-or-own' });
  const opened = await openContext(config, { platform, publicUrl, database: 'join-or-own' });
  const jobs = startJobs(opened.context, ALL_JOBS);
  opened.context.log.info({ jobs: ALL_JOBS.length }, 'jobs scheduled');
  const stop = async () => {
    await jobs.stop();
    await opened.close();
    await sandbox?.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit()));
  }
}

await main();
