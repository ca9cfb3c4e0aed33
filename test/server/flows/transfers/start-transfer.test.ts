import { describe, expect, it } from 'vitest';
import { collectTransfersJob } from '../../../../jobs/collect-transfers.ts';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { startTransfer, type TransferRequest } from '../../../../server/flows/transfers/start-transfer.ts';
import type { Following } from '../../../support/a-team-corp.ts';
import { aLeaverWorld, DAY_MS, type LeaverWorld } from '../../../support/leaver-world.ts';

const wish = (more: Partial<TransferRequest> = {}): TransferRequest => ({
  kind: 'on_job',
  handoverId: 'ben',
  takeoverId: 'carl',
  accountIds: null,
  askedBy: 'lena',
  ...more,
});

/** ben has left, and his accounts lie in the pool. */
async function aWorldWithoutBen(...setting: Parameters<typeof aLeaverWorld>) {
  const world = await aLeaverWorld(...setting);
  await world.leave('ben');
  await retireMember(world.context, 'ben', world.context.now());
  return world;
}

const statesOf = async ({ context }: Pick<LeaverWorld, 'context'>) =>
  (await context.transfers.list({ limit: 100 }))
    .map(({ externalUserId, state, errcode }) => [externalUserId, state, errcode])
    .toSorted();

const START = 'externalcontact/transfer_customer';
const RESIGNED = 'resigned/transfer_customer';

it('asks WeCom for every contact of a colleague; the accounts stay until it is done', async () => {
  const world = await aLeaverWorld();
  const report = await startTransfer(world.context, wish());
  expect(report).toEqual({ started: 3, assigned: 0, problems: [] });
  expect(await statesOf(world)).toEqual([
    ['wm1', 'waiting', null],
    ['wm2', 'waiting', null],
    ['wm3', 'waiting', null],
  ]);
  expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['ben', 'ben', 'ben']);
  expect(world.callsOf(START)).toHaveLength(1);
});

it('gives a leaver’s accounts to the taker at once, out of the pool, with the change in the history', async () => {
  const world = await aWorldWithoutBen();
  const report = await startTransfer(world.context, wish({ kind: 'resigned' }));
  expect(report).toEqual({ started: 3, assigned: 3, problems: [] });
  const account = await world.accountOf('wm1');
  expect(account).toMatchObject({
    ownerId: 'carl',
    formerOwnerId: 'ben',
    pooledAt: null,
    heirId: null,
    heirWhy: null,
  });
  const change = { kind: 'owner', from: 'ben', to: 'carl', by: 'lena', why: { transfer: 'resigned' } };
  const history = await world.context.history.ofAccount(account._id);
  expect(history).toEqual(expect.arrayContaining([expect.objectContaining(change)]));
});

it('hands over only the accounts that were named', async () => {
  const world = await aLeaverWorld();
  const accountIds = [(await world.accountOf('wm1'))._id];
  expect(await startTransfer(world.context, wish({ accountIds }))).toMatchObject({ started: 1 });
  expect((await statesOf(world)).map(([id]) => id)).toEqual(['wm1']);
});

it('with everything hands over contacts whose account belongs to somebody else, too, but not that account', async () => {
  const world = await aWorldWithoutBen();
  await world.context.accounts.update((await world.accountOf('wm1'))._id, { ownerId: 'anna' });
  expect(await startTransfer(world.context, wish({ kind: 'resigned' }))).toMatchObject({
    started: 3,
    assigned: 2,
  });
  expect(await world.ownersOf('wm1', 'wm2')).toEqual(['anna', 'carl']);
});

it('gives accounts without anybody to move to the taker at once, of a colleague, too', async () => {
  const world = await aLeaverWorld();
  const key = { staffId: 'ben', externalUserId: 'wm1' };
  await world.context.relations.lose(key, 'by_staff', world.context.now());
  expect(await startTransfer(world.context, wish())).toMatchObject({ started: 2, assigned: 1 });
  expect(await world.ownersOf('wm1', 'wm3')).toEqual(['carl', 'ben']);
});

it('moves contacts of a leaver of whom WeCom stopped telling when they left', async () => {
  const world = await aWorldWithoutBen();
  for (const externalUserId of ['wm1', 'wm2'])
    await world.context.relations.lose({ staffId: 'ben', externalUserId }, 'gone', world.context.now());
  await world.context.relations.lose(
    { staffId: 'ben', externalUserId: 'wm3' },
    'by_contact',
    world.context.now(),
  );
  expect(await startTransfer(world.context, wish({ kind: 'resigned' }))).toMatchObject({
    started: 2,
    assigned: 3,
  });
});

it('asks for at most 100 contacts at a time', async () => {
  const followings = Array.from({ length: 101 }, (_, index): Following => ['ben', `wm${index}`, '甲公司']);
  const world = await aLeaverWorld({ followings });
  expect(await startTransfer(world.context, wish())).toMatchObject({ started: 101 });
  expect(world.callsOf(START)).toHaveLength(2);
});

it('asks for nothing twice: not again, and not from two sides at once', async () => {
  const world = await aLeaverWorld();
  const both = await Promise.all([1, 2].map(() => startTransfer(world.context, wish())));
  expect(both.map(({ started }) => started).reduce((sum, count) => sum + count)).toBe(3);
  const again = await startTransfer(world.context, wish({ takeoverId: 'anna' }));
  expect(again.problems.map(({ code }) => code)).toEqual(['in_progress', 'in_progress', 'in_progress']);
  expect(await statesOf(world)).toHaveLength(3);
});

