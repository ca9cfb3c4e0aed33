import { expect, it } from 'vitest';
import { logFollowUp } from '../../../../server/flows/follow-ups/log-follow-up.ts';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { loadContact } from '../../../../server/flows/contacts/load-contact.ts';
import { recordMember } from '../../../../server/flows/staff/record-member.ts';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { aNote } from '../../../support/a-note.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aLeaverWorld, type LeaverWorld } from '../../../support/leaver-world.ts';

it('keeps a member who joins, and what changes about one', async () => {
  const { context, platform, settled } = await aLeaverWorld();
  platform.actions.createStaff({ userid: 'nina', name: '妮娜', departments: [3], directLeaders: ['mark'] });
  await settled();
  await recordMember(context, { staffId: 'nina' });
  const nina = { name: '妮娜', departmentIds: [3], directLeaderIds: ['mark'], standing: 'active' };
  expect(await context.staff.find('nina')).toMatchObject(nina);
  platform.actions.updateStaff({ userid: 'nina', departments: [2], leads: [2], position: '主管' });
  await settled();
  await recordMember(context, { staffId: 'nina' });
  expect(await context.staff.find('nina')).toMatchObject({
    departmentIds: [2],
    leaderOf: [2],
    position: '主管',
  });
});

it('lets a member who changes the department keep the accounts, and moves the managers’ view', async () => {
  const { context, platform, settled, ownersOf } = await aLeaverWorld();
  platform.actions.updateStaff({ userid: 'ben', departments: [3] });
  await settled();
  await recordMember(context, { staffId: 'ben' });
  expect(await ownersOf('wm1', 'wm3')).toEqual(['ben', 'ben']);
  expect((await identifyCaller(context, 'lena')).teamIds).not.toContain('ben');
  expect((await identifyCaller(context, 'mark')).teamIds).toContain('ben');
});

it.each([
  [2, 'disabled'],
  [4, 'not_activated'],
] as const)('takes a member with status %i for %s, and back when it is over', async (status, standing) => {
  const { context, platform, settled, ownersOf } = await aLeaverWorld();
  platform.actions.updateStaff({ userid: 'ben', status });
  await settled();
  await recordMember(context, { staffId: 'ben' });
  const gone = { isActive: false, standing, inactiveAt: context.now() };
  expect(await context.staff.find('ben')).toMatchObject(gone);
  expect(await ownersOf('wm1')).toEqual(['ben']);
  platform.actions.updateStaff({ userid: 'ben', status: 1 });
  await settled();
  await recordMember(context, { staffId: 'ben' });
  const back = { isActive: true, standing: 'active', inactiveAt: null, returnedAt: context.now() };
  expect(await context.staff.find('ben')).toMatchObject(back);
});

it('takes a member who is not found for gone', async () => {
  const { context, platform } = await aLeaverWorld();
  platform.state.corp.staff = platform.state.corp.staff.filter(({ userid }) => userid !== 'ben');
  await recordMember(context, { staffId: 'ben' });
  expect(await context.staff.find('ben')).toMatchObject({ standing: 'left', inactiveAt: context.now() });
});

it('leaves a known member as known where the book refuses, and keeps a new one by the id', async () => {
  const { context, platform } = await aLeaverWorld();
  const lena = await context.staff.find('lena');
  platform.faults.plan('user/get', { errcode: 60011 });
  await recordMember(context, { staffId: 'lena' });
  await recordMember(context, { staffId: 'newcomer' });
  expect(await context.staff.find('lena')).toEqual(lena);
  expect(await context.staff.find('newcomer')).toMatchObject({ name: 'newcomer', isActive: true });
});

/** ben with everything that hangs on an id: a follow-up, a session, a deputy’s place, an account in the pool. */
async function aBusyBen() {
  const world = await aLeaverWorld();
  const { context, accountOf } = world;
  const opened = await loadContact(context, await identifyCaller(context, 'ben'), {
    externalUserId: 'wm1',
    to: 'write',
  });
  await logFollowUp(context, await identifyCaller(context, 'ben'), { opened, note: aNote() });
  await context.accounts.update((await accountOf('wm2'))._id, { ownerId: 'anna', deputyId: 'ben' });
  const [claimed] = await context.transfers.claim([
    {
      kind: 'on_job',
      handoverId: 'ben',
      takeoverId: 'carl',
      externalUserId: 'wm3',
      accountId: null,
      askedBy: 'ben',
      askedAt: context.now(),
    },
  ]);
  await context.staff.saveAll([{ ...(await known(world, 'anna')), directLeaderIds: ['ben'] }]);
  return { ...world, transferId: claimed?._id ?? '', visitor: await aMember(world.origin, 'ben') };
}

async function known({ context }: Pick<LeaverWorld, 'context'>, staffId: string) {
  const member = await context.staff.find(staffId);
  if (!member) throw new Error(`nobody is called ${staffId}`);
  return member;
}

async function rename({ platform, settled }: Pick<LeaverWorld, 'platform' | 'settled'>, newUserid: string) {
  platform.actions.updateStaff({ userid: 'ben', newUserid });
  await settled();
}

