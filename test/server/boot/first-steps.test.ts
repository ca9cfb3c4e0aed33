import { expect, it, vi } from 'vitest';
import { takeFirstSteps } from '../../../server/boot/first-steps.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld } from '../../support/a-world.ts';

const CORP = () => aTeamCorp([['anna', 'wm1', '公司']]);
const REFUSED = { errcode: 48002 };
const SOON = { pauseMs: () => 1, signal: new AbortController().signal };

it('repeats the first synchronisation until the app has its permissions, then classifies', async () => {
  const world = await aWorld({ corp: CORP() });
  for (let n = 0; n < 3; n += 1) world.platform.faults.next('get_follow_user_list', REFUSED);
  const fill = vi.fn<() => Promise<void>>(async () => undefined);
  await takeFirstSteps(world.context, { ...SOON, fill });
  expect(fill).toHaveBeenCalledTimes(1);
  expect(await world.context.syncs.latest()).toMatchObject({ state: 'done', isFirst: true, failure: null });
  expect((await world.context.runs.find('classify-accounts'))?.lastGoodAt).toBeInstanceOf(Date);
});

it('does not take a classification of nothing for a good one, so that the next start synchronises', async () => {
  const world = await aWorld({ corp: CORP() });
  const { classifyAccountsJob } = await import('../../../jobs/classify-accounts.ts');
  await world.run(classifyAccountsJob);
  expect((await world.context.runs.find('classify-accounts'))?.lastGoodAt ?? null).toBeNull();
  await takeFirstSteps(world.context, { ...SOON, fill: async () => undefined });
  expect(await world.context.syncs.hasEnded()).toBe(true);
});

it('leaves an installation alone that has been filled', async () => {
  const world = await aWorld({ corp: CORP() });
  const steps = { ...SOON, fill: async () => undefined };
  await takeFirstSteps(world.context, steps);
  const first = await world.context.syncs.latest();
  await takeFirstSteps(world.context, steps);
  expect(await world.context.syncs.latest()).toEqual(first);
});

it('stops waiting when the process ends', async () => {
  const world = await aWorld({ corp: CORP() });
  world.platform.faults.next('get_follow_user_list', REFUSED);
  const ending = new AbortController();
  const pauseMs = () => {
    setImmediate(() => ending.abort());
    return 3_600_000;
  };
  await takeFirstSteps(world.context, { signal: ending.signal, fill: async () => undefined, pauseMs });
  expect(await world.context.syncs.hasEnded()).toBe(false);
});
