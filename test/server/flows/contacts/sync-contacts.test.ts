import { expect, it } from 'vitest';
import { runJob } from '../../../../jobs/run-job.ts';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import { aDoor } from '../../../support/a-door.ts';
import { aCustomer, aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld, type LivingWorld } from '../../../support/a-world.ts';
import { aRelation, aStaff } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';

const many = (count: number, userid = 'anna'): Following[] =>
  Array.from({ length: count }, (_, n) => [userid, `wm${String(n).padStart(3, '0')}`, `公司${n}`]);
const nameOf = async ({ context }: LivingWorld, externalUserId: string) =>
  (await context.accounts.find((await context.contacts.find(externalUserId))?.accountId ?? ''))?.name;
const lossOf = async ({ context }: LivingWorld, externalUserId: string) =>
  (await context.relations.find({ staffId: 'anna', externalUserId }))?.lostBy;

/** What happens in WeCom while nobody tells us. */
function meanwhile(
  { platform }: LivingWorld,
  change: (state: LivingWorld['platform']['state']) => void,
): void {
  change(platform.state);
}

it('reads every page of every member, and knows members without customers', async () => {
  const world = await aWorld({ corp: aTeamCorp([...many(130), ['ben', 'wm001', ''], ['carl', 'wmC', 'C']]) });
  expect(await world.run(syncContactsJob)).toMatchObject({ staff: 6, rows: 132, added: 132, placed: 131 });
  expect(await world.context.relations.countActive()).toBe(132);
  expect(world.callsOf('batch/get_by_user')).toHaveLength(7);
  expect(await nameOf(world, 'wm129')).toBe('公司129');
});

it('asks for a hundred members at a time', async () => {
  const staff = Array.from({ length: 205 }, (_, n) => aStaff(`s${String(n).padStart(3, '0')}`));
  const corp = aTeamCorp(
    [
      ['s000', 'wm1', 'A'],
      ['s204', 'wm2', 'B'],
    ],
    { staff },
  );
  const world = await aWorld({ corp });
  expect(await world.run(syncContactsJob)).toMatchObject({ staff: 205, rows: 2, added: 2 });
  const calls = () => world.callsOf('batch/get_by_user').length;
  const first = calls();
  expect(await world.run(syncContactsJob)).toMatchObject({ rows: 2, added: 0 });
  expect(calls() - first).toBe(3);
});

it('takes 84061 for members without any customer', async () => {
  const world = await aWorld({ corp: aTeamCorp([]) });
  world.platform.faults.next('batch/get_by_user', { errcode: 84061 });
  expect(await world.run(syncContactsJob)).toMatchObject({ staff: 6, rows: 0, lost: 0 });
});

it('writes nothing on the second run', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...many(3), ['ben', 'wmSolo', '']]) });
  expect(await world.run(syncContactsJob)).toEqual({
    staff: 6,
    rows: 4,
    added: 0,
    changed: 0,
    lost: 0,
    suspicious: 0,
    groups: 0,
    aside: 0,
    placed: 0,
    failed: 0,
  });
});

it('tells what no event had told', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(many(3)) });
  meanwhile(world, ({ corp }) => {
    corp.customers.push(aCustomer('wmNew'));
    corp.relations = [...corp.relations.slice(1), aRelation('ben', 'wmNew', { remarkCorpName: '新公司' })];
    for (const row of corp.relations) if (row.externalUserId === 'wm001') row.remarkCorpName = '公司2';
  });
  expect(await world.run(syncContactsJob)).toMatchObject({
    rows: 3,
    added: 1,
    changed: 1,
    lost: 1,
    placed: 2,
  });
  expect(await lossOf(world, 'wm000')).toBe('gone');
  expect([await nameOf(world, 'wmNew'), await nameOf(world, 'wm001')]).toEqual(['新公司', '公司2']);
});

