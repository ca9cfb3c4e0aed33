import { expect, it } from 'vitest';
import { collectTransfersJob } from '../../../../jobs/collect-transfers.ts';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { collectTransfers } from '../../../../server/flows/transfers/collect-transfers.ts';
import { settleTransfer } from '../../../../server/flows/transfers/settle-transfer.ts';
import { startTransfer } from '../../../../server/flows/transfers/start-transfer.ts';
import { aLeaverWorld, DAY_MS, type LeaverWorld } from '../../../support/leaver-world.ts';

/** ben hands everything to carl; a day passes when `isDone`. */
async function aTransfer(kind: 'on_job' | 'resigned') {
  const world = await aLeaverWorld();
  if (kind === 'resigned') {
    await world.leave('ben');
    await retireMember(world.context, 'ben', world.context.now());
  }
  const askedAt = world.context.now();
  const wish = { kind, handoverId: 'ben', takeoverId: 'carl', accountIds: null, askedBy: 'lena' };
  expect(await startTransfer(world.context, wish)).toMatchObject({ started: 3 });
  return { ...world, askedAt };
}

const statesOf = async ({ context }: Pick<LeaverWorld, 'context'>) =>
  new Map((await context.transfers.list({ limit: 100 })).map((each) => [each.externalUserId, each.state]));
const cutShort = () => Promise.reject(new Error('cut'));
const WM1 = { staffId: 'ben', externalUserId: 'wm1' };

it.each(['on_job', 'resigned'] as const)(
  '%s: what is done moves the relation and the account',
  async (kind) => {
    const world = await aTransfer(kind);
    const { context, askedAt } = world;
    world.pass(DAY_MS);
    const tally = await world.run(collectTransfersJob);
    await world.settled();
    expect(tally).toMatchObject({ changed: 3, failed: 0 });
    const takeoverAt = new Date(askedAt.getTime() + DAY_MS);
    expect(await context.relations.find(WM1)).toMatchObject({ lostBy: 'transferred', lostAt: takeoverAt });
    expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['carl', 'carl', 'carl']);
    const [transfer] = await context.transfers.list({ state: 'done', limit: 1 });
    expect(transfer).toMatchObject({ takeoverAt, settledAt: context.now() });
    const changes = await context.history.ofAccount((await world.accountOf('wm1'))._id);
    expect(changes.filter(({ to }) => to === 'carl')).toHaveLength(1);
    expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 0 });
  },
);

it('keeps until when WeCom waits, and polls on after two days and more', async () => {
  const world = await aTransfer('on_job');
  const { context, askedAt } = world;
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 0 });
  const takeoverAt = new Date(askedAt.getTime() + DAY_MS);
  expect(await context.transfers.list({ limit: 1 })).toMatchObject([{ state: 'waiting', takeoverAt }]);
  for (const row of world.platform.state.transfers) row.takeoverAt += 5 * 86_400;
  world.pass(3 * DAY_MS);
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 0 });
  world.pass(3 * DAY_MS);
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 3 });
  expect(await world.ownersOf('wm1')).toEqual(['carl']);
});

it('leaves a colleague’s account with its owner when the customer refuses, and tells administrators', async () => {
  const world = await aTransfer('on_job');
  world.platform.actions.refuseTransfer({ takeoverId: 'carl', externalUserId: 'wm1' });
  world.platform.actions.failTransferFull({ takeoverId: 'carl', externalUserId: 'wm2' });
  await world.settled();
  world.pass(DAY_MS);
  await world.run(collectTransfersJob);
  expect(await statesOf(world)).toEqual(
    new Map([
      ['wm1', 'refused'],
      ['wm2', 'full'],
      ['wm3', 'done'],
    ]),
  );
  expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['ben', 'ben', 'carl']);
  expect(await world.context.relations.find(WM1)).toMatchObject({ lostAt: null });
  expect((await world.openNotices()).toSorted()).toEqual([
    'transfer-full:ben.carl',
    'transfer-refused:ben.carl',
  ]);
});

