import { expect, it } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { contactXml, deliver } from '../../support/a-callback.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld, type LivingWorld } from '../../support/a-world.ts';
import { tagNames } from '../../support/tag-names.ts';

const KEY = { staffId: 'anna', externalUserId: 'wm1' };
const BOTH = { userid: 'anna', externalUserId: 'wm1' };
const corp = () => aTeamCorp([['anna', 'wm1', '启明精密']]);
const relation = ({ context }: LivingWorld) => context.relations.find(KEY);
const accountOf = async ({ context }: LivingWorld, externalUserId: string) =>
  context.accounts.find((await context.contacts.find(externalUserId))?.accountId ?? '');

it('makes contact, relation, account and tags of a newly added customer', async () => {
  const world = await aWorld();
  const { externalUserId } = world.platform.actions.addCustomer({
    userid: 'anna',
    name: '周文博',
    corpName: '启明精密',
    state: 'expo',
  });
  await world.settled();
  expect(await world.context.contacts.find(externalUserId)).toMatchObject({ name: '周文博', isPlaced: true });
  expect(await world.context.relations.find({ staffId: 'anna', externalUserId })).toMatchObject({
    remarkCorpName: '启明精密',
    state: 'expo',
    lostAt: null,
  });
  expect(await accountOf(world, externalUserId)).toMatchObject({
    name: '启明精密',
    ownerId: 'anna',
    stage: 'suspect',
    dueOn: '2026-03-12',
  });
  expect(tagNames(world.platform, { userid: 'anna', externalUserId })).toEqual(['客户阶段/猜想']);
});

it('makes an account of their own for somebody whose company nobody knows', async () => {
  const world = await aWorld();
  const { externalUserId } = world.platform.actions.addCustomer({ userid: 'anna', name: '周文博' });
  await world.settled();
  expect(await accountOf(world, externalUserId)).toMatchObject({ name: '周文博', isSolo: true });
});

it('takes a half addition and the full one after it for one customer', async () => {
  const world = await aWorld({ settings: { WELCOME_TEXT: '您好' } });
  const { externalUserId } = world.platform.actions.addCustomer({
    userid: 'anna',
    name: '周文博',
    viaHalf: true,
  });
  await world.settled();
  expect(await world.context.inbox.count('done')).toBe(2);
  expect(await world.context.accounts.countLiving()).toBe(1);
  expect(world.callsOf('mark_tag')).toHaveLength(1);
  expect(world.platform.state.messages.filter(({ kind }) => kind === 'chat')).toHaveLength(1);
  expect(await world.context.relations.find({ staffId: 'anna', externalUserId })).toMatchObject({
    lostAt: null,
  });
});

it('moves the contact to the company that an edited remark names', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', ''],
      ['ben', 'wm2', '启明精密'],
    ]),
  });
  world.platform.actions.editRemark({ ...BOTH, remarkCorpName: ' 启明 精密' });
  await world.settled();
  const [mine, theirs] = [await accountOf(world, 'wm1'), await accountOf(world, 'wm2')];
  expect(mine?._id).toBe(theirs?._id);
  expect(await world.context.accounts.countLiving()).toBe(1);
  expect(await world.context.history.ofAccount(mine?._id ?? '')).toMatchObject([
    { kind: 'account', from: 'solo-wm1', to: mine?._id },
  ]);
});

it('keeps everything of a customer whom the member deleted', async () => {
  const world = await aSyncedWorld({ corp: corp() });
  world.platform.actions.deleteCustomer(BOTH);
  await world.settled();
  expect(await relation(world)).toMatchObject({ lostBy: 'by_staff', lostAt: expect.any(Date) });
  expect(await accountOf(world, 'wm1')).toMatchObject({ name: '启明精密', ownerId: 'anna' });
});

it.each([true, false])(
  'holds a member for deleted by the customer, still listed: %s',
  async (listsLostRelations) => {
    const world = await aSyncedWorld({ corp: corp(), rules: { listsLostRelations } });
    world.platform.actions.deleteStaff(BOTH);
    await world.settled();
    expect(await relation(world)).toMatchObject({ lostBy: 'by_contact' });
    world.platform.actions.editRemark({ ...BOTH, description: '已不是好友' });
    await world.settled();
    await world.run(syncContactsJob);
    expect(await relation(world)).toMatchObject({ lostBy: 'by_contact', lostAt: expect.any(Date) });
  },
);