it('moves everything to the new id of a member', async () => {
  const world = await aBusyBen();
  const { context, accountOf, ownersOf, transferId } = world;
  const before = await context.relations.find({ staffId: 'ben', externalUserId: 'wm1' });
  await rename(world, 'benjamin');
  await recordMember(context, { staffId: 'benjamin', formerId: 'ben' });
  expect(await context.staff.find('ben')).toBeNull();
  expect(await known(world, 'benjamin')).toMatchObject({ name: 'ben', formerIds: ['ben'], isActive: true });
  expect(await ownersOf('wm1', 'wm3')).toEqual(['benjamin', 'benjamin']);
  expect(await accountOf('wm2')).toMatchObject({ ownerId: 'anna', deputyId: 'benjamin' });
  const [followUp] = await context.followUps.latestOf((await accountOf('wm1'))._id, 1);
  expect(followUp).toMatchObject({ staffId: 'benjamin' });
  expect(await context.transfers.find(transferId)).toMatchObject({
    handoverId: 'benjamin',
    askedBy: 'benjamin',
  });
  expect((await known(world, 'anna')).directLeaderIds).toEqual(['benjamin']);
  const relations = await context.relations.ofContact('wm1');
  expect(relations).toEqual([{ ...before, _id: 'benjamin:wm1', staffId: 'benjamin' }]);
});

it('keeps a session that was begun under the old id, with the same rights', async () => {
  const world = await aBusyBen();
  await rename(world, 'benjamin');
  await recordMember(world.context, { staffId: 'benjamin', formerId: 'ben' });
  expect(await world.visitor.read('/api/v1/me')).toMatchObject({ staffId: 'benjamin', role: 'sales' });
  expect((await world.visitor.go('/api/v1/contacts/wm1/profile')).status).toBe(200);
});

it('lets an administrator keep the role whom the settings name by the old id', async () => {
  const world = await aLeaverWorld();
  world.platform.actions.updateStaff({ userid: 'olga', newUserid: 'olga2' });
  await world.settled();
  await recordMember(world.context, { staffId: 'olga2', formerId: 'olga' });
  for (const id of ['olga', 'olga2'])
    expect(await identifyCaller(world.context, id)).toMatchObject({ staffId: 'olga2', role: 'admin' });
});

/** The same world where the address book is silent, so that the new id is known by the event only. */
async function aSilentBen() {
  const world = await aBusyBen();
  world.platform.faults.plan('user/get', { errcode: 60011 });
  return world;
}

it('changes nothing more when the event comes again, or the new id was synchronised before it', async () => {
  const world = await aSilentBen();
  const { context, ownersOf } = world;
  await recordMember(context, { staffId: 'benjamin' });
  const newer = { ...(await relation(world, 'ben')), staffId: 'benjamin', remark: 'newer' };
  await context.relations.saveFacts([newer], { addedAt: null });
  for (const _ of [1, 2]) await recordMember(context, { staffId: 'benjamin', formerId: 'ben' });
  expect(await ownersOf('wm1', 'wm3')).toEqual(['benjamin', 'benjamin']);
  expect((await context.relations.ofContact('wm1')).map(({ remark }) => remark)).toEqual(['newer']);
  expect(await known(world, 'benjamin')).toMatchObject({ formerIds: ['ben'] });
});

async function relation({ context }: Pick<LeaverWorld, 'context'>, staffId: string) {
  const found = await context.relations.find({ staffId, externalUserId: 'wm1' });
  if (!found) throw new Error('no relation');
  const { _id, lostAt: _at, lostBy: _by, ...facts } = found;
  return facts;
}

it('finishes a move that was cut short', async () => {
  const world = await aSilentBen();
  const { context, ownersOf } = world;
  const cut = {
    ...context,
    answers: { ...context.answers, moveStaff: () => Promise.reject(new Error('cut')) },
  };
  await expect(recordMember(cut, { staffId: 'benjamin', formerId: 'ben' })).rejects.toThrow('cut');
  expect(await known(world, 'ben')).toMatchObject({ isActive: true });
  expect(await ownersOf('wm1')).toEqual(['benjamin']);
  await recordMember(context, { staffId: 'benjamin', formerId: 'ben' });
  expect(await context.staff.find('ben')).toBeNull();
  expect(await known(world, 'benjamin')).toMatchObject({ name: 'ben', formerIds: ['ben'] });
  expect(await context.relations.find({ staffId: 'ben', externalUserId: 'wm1' })).toBeNull();
});

it('does not take for gone who was re-created after an older letter about leaving', async () => {
  const { context, pass, ownersOf } = await aLeaverWorld();
  const leftAt = context.now();
  await context.staff.retire('ben', leftAt);
  pass(60_000);
  await recordMember(context, { staffId: 'ben' });
  await retireMember(context, 'ben', leftAt);
  expect(await context.staff.find('ben')).toMatchObject({ isActive: true });
  expect(await ownersOf('wm1')).toEqual(['ben']);
});
