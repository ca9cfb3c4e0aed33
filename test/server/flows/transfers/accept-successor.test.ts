import { expect, it } from 'vitest';
import { collectTransfersJob } from '../../../../jobs/collect-transfers.ts';
import { retireLeaversJob } from '../../../../jobs/retire-leavers.ts';
import { acceptSuccessor } from '../../../../server/flows/transfers/accept-successor.ts';
import { aLeaverWorld, DAY_MS } from '../../../support/leaver-world.ts';

/** ben has left, and lena has the card that proposes anna. */
async function anOffer() {
  const world = await aLeaverWorld();
  await world.leave('ben');
  await world.run(retireLeaversJob);
  const card = world.platform.state.messages.find((message) => message.kind === 'app' && message.controls);
  if (card?.kind !== 'app') throw new Error('no card was sent');
  /** lena taps; the callback is through. */
  const tap = async (word: 'accept' | 'postpone') => {
    world.platform.actions.pressCard({
      userid: 'lena',
      taskId: card.controls?.taskId,
      key: `${word}-heir:ben.anna`,
    });
    await world.settled();
  };
  const acceptedBy = async () => (await world.accountOf('wm1')).heirAcceptedBy;
  return { ...world, card, tap, acceptedBy };
}

const tapOf = (staffId: string, subject = 'ben.anna') => ({
  staffId,
  subject,
  responseCode: 'code',
  at: new Date(),
});

it('hands the accounts over once the leader taps on agree: at once ours, a day later WeCom’s', async () => {
  const world = await anOffer();
  await world.tap('accept');
  expect(world.card.controls?.replacedBy).toBe('已同意');
  expect(await world.acceptedBy()).toBe('lena');
  expect(await world.run(collectTransfersJob)).toMatchObject({ started: 3, assigned: 3, failed: 0 });
  expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['anna', 'anna', 'anna']);
  expect(await world.context.transfers.list({ limit: 1 })).toMatchObject([
    { kind: 'resigned', askedBy: 'lena' },
  ]);
  world.pass(DAY_MS);
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 3, started: 0 });
});

it('only greys the card when the leader postpones', async () => {
  const world = await anOffer();
  await world.tap('postpone');
  expect(world.card.controls?.replacedBy).toBe('稍后处理');
  expect(await world.acceptedBy()).toBeNull();
  await world.run(collectTransfersJob);
  expect(await world.ownersOf('wm1')).toEqual([null]);
});

it('lets nobody agree who does not lead the leaver; an administrator may', async () => {
  const world = await anOffer();
  for (const staffId of ['mark', 'anna', 'ben', 'nobody'])
    await acceptSuccessor(world.context, tapOf(staffId));
  expect(await world.acceptedBy()).toBeNull();
  await acceptSuccessor(world.context, tapOf('olga'));
  expect(await world.acceptedBy()).toBe('olga');
});

it('keeps the first agreement when two agree, and needs no card that can still be changed', async () => {
  const world = await anOffer();
  for (const staffId of ['olga', 'lena']) await acceptSuccessor(world.context, tapOf(staffId));
  expect(await world.acceptedBy()).toBe('olga');
});

it('keeps the agreement when the card cannot be changed now, so that the event is tried again', async () => {
  const world = await anOffer();
  world.platform.faults.plan('update_template_card', { errcode: -1 });
  await expect(acceptSuccessor(world.context, tapOf('lena'))).rejects.toThrow('-1');
  expect(await world.acceptedBy()).toBe('lena');
});

it.each(['ben.carl', 'carl.anna', 'nobody', 'x.y'])(
  'hands over nothing for %s, which nobody proposed',
  async (subject) => {
    const world = await anOffer();
    await acceptSuccessor(world.context, tapOf('olga', subject));
    expect(await world.context.pool.pairs({ isAccepted: true })).toEqual([]);
  },
);

it('hands nothing to an heir who has left meanwhile, and proposes somebody else', async () => {
  const world = await anOffer();
  await world.leave('anna');
  await world.tap('accept');
  expect(world.card.controls?.replacedBy).toBe('接手人已不在职');
  expect(await world.acceptedBy()).toBeNull();
  await world.run(retireLeaversJob);
  expect(await world.accountOf('wm1')).toMatchObject({ heirId: 'lena', heirWhy: { rule: 'leader' } });
});

it('hands nothing to an heir who left after the agreement, which then no longer counts', async () => {
  const world = await anOffer();
  await world.tap('accept');
  await world.leave('anna');
  expect(await world.run(collectTransfersJob)).toMatchObject({ started: 0, failed: 0 });
  await world.run(retireLeaversJob);
  expect(await world.accountOf('wm1')).toMatchObject({ heirId: 'lena', heirAcceptedBy: null, ownerId: null });
});

it('finds both members when their ids hold dots, and after they were changed', async () => {
  const world = await anOffer();
  const anna = await world.context.staff.find('anna');
  if (anna) await world.context.staff.saveAll([{ ...anna, _id: 'an.na', formerIds: [] }]);
  await world.context.pool.moveStaff('anna', 'an.na');
  await acceptSuccessor(world.context, tapOf('lena', 'ben.an.na'));
  expect(await world.acceptedBy()).toBe('lena');
});

it('takes the agreement back when WeCom does not start the transfer: the accounts stay in the pool', async () => {
  const world = await anOffer();
  await world.tap('accept');
  world.platform.faults.next('resigned/transfer_customer', { errcode: 40099 });
  await world.run(collectTransfersJob);
  expect(await world.acceptedBy()).toBeNull();
  expect(await world.ownersOf('wm1')).toEqual([null]);
  await world.run(collectTransfersJob);
  expect(world.callsOf('resigned/transfer_customer')).toHaveLength(1);
});

it('hands over as between colleagues what a disabled member leaves: WeCom has them still', async () => {
  const world = await aLeaverWorld();
  world.platform.actions.updateStaff({ userid: 'ben', status: 2 });
  await world.settled();
  world.pass(7 * DAY_MS);
  await world.run(retireLeaversJob);
  await acceptSuccessor(world.context, tapOf('lena'));
  await world.run(collectTransfersJob);
  expect(await world.context.transfers.list({ limit: 1 })).toMatchObject([
    { kind: 'on_job', state: 'waiting' },
  ]);
  expect(await world.ownersOf('wm1')).toEqual([null]);
  world.pass(DAY_MS);
  await world.run(collectTransfersJob);
  expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['anna', 'anna', 'anna']);
});