it('asks for a missing relation by name before it believes the loss', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...many(2), ['ben', 'wm000', '']]) });
  const before = world.platform.log.after(0).at(-1)?.seq ?? 0;
  meanwhile(world, ({ corp }) => corp.relations.splice(0, 1));
  world.platform.faults.next('externalcontact/get', { errcode: -1 });
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 1 });
  expect(world.callsOf('externalcontact/get', before)).toHaveLength(2);
  expect(await lossOf(world, 'wm000')).toBe('gone');
  expect(await world.context.relations.find({ staffId: 'ben', externalUserId: 'wm000' })).toMatchObject({
    lostBy: null,
  });
});

it('takes back somebody who was held for gone', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(many(2)) });
  await world.context.relations.lose(
    { staffId: 'anna', externalUserId: 'wm000' },
    'gone',
    world.context.now(),
  );
  world.setNow(new Date(world.context.now().getTime() + 1000));
  expect(await world.run(syncContactsJob)).toMatchObject({ added: 0, changed: 1 });
  expect(await lossOf(world, 'wm000')).toBeNull();
});

it('stops with an error and loses nobody when too few are told of', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(many(30)) });
  const { context, lines } = await aDoor(world.context);
  meanwhile(world, ({ corp }) => corp.relations.splice(0, 20));
  const ran = await runJob(context, syncContactsJob);
  expect(ran).toMatchObject({ outcome: 'done', tally: { lost: 0, suspicious: 20 } });
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  const kept = await world.context.runs.find('sync-contacts');
  expect(kept?.error).not.toBeNull();
  expect(kept?.lastGoodAt?.getTime()).toBeLessThan(kept?.endedAt.getTime() ?? 0);
  expect(await world.context.relations.countActive()).toBe(30);
});

it('keeps what it has read when a later page fails, and says so', async () => {
  const world = await aWorld({ corp: aTeamCorp(many(150)) });
  world.platform.faults.next('batch/get_by_user', { latencyMs: 1 });
  world.platform.faults.next('batch/get_by_user', { errcode: 48002 });
  await expect(world.run(syncContactsJob)).rejects.toThrow('failed');
  const run = await world.context.runs.find('sync-contacts');
  expect(run?.error).toContain('48002');
  expect(run?.lastGoodAt ?? null).toBeNull();
  expect(await world.run(syncContactsJob)).toMatchObject({ rows: 150, added: 150, placed: 150 });
});

it.each([
  ['department/list', 48002],
  ['user/list', 60011],
])('falls back to the members with customers when %s is refused', async (path, errcode) => {
  const world = await aSyncedWorld({ corp: aTeamCorp(many(1)) });
  expect((await world.context.staff.find('lena'))?.leaderOf).toEqual([2]);
  world.platform.faults.next(path, { errcode });
  world.platform.faults.next('user/get', { errcode: 60011 });
  expect(await world.run(syncContactsJob)).toMatchObject({ staff: 6, rows: 1, failed: 0 });
  const members = await world.context.staff.all();
  expect(members.map(({ isActive }) => isActive)).toEqual(Array(6).fill(true));
});

it('marks a member who left as gone and keeps what they followed', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...many(2), ['ben', 'wmB', 'B']]) });
  meanwhile(world, ({ corp }) => {
    for (const member of corp.staff)
      if (member.userid === 'ben') Object.assign(member, { status: 5, isVisible: false });
  });
  await world.run(syncContactsJob);
  expect(await world.context.staff.find('ben')).toMatchObject({ isActive: false });
  expect(await world.context.relations.find({ staffId: 'ben', externalUserId: 'wmB' })).toMatchObject({
    lostBy: 'gone',
  });
  expect(await nameOf(world, 'wmB')).toBe('B');
});

it('notices that a contact who had deleted the member is back', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(many(2)) });
  const key = { userid: 'anna', externalUserId: 'wm000' };
  world.platform.actions.deleteStaff(key);
  await world.settled();
  expect(await world.run(syncContactsJob)).toMatchObject({ added: 0, changed: 0, lost: 0 });
  expect(await lossOf(world, 'wm000')).toBe('by_contact');
  world.setNow('2026-03-12T10:00:00+08:00');
  world.platform.setCallbackUrl('');
  world.platform.actions.addCustomer(key);
  await world.run(syncContactsJob);
  expect(await lossOf(world, 'wm000')).toBeNull();
});