it('leaves a leaver’s account with the taker when the customer refuses: somebody has to call', async () => {
  const world = await aTransfer('resigned');
  world.platform.actions.refuseTransfer({ takeoverId: 'carl', externalUserId: 'wm1' });
  await world.run(collectTransfersJob);
  expect((await statesOf(world)).get('wm1')).toBe('refused');
  expect(await world.ownersOf('wm1')).toEqual(['carl']);
});

it('moves no account that has gone to somebody else meanwhile', async () => {
  const world = await aTransfer('on_job');
  await world.context.accounts.update((await world.accountOf('wm1'))._id, { ownerId: 'anna' });
  world.pass(DAY_MS);
  await world.run(collectTransfersJob);
  expect(await world.ownersOf('wm1', 'wm3')).toEqual(['anna', 'carl']);
});

it('finishes what was cut short between the account and the transfer', async () => {
  const world = await aTransfer('on_job');
  world.pass(DAY_MS);
  const { transfers } = world.context;
  const cut = { ...world.context, transfers: { ...transfers, settle: cutShort } };
  const pair = { kind: 'on_job', handoverId: 'ben', takeoverId: 'carl' } as const;
  await expect(collectTransfers(cut, pair)).rejects.toThrow('cut');
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 3 });
  const changes = await world.context.history.ofAccount((await world.accountOf('wm1'))._id);
  expect(changes.filter(({ kind }) => kind === 'owner')).toHaveLength(1);
});

it('goes on with other pairs when WeCom refuses to tell about one', async () => {
  const world = await aTransfer('on_job');
  const other = {
    kind: 'on_job',
    handoverId: 'anna',
    takeoverId: 'lena',
    accountIds: null,
    askedBy: 'lena',
  } as const;
  await startTransfer(world.context, other);
  world.pass(DAY_MS);
  world.platform.faults.next('externalcontact/transfer_result', { errcode: 40003 });
  expect(await world.run(collectTransfersJob)).toMatchObject({ failed: 1 });
  expect(await world.run(collectTransfersJob)).toMatchObject({ failed: 0 });
  expect(new Set((await statesOf(world)).values())).toEqual(new Set(['done']));
});

const event = { takeoverId: 'carl', externalUserId: 'wm1', outcome: 'refused' } as const;

it('settles by the event, once, without asking WeCom', async () => {
  const world = await aTransfer('on_job');
  const at = new Date(world.askedAt.getTime() + 1000);
  for (const outcome of ['refused', 'full'] as const)
    await settleTransfer(world.context, { ...event, outcome, at });
  expect(await world.context.transfers.list({ state: 'refused', limit: 5 })).toMatchObject([
    { externalUserId: 'wm1', settledAt: at },
  ]);
  expect(await world.openNotices()).toEqual(['transfer-refused:ben.carl']);
  expect(world.callsOf('transfer_result')).toEqual([]);
});

it('settles nothing by an event about another contact, another taker or an earlier transfer', async () => {
  const world = await aTransfer('on_job');
  const at = world.askedAt;
  await settleTransfer(world.context, { ...event, externalUserId: 'wm9', at });
  await settleTransfer(world.context, { ...event, takeoverId: 'anna', at });
  await settleTransfer(world.context, { ...event, at: new Date(at.getTime() - 600_001) });
  expect(new Set((await statesOf(world)).values())).toEqual(new Set(['waiting']));
  await settleTransfer(world.context, { ...event, at: new Date(at.getTime() - 600_000) });
  expect((await statesOf(world)).get('wm1')).toBe('refused');
});

it('moves whom it can read, and leaves as it is of whom WeCom tells in another shape', async () => {
  const world = await aTransfer('on_job');
  const row = world.platform.state.transfers.find(({ externalUserId }) => externalUserId === 'wm1');
  const { status } = row ?? {};
  world.pass(DAY_MS);
  Object.assign(row ?? {}, { status: {} });
  expect(await world.run(collectTransfersJob)).toMatchObject({ changed: 2, failed: 0 });
  expect((await statesOf(world)).get('wm1')).toBe('waiting');
  world.pass(30 * DAY_MS);
  await world.run(collectTransfersJob);
  expect((await statesOf(world)).get('wm1')).toBe('waiting');
  Object.assign(row ?? {}, { status });
  await world.run(collectTransfersJob);
  expect((await statesOf(world)).get('wm1')).not.toBe('waiting');
});