it.each(['deleteStaff', 'deleteCustomer'] as const)(
  'revives the relation when they are back after %s',
  async (end) => {
    const world = await aSyncedWorld({ corp: corp() });
    world.platform.actions[end](BOTH);
    await world.settled();
    world.platform.actions.addCustomer(BOTH);
    await world.settled();
    expect(await relation(world)).toMatchObject({ lostAt: null, lostBy: null });
    expect(await world.context.relations.ofContact('wm1')).toHaveLength(1);
    expect(await accountOf(world, 'wm1')).toMatchObject({ ownerId: 'anna' });
  },
);

it('leaves the others who follow the same customer alone', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', 'A'],
      ['ben', 'wm1', 'A'],
    ]),
  });
  world.platform.actions.deleteStaff(BOTH);
  await world.settled();
  expect(await world.context.relations.find({ ...KEY, staffId: 'ben' })).toMatchObject({ lostAt: null });
  world.platform.actions.editRemark({ ...BOTH, userid: 'ben', description: '新' });
  await world.settled();
  expect(await relation(world)).toMatchObject({ lostBy: 'by_contact' });
});

it('works on the events of one customer in order, even when the first needs a second try', async () => {
  const world = await aWorld({ corp: corp() });
  world.platform.faults.next('externalcontact/get', { errcode: 41079 });
  const [first, second] = ['2026-03-11T10:00:00+08:00', '2026-03-11T10:00:01+08:00'];
  const fields = { UserID: 'anna', ExternalUserID: 'wm1' };
  await deliver(world.origin, contactXml('add_external_contact', { at: first, ...fields }));
  world.setNow(second);
  await deliver(world.origin, contactXml('del_follow_user', { at: second, ...fields }));
  await world.settled();
  expect(await world.context.inbox.count('waiting')).toBe(2);
  world.setNow('2026-03-11T10:01:00+08:00');
  await world.run(retryInboxJob);
  expect(await world.context.inbox.count('done')).toBe(2);
  expect(await relation(world)).toMatchObject({ lostBy: 'by_contact' });
});

it('lets the retrying job pass an event whose forerunner is being worked on', async () => {
  const world = await aWorld({ corp: corp() });
  world.platform.faults.next('externalcontact/get', { latencyMs: 300 });
  const fields = { UserID: 'anna', ExternalUserID: 'wm1' };
  await deliver(
    world.origin,
    contactXml('add_external_contact', { at: '2026-03-11T10:00:00+08:00', ...fields }),
  );
  await expect.poll(() => world.context.inbox.count('working')).toBe(1);
  world.setNow('2026-03-11T10:00:01+08:00');
  await deliver(world.origin, contactXml('del_follow_user', { at: '2026-03-11T10:00:01+08:00', ...fields }));
  await world.run(retryInboxJob);
  await world.settled();
  expect(await world.context.inbox.count('done')).toBe(2);
  expect(await relation(world)).toMatchObject({ lostBy: 'by_contact' });
});

it('believes no addition that is older than the loss, and no deletion that is older than the return', async () => {
  const world = await aSyncedWorld({ corp: corp() });
  world.platform.actions.deleteStaff(BOTH);
  await world.settled();
  const fields = { UserID: 'anna', ExternalUserID: 'wm1' };
  await deliver(
    world.origin,
    contactXml('add_external_contact', { at: '2026-03-10T10:00:00+08:00', ...fields }),
  );
  await world.settled();
  expect(await relation(world)).toMatchObject({ lostBy: 'by_contact' });
  world.setNow('2026-03-12T10:00:00+08:00');
  world.platform.actions.addCustomer(BOTH);
  await world.settled();
  await deliver(world.origin, contactXml('del_follow_user', { at: '2026-03-11T09:00:00+08:00', ...fields }));
  await world.settled();
  expect(await relation(world)).toMatchObject({ lostAt: null });
});

it('takes an event about somebody who is gone already for a loss, not for a failure', async () => {
  const world = await aSyncedWorld({ corp: corp() });
  const at = '2026-03-11T10:00:00+08:00';
  await deliver(
    world.origin,
    contactXml('edit_external_contact', { at, UserID: 'anna', ExternalUserID: 'wmStranger' }),
  );
  await deliver(
    world.origin,
    contactXml('add_external_contact', { at, UserID: 'ben', ExternalUserID: 'wm1' }),
  );
  await world.settled();
  expect(await world.context.inbox.count('done')).toBe(2);
  expect(await world.context.contacts.find('wmStranger')).toBeNull();
  expect(await relation(world)).toMatchObject({ lostAt: null });
});
