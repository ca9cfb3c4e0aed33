import { expect, it } from 'vitest';
import { retireLeaversJob } from '../../../../jobs/retire-leavers.ts';
import { listSuccessorOffers } from '../../../../server/flows/pool/list-successor-offers.ts';
import { acceptSuccessor } from '../../../../server/flows/transfers/accept-successor.ts';
import { aLeaverWorld, DAY_MS, type LeaverWorld } from '../../../support/leaver-world.ts';

/** Every card with buttons that came to somebody. */
const cards = ({ platform }: Pick<LeaverWorld, 'platform'>) =>
  platform.state.messages.flatMap((message) => {
    if (message.kind !== 'app' || !message.controls) return [];
    const keys = message.controls.buttons.map(({ key }) => key);
    return [{ to: message.to, lines: message.card?.description.split('\n'), keys }];
  });

it('asks the leader with one card for each heir, which says who has gone and how much waits', async () => {
  const world = await aLeaverWorld();
  await world.context.accounts.update((await world.accountOf('wm1'))._id, { deputyId: 'anna' });
  await world.leave('ben');
  expect(await world.run(retireLeaversJob)).toMatchObject({ offered: 1, failed: 0 });
  expect(cards(world)).toEqual([
    {
      to: 'lena',
      lines: ['请确认由谁接手', 'ben 已离职，3 位客户待接手，建议由 anna 接手'],
      keys: ['accept-heir:ben.anna', 'postpone-heir:ben.anna'],
    },
  ]);
});

it('asks once, whatever is repeated', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  for (const _ of [1, 2]) await world.run(retireLeaversJob);
  world.pass(DAY_MS);
  expect(await world.run(retireLeaversJob)).toMatchObject({ offered: 0 });
  expect(cards(world)).toHaveLength(1);
});

it('asks the direct leaders before those of the department, and administrators where nobody leads', async () => {
  const world = await aLeaverWorld();
  const ben = await world.context.staff.find('ben');
  if (ben) await world.context.staff.saveAll([{ ...ben, directLeaderIds: ['mark', 'carl'] }]);
  await world.leave('ben');
  await world.run(retireLeaversJob);
  expect(cards(world).map(({ to }) => to)).toEqual(['carl', 'mark']);
  const other = await aLeaverWorld();
  for (const leader of ['lena', 'mark']) other.platform.actions.updateStaff({ userid: leader, leads: [] });
  await other.settled();
  await other.leave('ben');
  await other.run(retireLeaversJob);
  expect(new Set(cards(other).map(({ to }) => to))).toEqual(new Set(['olga']));
});

it('asks again about another heir when the first one leaves', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  await world.run(retireLeaversJob);
  await world.leave('anna');
  await world.run(retireLeaversJob);
  expect(cards(world).map(({ keys }) => keys[0])).toEqual(['accept-heir:ben.anna', 'accept-heir:ben.lena']);
});

it('releases accounts on a holiday, and asks on the next working day', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  world.setNow('2026-03-14T10:00:00+08:00');
  await world.run(retireLeaversJob);
  expect(await world.ownersOf('wm1')).toEqual([null]);
  expect(cards(world)).toEqual([]);
  world.setNow('2026-03-16T10:00:00+08:00');
  await world.run(retireLeaversJob);
  expect(cards(world)).toHaveLength(1);
});

it('tries again when WeCom refused the card, and asks others meanwhile', async () => {
  const world = await aLeaverWorld({
    followings: [
      ['ben', 'wm1', '甲公司'],
      ['carl', 'wm2', '乙公司'],
    ],
  });
  await world.leave('ben');
  await world.leave('carl');
  world.platform.faults.next('message/send', { errcode: 81013 });
  expect(await world.run(retireLeaversJob)).toMatchObject({ offered: 1, failed: 1 });
  expect(await world.run(retireLeaversJob)).toMatchObject({ offered: 1, failed: 0 });
});

it('asks nobody about what was agreed to', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  await world.run(retireLeaversJob);
  const tap = { staffId: 'lena', subject: 'ben.anna', responseCode: 'used', at: world.context.now() };
  await acceptSuccessor(world.context, tap);
  expect(await listSuccessorOffers(world.context)).toEqual([]);
});

it('lets a disabled member keep the accounts for a week, and tells administrators', async () => {
  const world = await aLeaverWorld();
  world.platform.actions.updateStaff({ userid: 'ben', status: 2 });
  await world.settled();
  world.pass(7 * DAY_MS - 1);
  for (const _ of [1, 2]) await world.run(retireLeaversJob);
  expect(await world.ownersOf('wm1')).toEqual(['ben']);
  expect(await world.context.notices.open()).toMatchObject([
    { kind: 'staff-disabled', subject: 'ben', times: 1 },
  ]);
  world.pass(1);
  await world.run(retireLeaversJob);
  expect(await world.ownersOf('wm1')).toEqual([null]);
  expect(await world.context.staff.find('ben')).toMatchObject({ standing: 'disabled' });
  expect(cards(world)[0]?.lines).toContain('ben 已停用，3 位客户待接手，建议由 anna 接手');
  await world.run(retireLeaversJob);
  expect(await world.openNotices()).toEqual([]);
});

it('says no more of a disabled member who is back', async () => {
  const world = await aLeaverWorld();
  for (const status of [2, 1] as const) {
    world.pass(1000);
    world.platform.actions.updateStaff({ userid: 'ben', status });
    await world.settled();
    await world.run(retireLeaversJob);
    expect(await world.openNotices()).toEqual(status === 2 ? ['staff-disabled:ben'] : []);
  }
  world.pass(8 * DAY_MS);
  await world.run(retireLeaversJob);
  expect(await world.ownersOf('wm1')).toEqual(['ben']);
});

it('never releases accounts of members who have yet to begin', async () => {
  const world = await aLeaverWorld();
  world.platform.actions.updateStaff({ userid: 'ben', status: 4 });
  await world.settled();
  world.pass(30 * DAY_MS);
  await world.run(retireLeaversJob);
  expect(await world.ownersOf('wm1')).toEqual(['ben']);
  expect(await world.openNotices()).toEqual([]);
});
