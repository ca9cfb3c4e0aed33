import { expect, it } from 'vitest';
import { periodsOf } from '../../../../server/domain/deals/order-facts.ts';
import { placeContacts } from '../../../../server/flows/accounts/place-contacts.ts';
import { loadContact } from '../../../../server/flows/contacts/load-contact.ts';
import { logFollowUp } from '../../../../server/flows/follow-ups/log-follow-up.ts';
import { anAnswer } from '../../../support/an-answer.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { aNote } from '../../../support/a-note.ts';

const ANNA = { staffId: 'anna', role: 'sales', teamIds: ['anna'] } as const;
const solo: Following[] = [
  ['anna', 'wm1', ''],
  ['ben', 'wm2', '启明精密'],
];
const accountOf = async ({ context }: LivingWorld, externalUserId: string) => {
  const contact = await context.contacts.find(externalUserId);
  const account = await context.accounts.find(contact?.accountId ?? '');
  if (!account) throw new Error(`${externalUserId} has no account`);
  return account;
};
const rename = async (world: LivingWorld, remarkCorpName: string) => {
  world.platform.actions.editRemark({ userid: 'anna', externalUserId: 'wm1', remarkCorpName });
  await world.settled();
};

it('merges an account of one person into the company with everything in it', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(solo) });
  const { context } = world;
  const note = aNote({ questions: ['交期多久？'] });
  await logFollowUp(context, ANNA, {
    opened: await loadContact(context, ANNA, { externalUserId: 'wm1', to: 'write' }),
    note,
  });
  const order = { product: 'P', amountFen: 100, costFen: 0, paidOn: '2026-03-01', kind: 'sale' as const };
  await context.orders.saveAll([{ _id: 'o1', accountId: 'solo-wm1', ...order }]);
  const given = { externalUserId: 'wm1', accountId: 'solo-wm1', score: 9 };
  await context.answers.keep(anAnswer(context.now(), given));
  await rename(world, '启明精密');
  const account = await accountOf(world, 'wm1');
  expect(account).toMatchObject({ name: '启明精密', isSolo: false });
  expect(await context.accounts.find('solo-wm1')).toMatchObject({ mergedInto: account._id, dueOn: null });
  expect(await context.contactHistory.read('wm1', 9)).toMatchObject({
    followUps: [{ externalUserId: 'wm1' }],
    questions: [{ text: '交期多久？' }],
    answers: [{ score: 9 }],
  });
  const facts = [];
  for await (const each of context.orders.facts(periodsOf('2026-12-31', 24))) facts.push(each);
  expect(facts).toMatchObject([{ accountId: account._id, window: { revenueFen: 100 } }]);
});

it('knows after the merger that somebody has just spoken to the customer', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(solo) });
  const { context } = world;
  const note = aNote({ nextOn: '2026-03-16' });
  await logFollowUp(context, ANNA, {
    opened: await loadContact(context, ANNA, { externalUserId: 'wm1', to: 'write' }),
    note,
  });
  await rename(world, '启明精密');
  expect(await accountOf(world, 'wm1')).toMatchObject({
    lastTouchAt: context.now(),
    promisedOn: '2026-03-16',
    newContactAt: null,
    dueOn: '2026-03-16',
  });
});

it('makes the first date of a known company wait for the newcomer', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['ben', 'wm2', '启明精密']]) });
  const { context } = world;
  const BEN = { staffId: 'ben', role: 'sales', teamIds: ['ben'] } as const;
  await logFollowUp(context, BEN, {
    opened: await loadContact(context, BEN, { externalUserId: 'wm2', to: 'write' }),
    note: aNote(),
  });
  world.setNow('2026-03-13T10:00:00+08:00');
  world.platform.actions.addCustomer({ userid: 'anna', name: '新人', corpName: '启明精密' });
  await world.settled();
  expect(await accountOf(world, 'wm2')).toMatchObject({ dueOn: '2026-03-16', ownerId: 'ben' });
});

it('leaves the old company as it was when a contact moves on to another', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '老东家'],
      ['ben', 'wm2', '启明精密'],
    ]),
  });
  const { context } = world;
  const old = await accountOf(world, 'wm1');
  await logFollowUp(context, ANNA, {
    opened: await loadContact(context, ANNA, { externalUserId: 'wm1', to: 'write' }),
    note: aNote(),
  });
  await rename(world, '启明精密');
  expect((await accountOf(world, 'wm1')).name).toBe('启明精密');
  expect(await context.followUps.lastTouches([old._id])).toHaveLength(1);
  expect(await context.accounts.find(old._id)).toMatchObject({ mergedInto: null, ownerId: 'anna' });
});

it('changes nothing the second time, and knows nobody it was not told of', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(solo) });
  const before = await accountOf(world, 'wm2');
  expect(await placeContacts(world.context, ['wm2', 'wmStranger'])).toEqual(new Map([['wm2', before._id]]));
  expect(await accountOf(world, 'wm2')).toEqual(before);
});

it('makes one account for two contacts of one company who come at once', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([]) });
  for (const name of ['甲', '乙', '丙']) {
    world.platform.actions.addCustomer({ userid: 'anna', name, corpName: '启明精密' });
  }
  await world.settled();
  expect(await world.context.accounts.countLiving()).toBe(1);
});

const person = (id: string, corpName = '') => ({
  _id: id,
  name: id,
  type: 1,
  position: '',
  corpName,
  corpFullName: '',
});

it('places many at once as it would one by one: each company once, its first follower the owner', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([]) });
  const { context } = world;
  const people = [
    person('wm1', '启明精密'),
    person('wm2'),
    person('wm3', '启明 精密'),
    person('wm4', 'ACME'),
  ];
  await context.contacts.addMany(people);
  await context.relations.addMany(
    people.map(({ _id: externalUserId }, index) => ({
      staffId: index < 2 ? 'anna' : 'ben',
      externalUserId,
      followedAt: new Date(`2026-03-0${index + 1}T10:00:00Z`),
      remark: '',
      description: '',
      remarkCorpName: '',
      tagIds: [],
      addWay: 1,
      state: '',
    })),
  );
  const placed = await placeContacts(context, ['wm1', 'wm2', 'wm3', 'wm4']);
  expect([placed.size, new Set(placed.values()).size]).toEqual([4, 3]);
  expect(await accountOf(world, 'wm3')).toMatchObject({
    name: '启明精密',
    ownerId: 'anna',
    newContactAt: new Date('2026-03-01T10:00:00Z'),
  });
  expect(await accountOf(world, 'wm2')).toMatchObject({ _id: 'solo-wm2', isSolo: true, ownerId: 'anna' });
  expect(await accountOf(world, 'wm4')).toMatchObject({ name: 'ACME', ownerId: 'ben' });
});

it('leaves a contact where somebody put them while they were being placed', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['ben', 'wm2', '启明精密']]) });
  const { contacts } = world.context;
  const held = (await contacts.find('wm2'))?.accountId ?? null;
  await contacts.placeMany([{ externalUserId: 'wm2', from: 'another', accountId: 'stale' }]);
  expect((await contacts.find('wm2'))?.accountId).toBe(held);
});
