import { expect, it } from 'vitest';
import { logFollowUp } from '../../../../server/flows/follow-ups/log-follow-up.ts';
import { loadContact } from '../../../../server/flows/contacts/load-contact.ts';
import { placeContacts } from '../../../../server/flows/accounts/place-contacts.ts';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { retireMember } from '../../../../server/flows/staff/retire-member.ts';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import type { Following } from '../../../support/a-team-corp.ts';
import { aNote } from '../../../support/a-note.ts';
import { aLeaverWorld, BEN_FOLLOWS, type LeaverWorld } from '../../../support/leaver-world.ts';
import { onlyActive } from '../../../support/only-active.ts';

const log = async ({ context }: Pick<LeaverWorld, 'context'>, staffId: string, externalUserId: string) => {
  const caller = await identifyCaller(context, staffId);
  const note = { ...aNote(), nextOn: '2026-03-20' };
  await logFollowUp(context, caller, {
    opened: await loadContact(context, caller, { externalUserId, to: 'write' }),
    note,
  });
};

it('puts every account of the leaver into the pool, with an heir and why, and notes it in the history', async () => {
  const { context, accountOf } = await aLeaverWorld();
  const at = context.now();
  await retireMember(context, 'ben', at);
  const pooled = { ownerId: null, formerOwnerId: 'ben', pooledAt: at, heirAcceptedBy: null };
  expect(await context.staff.find('ben')).toMatchObject({
    isActive: false,
    standing: 'left',
    inactiveAt: at,
  });
  expect(await accountOf('wm2')).toMatchObject({
    ...pooled,
    heirId: 'anna',
    heirWhy: { rule: 'co_follower' },
  });
  expect(await accountOf('wm1')).toMatchObject({ ...pooled, heirWhy: { rule: 'same_department' } });
  const [change, ...more] = await context.history.ofAccount((await accountOf('wm2'))._id);
  expect(change).toMatchObject({
    kind: 'owner',
    from: 'ben',
    to: '',
    ownerId: 'ben',
    at,
    why: { heirId: 'anna' },
  });
  expect(more).toEqual([]);
});

it('loses nothing of the account: dates, promises, follow-ups, relations', async () => {
  const world = await aLeaverWorld();
  const { context, accountOf } = world;
  await log(world, 'ben', 'wm1');
  const before = await accountOf('wm1');
  expect(before.promisedOn).toBe('2026-03-20');
  await retireMember(context, 'ben', context.now());
  const { promisedOn, dueOn, lastTouchAt, tier, stage, name } = before;
  expect(await accountOf('wm1')).toMatchObject({ promisedOn, dueOn, lastTouchAt, tier, stage, name });
  expect(await context.followUps.latestOf(before._id, 5)).toMatchObject([{ staffId: 'ben' }]);
  expect(await context.relations.find({ staffId: 'ben', externalUserId: 'wm1' })).toMatchObject({
    lostAt: null,
  });
});

it('leaves accounts of colleagues alone, and those that were merged into others', async () => {
  const { context, accountOf, ownersOf } = await aLeaverWorld();
  await context.accounts.update((await accountOf('wm1'))._id, { ownerId: 'carl' });
  await context.accounts.update((await accountOf('wm3'))._id, { mergedInto: (await accountOf('wm2'))._id });
  await retireMember(context, 'ben', context.now());
  expect(await ownersOf('wm1', 'wm2', 'wm3')).toEqual(['carl', null, 'ben']);
});

it('spreads what nobody else follows over the colleagues of the department, the least busy first', async () => {
  const followings: Following[] = [
    ...['1', '2', '3', '4'].map((id): Following => ['ben', `wm${id}`, `公司${id}`]),
    ['anna', 'wmA', '甲方'],
  ];
  const { context, platform, run } = await aLeaverWorld({ followings });
  platform.actions.createStaff({ userid: 'dora', departments: [2] });
  for (const name of ['丁', '戊'])
    platform.actions.addCustomer({ userid: 'dora', name, corpName: `${name}方` });
  await run(syncContactsJob);
  await retireMember(context, 'ben', context.now());
  const heirs = (await context.pool.list({ limit: 10 })).map(({ heirId }) => heirId);
  expect(heirs.toSorted()).toEqual(['anna', 'anna', 'anna', 'dora']);
});

it('prefers the colleague who spoke with the account last to one who was first', async () => {
  const world = await aLeaverWorld({ followings: [...BEN_FOLLOWS, ['carl', 'wm2', '乙公司']] });
  const { context, accountOf } = world;
  await log(world, 'anna', 'wm2');
  await retireMember(context, 'ben', context.now());
  expect(await accountOf('wm2')).toMatchObject({
    heirId: 'anna',
    heirWhy: { rule: 'co_follower', touchedAt: context.now() },
  });
});

it('changes nothing when it is told again, and goes on where it was cut short', async () => {
  const { context, accountOf, pass } = await aLeaverWorld();
  const at = context.now();
  const cut = { ...context, pool: { ...context.pool, release: () => Promise.reject(new Error('cut')) } };
  await expect(retireMember(cut, 'ben', at)).rejects.toThrow('cut');
  await retireMember(context, 'ben', at);
  const before = await accountOf('wm1');
  expect(before.pooledAt).toEqual(at);
  pass(1000);
  await retireMember(context, 'ben', context.now());
  expect(await accountOf('wm1')).toEqual(before);
  expect(await context.staff.find('ben')).toMatchObject({ inactiveAt: at });
  expect(await context.history.ofAccount(before._id)).toHaveLength(1);
});

it('finds another heir when the first one leaves, too', async () => {
  const { context, accountOf } = await aLeaverWorld();
  await retireMember(context, 'ben', context.now());
  await retireMember(context, 'anna', context.now());
  expect(await accountOf('wm2')).toMatchObject({ heirId: 'anna' });
  await retireMember(context, 'ben', null);
  expect(await accountOf('wm2')).toMatchObject({
    heirId: 'lena',
    heirWhy: { rule: 'leader' },
    formerOwnerId: 'ben',
  });
  expect(await context.history.ofAccount((await accountOf('wm2'))._id)).toHaveLength(1);
});

it('tells administrators of accounts for which nobody fits', async () => {
  const { context, accountOf, openNotices } = await aLeaverWorld();
  await onlyActive(context, ['ben', 'mark', 'carl']);
  await retireMember(context, 'ben', context.now());
  expect(await accountOf('wm1')).toMatchObject({ ownerId: null, heirId: null, heirWhy: { rule: 'nobody' } });
  expect(await openNotices()).toEqual(['pool-no-heir:ben']);
});

it('does nothing about an active member who was not said to be gone', async () => {
  const { context, ownersOf } = await aLeaverWorld();
  await retireMember(context, 'ben', null);
  expect(await context.staff.find('ben')).toMatchObject({ isActive: true });
  expect(await ownersOf('wm1')).toEqual(['ben']);
});

it('releases what was imported for a member whom nobody ever saw', async () => {
  const { context, accountOf } = await aLeaverWorld();
  await context.accounts.update((await accountOf('wm1'))._id, { ownerId: 'ghost' });
  await retireMember(context, 'ghost', context.now());
  expect(await accountOf('wm1')).toMatchObject({ ownerId: null, formerOwnerId: 'ghost', heirId: 'ben' });
});

it('keeps an account in the pool while the leaver is still listed as following its contact', async () => {
  const { context, ownersOf } = await aLeaverWorld();
  await retireMember(context, 'ben', context.now());
  await context.contacts.markUnplaced(['wm1']);
  await placeContacts(context, ['wm1']);
  expect(await ownersOf('wm1')).toEqual([null]);
});
