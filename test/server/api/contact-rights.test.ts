import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { handsOf, type LivingWorld } from '../../support/a-world.ts';
import { openWorld, WEDNESDAY } from '../../support/open-world.ts';
import { aStaff } from '../../../packages/wecom-sandbox/test/support/small-corp.ts';
import { ROUTES } from './permission-cases.ts';

/**
 * wm1 of 甲: owen owns it, dora is deputy, neither follows anybody; fay follows wm1, gil did until wm1 deleted him, tom until he
 * handed wm1 over; carl follows nobody. mark leads them all; ben and lena are of another department.
 */
const TEAM = ['owen', 'dora', 'fay', 'gil', 'tom'];
let world: LivingWorld;
let accountId: string;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  const corp = aTeamCorp([
    ['fay', 'wm1', '甲'],
    ['gil', 'wm1', '甲'],
    ['tom', 'wm1', '甲'],
  ]);
  corp.staff.push(...TEAM.map((userid) => aStaff(userid, { departments: [3] })));
  const opened = await openWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  world = { ...opened, ...handsOf(opened) };
  await world.run(syncContactsJob);
  const { accounts, relations, now } = world.context;
  accountId = (await accounts.findByKey('甲'))?._id ?? '';
  await accounts.update(accountId, { ownerId: 'owen', deputyId: 'dora' });
  await relations.lose({ staffId: 'gil', externalUserId: 'wm1' }, 'by_contact', now());
  await relations.handOver({ staffId: 'tom', externalUserId: 'wm1' }, now());
  for (const name of [...TEAM, 'carl', 'mark', 'ben', 'lena', 'olga'])
    visitors.set(name, await aMember(world.origin, name));
});
afterAll(() => world.close());

const ABOUT_CONTACTS = Object.entries(ROUTES).filter(([route]) =>
  route.includes('/contacts/:externalUserId/'),
);

/** What a member is answered by every route about wm1: readings, then writings. */
async function answersTo(person: string): Promise<{ reads: number[]; writes: number[] }> {
  const visitor = visitors.get(person);
  const answers: { reads: number[]; writes: number[] } = { reads: [], writes: [] };
  for (const [route, { path, body }] of ABOUT_CONTACTS) {
    const address = path({ token: '', origin: world.origin, jiaId: accountId });
    const answer = route.startsWith('GET') ? visitor?.go(address) : visitor?.send(address, body);
    (route.startsWith('GET') ? answers.reads : answers.writes).push((await answer)?.status ?? 0);
  }
  return answers;
}

const every = (reads: number, writes: number) => ({
  reads: [reads, reads, reads],
  writes: [writes, writes, writes, writes],
});

it.each([
  ['the owner who does not follow them', 'owen', 200, 200],
  ['the deputy who does not follow them', 'dora', 200, 200],
  ['who follows them', 'fay', 200, 200],
  ['whom the contact deleted', 'gil', 200, 403],
  ['who handed them over', 'tom', 403, 403],
  ['a colleague', 'carl', 403, 403],
  ['the manager', 'mark', 200, 200],
  ['sales of another department', 'ben', 403, 403],
  ['a manager of others', 'lena', 403, 403],
  ['an administrator', 'olga', 200, 200],
])('%s (%s) reads: %i, writes: %i', async (...[, person, reads, writes]) => {
  expect(await answersTo(person)).toEqual(every(reads, writes));
});

it('tells a former follower that they may only read', async () => {
  const answer = await visitors.get('gil')?.send('/api/v1/contacts/wm1/kdm/confirm', { version: 1 });
  expect(await answer?.json()).toMatchObject({ error: { code: 'contact_read_only' } });
});

it('opens a customer for the stand-in on the days of the leave, where no deputy is there', async () => {
  const { absences, accounts } = world.context;
  const account = async () => (await visitors.get('carl')?.go(`/api/v1/accounts/${accountId}`))?.status;
  await absences.add({ staffId: 'owen', from: '2026-03-11', to: '2026-03-12', standInId: 'carl' });
  expect([await answersTo('carl'), await account()]).toEqual([every(403, 403), 403]);
  await accounts.update(accountId, { deputyId: null });
  expect([await answersTo('carl'), await account()]).toEqual([every(200, 200), 200]);
  world.setNow('2026-03-13T10:00:00+08:00');
  expect([await answersTo('carl'), await account()]).toEqual([every(403, 403), 403]);
  world.setNow(WEDNESDAY);
});

it('opens what stands on the due list of a stand-in', async () => {
  await world.context.accounts.update(accountId, { deputyId: null, dueOn: '2026-03-10' });
  const due = (await visitors.get('carl')?.read('/api/v1/due')) as { items: { externalUserId: string }[] };
  expect(due.items.map(({ externalUserId }) => externalUserId)).toEqual(['wm1']);
  expect((await visitors.get('carl')?.go('/api/v1/contacts/wm1/profile'))?.status).toBe(200);
});
