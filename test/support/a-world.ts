import { onTestFinished } from 'vitest';
import type { Job, RunMode } from '../../jobs/job.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJob } from '../../jobs/sync-contacts.ts';
import type { LogEntry } from '@genjin/wecom-sandbox';
import { aTeamCorp } from './a-team-corp.ts';
import { openWorld, type World, type WorldOptions } from './open-world.ts';
import { keyOf, rememberSynced, syncedBefore, takeOver } from './synced-worlds.ts';

/** A world with hands: `run` runs a job by the clock, `callsOf` gives the platform's log of one API. */
export type LivingWorld = World & {
  run: (job: Job, mode?: RunMode) => Promise<Record<string, number>>;
  callsOf: (path: string, after?: number) => LogEntry[];
};

/** Nothing is older than going live, unless a test is about that. */
const LONG_AGO = '2000-01-03';

/** Clocks jump in tests, and a token that ran out is another test's matter. */
const FOR_EVER_SECONDS = 1e9;

/** A world of the team corp that closes at the end of the test. */
export async function aWorld(options: Partial<WorldOptions> = {}): Promise<LivingWorld> {
  const world = await openWorld(fullOptions(options));
  onTestFinished(() => world.close());
  return { ...world, ...handsOf(world) };
}

/**
 * The same after the first synchronisation, whose calls `callsOf` leaves out. A world that was synchronised before is taken over as
 * it was then: most tests begin with one.
 */
export async function aSyncedWorld(options: Partial<WorldOptions> = {}): Promise<LivingWorld> {
  const key = keyOf(fullOptions(options));
  const before = syncedBefore(key);
  const world = await aWorld(before ? { ...options, corp: before.state.corp } : options);
  if (before) {
    await takeOver(world, before);
    return world;
  }
  const by = { by: 'test', at: world.context.now() };
  await world.context.settings.save('goLive', { value: { day: LONG_AGO }, version: 0 }, by);
  await world.context.settings.markApplied({ name: 'goLive', version: 1 });
  await world.run(syncContactsJob);
  await world.platform.settled();
  await rememberSynced(key, world);
  const last = world.platform.log.after(0).at(-1)?.seq ?? 0;
  return { ...world, callsOf: (path, after = last) => world.callsOf(path, after) };
}

const fullOptions = (options: Partial<WorldOptions>): WorldOptions => ({
  corp: aTeamCorp([]),
  ...options,
  rules: { tokenSeconds: FOR_EVER_SECONDS, ...options.rules },
});

/** What a test does with a world. */
export function handsOf({ context, platform }: World): Pick<LivingWorld, 'run' | 'callsOf'> {
  return {
    async run(job, mode) {
      const ran = await runJob(context, job, mode);
      if (ran.outcome === 'done') return ran.tally;
      throw new Error(`${job.name}: ${ran.outcome}`, ran.outcome === 'failed' ? { cause: ran.error } : {});
    },
    callsOf: (path, after = 0) =>
      platform.log.after(after).filter((entry) => entry.kind === 'api' && entry.path?.endsWith(path)),
  };
}