/** The first start reaches WeCom, and its answer does not reach us. */
async function aLostAnswer() {
  const world = await aLeaverWorld();
  world.platform.faults.next(START, { isCut: true, isAfterwards: true });
  await expect(startTransfer(world.context, wish())).rejects.toThrow('no usable answer');
  return world;
}

describe('when the answer is lost', () => {
  it('nothing is asked for again: polling tells what became of it', async () => {
    const world = await aLostAnswer();
    expect((await statesOf(world)).map(([, state]) => state)).toEqual(['asked', 'asked', 'asked']);
    expect((await startTransfer(world.context, wish())).problems).toHaveLength(3);
    await world.run(collectTransfersJob);
    expect((await statesOf(world)).map(([, state]) => state)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(world.callsOf(START)).toHaveLength(1);
  });

  it('and WeCom knows nothing of it ten minutes later, it may be asked for again', async () => {
    const world = await aLostAnswer();
    world.platform.state.transfers.splice(0);
    await world.run(collectTransfersJob);
    expect((await statesOf(world)).map(([, state]) => state)).toEqual(['asked', 'asked', 'asked']);
    world.pass(10 * 60_000);
    await world.run(collectTransfersJob);
    expect((await statesOf(world)).map(([, state]) => state)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await startTransfer(world.context, wish())).toMatchObject({ started: 3, problems: [] });
  });
});

it('gives the rights back when WeCom was certainly not asked', async () => {
  const world = await aLeaverWorld();
  world.platform.faults.plan(START, { errcode: 45033 });
  await expect(startTransfer(world.context, wish())).rejects.toThrow('45033');
  expect(await statesOf(world)).toEqual([]);
  world.platform.faults.clear();
  expect(await startTransfer(world.context, wish())).toMatchObject({ started: 3 });
});

describe('what WeCom does not start', () => {
  it('is kept with its code and told in Chinese, contact by contact', async () => {
    const world = await aWorldWithoutBen();
    world.platform.state.corp.customers = world.platform.state.corp.customers.filter(
      ({ externalUserId }) => externalUserId !== 'wm1',
    );
    const { relations } = world.platform.state.corp;
    world.platform.state.corp.relations = relations.filter(({ externalUserId }) => externalUserId !== 'wm2');
    const report = await startTransfer(world.context, wish({ kind: 'resigned' }));
    expect(report.problems.map(({ externalUserId, reason }) => [externalUserId, reason])).toEqual([
      ['wm1', '客户不存在，或已不是该成员的客户'],
      ['wm2', '原负责人没有添加这位客户'],
    ]);
    expect(await statesOf(world)).toEqual([
      ['wm1', 'rejected', 40096],
      ['wm2', 'rejected', 40131],
      ['wm3', 'waiting', null],
    ]);
    expect(await world.ownersOf('wm1', 'wm2', 'wm3')).toEqual(['carl', 'carl', 'carl']);
  });

  it.each([40097, 40098, 40099])(
    'as a whole (%i) is kept for each contact; the accounts stay in the pool',
    async (errcode) => {
      const world = await aWorldWithoutBen();
      world.platform.faults.next(RESIGNED, { errcode });
      const report = await startTransfer(world.context, wish({ kind: 'resigned' }));
      expect(report).toMatchObject({ started: 0, assigned: 0 });
      expect((await statesOf(world)).map(([, state, code]) => [state, code])).toEqual(
        [1, 2, 3].map(() => ['rejected', errcode]),
      );
      expect(await world.ownersOf('wm1')).toEqual([null]);
      expect(await startTransfer(world.context, wish({ kind: 'resigned' }))).toMatchObject({ started: 3 });
    },
  );
});

it('does not ask for a customer who was moved twice in 90 days, and says so', async () => {
  const world = await aLeaverWorld({ followings: [['ben', 'wm1', '甲公司']] });
  const move = (handoverId: string, takeoverId: string) =>
    startTransfer(world.context, wish({ handoverId, takeoverId }));
  const done = async () => {
    world.pass(DAY_MS + 60_000);
    await world.run(collectTransfersJob);
    await world.settled();
  };
  await move('ben', 'carl');
  await done();
  await move('carl', 'anna');
  await done();
  const { problems, started } = await move('anna', 'ben');
  expect([started, problems]).toMatchObject([0, [{ code: 'too_often', externalUserId: 'wm1' }]]);
  expect(world.callsOf(START)).toHaveLength(2);
  world.pass(89 * DAY_MS);
  expect(await move('anna', 'ben')).toMatchObject({ started: 1, problems: [] });
});

describe('is refused before WeCom is asked', () => {
  it.each([
    ['to oneself', { takeoverId: 'ben' }, 'same_person'],
    ['to nobody', { takeoverId: 'ghost' }, 'taker_not_active'],
    ['as of a leaver who works here', { kind: 'resigned' }, 'owner_not_left'],
    ['as of a colleague whom nobody knows', { handoverId: 'ghost' }, 'owner_has_left'],
    ['of an account that is not theirs', { accountIds: ['nothing'] }, 'not_their_accounts'],
  ] as const)('%s', async (_name, more, code) => {
    const world = await aLeaverWorld();
    await expect(startTransfer(world.context, wish(more))).rejects.toMatchObject({ status: 409, code });
    expect(world.callsOf(START)).toHaveLength(0);
  });
});
