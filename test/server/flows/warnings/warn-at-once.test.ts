import { expect, it } from 'vitest';
import { notifyWarningsJob } from '../../../../jobs/notify-warnings.ts';
import { notifiedTo } from '../../../support/due-world.ts';
import { aLeaverWorld } from '../../../support/leaver-world.ts';
import { anAskedWorld, aRecognised } from '../../../support/nps-world.ts';

const standing = async ({ context }: Awaited<ReturnType<typeof aLeaverWorld>>, accountId: string) =>
  (await context.warnings.ofAccounts([accountId], context.now()))
    .filter(({ state }) => state !== 'resolved')
    .map(({ kind }) => kind);

it('warns the owner in the minute when a customer deletes them', async () => {
  const world = await aLeaverWorld();
  const { _id } = await world.accountOf('wm1');
  world.platform.actions.deleteStaff({ userid: 'ben', externalUserId: 'wm1' });
  await world.settled();
  expect(await standing(world, _id)).toContain('contact_left');
  expect(notifiedTo(world, 'ben').join()).toContain('甲公司');
});

it('keeps it for the morning when it happens at night, and tells once', async () => {
  const world = await aLeaverWorld();
  world.setNow('2026-03-11T22:30:00+08:00');
  world.platform.actions.deleteStaff({ userid: 'ben', externalUserId: 'wm1' });
  await world.settled();
  expect(notifiedTo(world, 'ben')).toEqual([]);
  world.setNow('2026-03-12T09:10:00+08:00');
  await world.run(notifyWarningsJob);
  await world.run(notifyWarningsJob);
  expect(notifiedTo(world, 'ben')).toHaveLength(1);
});

it('tells the manager when a member deletes a customer', async () => {
  const world = await aLeaverWorld();
  world.platform.actions.deleteCustomer({ userid: 'ben', externalUserId: 'wm1' });
  await world.settled();
  expect(notifiedTo(world, 'lena').join()).toContain('甲公司');
});

it.each(['2026-03-11T22:30:00+08:00', '2026-03-14T11:00:00+08:00'])(
  'tells owner and manager of a detractor at any hour, though nobody asked to be called (domain.md §11): %s',
  async (late) => {
    const { world, campaign, path } = await anAskedWorld();
    const customer = await aRecognised(world, campaign);
    world.setNow(late);
    expect((await customer.send(path, { score: 3, comment: '慢' })).status).toBe(200);
    await expect.poll(() => notifiedTo(world, 'anna').join()).toContain('3 分');
    await expect.poll(() => notifiedTo(world, 'lena').join()).toContain('3 分');
    await world.run(notifyWarningsJob, { byHand: true });
    expect(notifiedTo(world, 'anna')).toHaveLength(1);
  },
);
