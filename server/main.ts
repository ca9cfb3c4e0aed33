import { ALL_JOBS } from '../jobs/all-jobs.ts';
import { readJobs } from '../jobs/list-jobs.ts';
import { runJob } from '../jobs/run-job.ts';
import { startJobs } from '../jobs/start-jobs.ts';
import { syncContactsJob } from '../jobs/sync-contacts.ts';
import { watchAccountsJob } from '../jobs/watch-accounts.ts';
import { createMetricsApp } from './api/health.ts';
import { sandboxActs } from './api/sandbox-acts.ts';
import { createApp } from './app.ts';
import { createEventWork } from './callback/event-work.ts';
import { startPump } from './callback/pump.ts';
import { isSandbox } from './boot/config-mode.ts';
import type { Config } from './boot/config.ts';
import { addDays, calendarDay } from './domain/calendar.ts';
import type { Context } from './context.ts';
import { recomputeDue } from './flows/accounts/recompute-due.ts';
import { takeFirstSteps, type FirstSteps } from './boot/first-steps.ts';
import { loadSandboxBook } from './demo/load-book.ts';
import { preferThroughput } from './infra/heap-size.ts';
import { listen, type Listening } from './boot/listen.ts';
import { openContext } from './boot/open-context.ts';
import { openPlatform, PAGES_DIR } from './boot/open-platform.ts';
import { readEnvironment } from './boot/read-environment.ts';
import type { Sandbox } from './demo/open-sandbox.ts';
import { actsOf } from './boot/acts-of-sandbox.ts';
import { endedWithin, endOnSignal } from './boot/stop-process.ts';
import { reviewProxy } from './api/warn-of-proxy.ts';

/** So long may work in hand take to end; of the rest, the inbox and the jobs' own marks know at the next start. */
const IN_HAND_MS = 4500;

/** The web process: config → platform → context → app → jobs; on SIGTERM the other way round. */
async function main(): Promise<void> {
  preferThroughput();
  const config = readEnvironment();
  const door = await listen(hostOf(config), config.PORT);
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${door.port}`;
  const { platform, sandbox, now } = await openPlatform(config, { publicUrl, mode: 'own' });
  const opened = await openContext(config, { platform, publicUrl, database: 'own', now });
  sandbox?.announce();
  const { context, keys } = opened;
  const queue = createEventWork(context);
  const before = sandbox?.platform ? [sandboxActs(actsOf(context)), sandbox.platform.middleware] : [];
  const more = { before, beginSync: () => beginSync(context), readJobs };
  const app = createApp({ context, keys, queue, pagesDir: PAGES_DIR, ...more });
  door.handle(app.callback());
  const numbers = await openNumbers(config, context);
  await reviewProxy(context);
  const pump = startPump(context, queue);
  const jobs = config.JOBS === 'on' ? startJobs(context, ALL_JOBS) : null;
  greet(config, context, door);
  openCallbacks(sandbox, door);
  const ending = new AbortController();
  const started = jobs && firstSteps(context, stepsOf(context, sandbox, ending.signal));
  endOnSignal(async () => {
    context.log.info({}, 'stopping: work in hand is finished first');
    opened.announceEnd();
    ending.abort();
    const inHand = Promise.all([jobs?.stop(), pump.stop(), door.close(), numbers?.close(), started]).then(
      queue.stop,
    );
    if (!(await endedWithin(IN_HAND_MS, inHand)))
      context.log.warn({}, 'stopping in the midst of work, which is taken up at the next start');
    await sandbox?.close();
    await opened.close();
  });
}

const firstSteps = (context: Context, steps: FirstSteps) =>
  takeFirstSteps(context, steps).catch((error: unknown) => {
    context.log.error({ error }, 'first steps not finished; they are taken again at the next start');
  });

/** A port of its own for numbers, where one is set. */
async function openNumbers(config: Config, context: Context): Promise<Listening | null> {
  if (config.METRICS_PORT === undefined) return null;
  const door = await listen(hostOf(config), config.METRICS_PORT);
  door.handle(createMetricsApp(context).callback());
  return door;
}

const hostOf = (config: Config) => config.HOST ?? (isSandbox(config) ? '127.0.0.1' : '0.0.0.0');

/** A new sandbox gets its book, and its warnings from the first minute. */
const stepsOf = (context: Context, sandbox: Sandbox | null, signal: AbortSignal): FirstSteps => {
  if (!sandbox) return { signal };
  return {
    signal,
    goLiveOn: sandboxGoLive(context),
    fill: async () => {
      await loadSandboxBook(context, sandbox.book());
      await recomputeDue(context);
    },
    settle: async () => void (await runJob(context, watchAccountsJob)),
  };
};

/** Begins one now, unless one is under way. */
async function beginSync(context: Context): Promise<'begun' | 'busy'> {
  if (await context.locks.isHeld(`job:${syncContactsJob.name}`)) return 'busy';
  void runJob(context, syncContactsJob, { byHand: true });
  return 'begun';
}

const SANDBOX_LIVE_DAYS = 120;

/** The sandbox has been live for long enough to be late with something, so that its warnings are there. Source: domain.md §6. */
const sandboxGoLive = ({ now, site }: Context) =>
  addDays(calendarDay(now(), site.timeZone), -SANDBOX_LIVE_DAYS);

/** The sandbox platform sends its callbacks here, over real HTTP. */
function openCallbacks(sandbox: Sandbox | null, { port }: Listening): void {
  sandbox?.platform?.setCallbackUrl(`http://127.0.0.1:${port}/wecom/callback`);
}

function greet(config: Config, context: Context, { port }: Listening): void {
  const mode = isSandbox(config) ? 'sandbox' : 'wecom';
  context.log.info({ port, mode, publicUrl: context.site.publicUrl }, 'listening');
  if (mode === 'sandbox')
    process.stdout.write(`\n  Genjin 跟进 · 沙箱已启动：${context.site.publicUrl}/sandbox/\n\n`);
}

/** One line for people; the stack only where it helps us. */
function fail(error: unknown): never {
  const isKnown =
    error instanceof Error && (['DatabaseInUseError', 'StartError'].includes(error.name) || 'code' in error);
  process.stderr.write(
    `Genjin cannot start: ${isKnown ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`,
  );
  process.exit(1);
}

main().catch(fail);
