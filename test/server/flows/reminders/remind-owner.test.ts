import { expect, it } from 'vitest';
import { remindOwnersJob } from '../../../../jobs/remind-owners.ts';
import { setDue, notifiedTo } from '../../../support/due-world.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { onlyActive } from '../../../support/only-active.ts';

const NINE = '2026-03-12T09:00:00+08:00';

/** A world at nine in which anna's one account is due today and ben's is not. */
async function aDueWorld(now = NINE): Promise<LivingWorld> {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm2', '乙'],
    ]),
  });
  world.setNow(now);
  await setDue(world, '甲', { dueOn: '2026-03-12' });
  await setDue(world, '乙', { dueOn: '2027-01-04' });
  return world;
}

it('tells each member what is due, with a link to the contact, and nobody else anything', async () => {
  const world = await aDueWorld();
  expect(await world.run(remindOwnersJob)).toEqual({ seen: 6, done: 1, failed: 0 });
  expect(notifiedTo(world, 'anna')).toEqual([
    `【今日跟进】3月12日，1 位客户等您联系\n· <a href="${world.origin}/sidebar/?contact=wm1">甲</a>（未分层，新客户，今天到期）`,
  ]);
  expect(world.platform.state.messages).toHaveLength(1);
});

it.each([
  ['a bad mark', { detractorAt: new Date('2026-03-11T02:00:00Z') }, '贬损待回访'],
  ['a promise', { promisedOn: '2026-03-12' }, '有约定'],
  ['a question', { askedAt: new Date('2026-03-10T02:00:00Z') }, '问题待答复'],
  ['nothing but the rhythm', { lastTouchAt: new Date('2026-02-19T02:00:00Z') }, '该联系了'],
])('says why somebody is due: %s', async (_what, marks, reason) => {
  const world = await aDueWorld();
  const id = await setDue(world, '甲', {});
  const touched = { lastTouchAt: new Date('2026-03-01T02:00:00Z'), newContactAt: null, ...marks };
  await world.context.accounts.update(id, touched);
  await world.run(remindOwnersJob);
  expect(notifiedTo(world, 'anna').join()).toContain(`（未分层，${reason}，今天到期）`);
});

it('tells once a day, whatever runs again', async () => {
  const world = await aDueWorld();
  await Promise.all([1, 2, 3].map(() => remindOwnersJob.run(world.context, { byHand: false })));
  await world.run(remindOwnersJob);
  world.setNow('2026-03-12T23:59:00+08:00');
  await world.run(remindOwnersJob, { byHand: true });
  expect(notifiedTo(world, 'anna')).toHaveLength(1);
  world.setNow('2026-03-13T09:00:00+08:00');
  await world.run(remindOwnersJob);
  expect(notifiedTo(world, 'anna')).toHaveLength(2);
});

it('tries again after a certain refusal, and tells once', async () => {
  const world = await aDueWorld();
  world.platform.faults.next('message/send', { errcode: 81013 });
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 0, failed: 1 });
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 1, failed: 0 });
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 0, failed: 0 });
  expect(notifiedTo(world, 'anna')).toHaveLength(1);
});

it.each([{ status: 502 }, { isCut: true }, { isGarbage: true }])(
  'tells once although nobody knows whether the message went out: WeCom drops the same one (%o)',
  async (fault) => {
    const world = await aDueWorld();
    world.platform.faults.next('message/send', { ...fault, isAfterwards: true });
    expect(await world.run(remindOwnersJob)).toMatchObject({ done: 1, failed: 0 });
    await world.run(remindOwnersJob);
    expect(world.callsOf('message/send')).toHaveLength(2);
    expect(notifiedTo(world, 'anna')).toHaveLength(1);
    expect(await world.context.ledger.find('remind:anna:2026-03-12')).toMatchObject({ state: 'sent' });
  },
);

it.each([
  ['2026-10-01T09:00:00+08:00', 'National Day', 0],
  ['2026-03-14T09:00:00+08:00', 'a Saturday', 0],
  ['2026-10-10T09:00:00+08:00', 'a make-up Saturday', 1],
  ['2026-10-08T09:00:00+08:00', 'the first day after the holidays', 1],
])('on %s, %s, tells %i', async (now, _day, count) => {
  const world = await aDueWorld(now);
  await world.run(remindOwnersJob);
  expect(notifiedTo(world, 'anna')).toHaveLength(count);
});

it('tells on a holiday what somebody asks for by hand', async () => {
  const world = await aDueWorld('2026-10-01T09:00:00+08:00');
  expect(await world.run(remindOwnersJob)).toEqual({ free_day: 1 });
  await world.run(remindOwnersJob, { byHand: true });
  expect(notifiedTo(world, 'anna')).toHaveLength(1);
});

it('goes by the day of the corp, not of the machine', async () => {
  const world = await aDueWorld('2026-03-11T23:30:00+08:00');
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 0 });
  world.setNow('2026-03-12T00:30:00+08:00');
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 1 });
});

it('names the ten most urgent by tier, then lateness, and counts the rest', async () => {
  const names = Array.from({ length: 13 }, (_, n) => `客户${String.fromCodePoint(65 + n)}`);
  const crowd = names.map((name, n): Following => ['anna', `wm${n}`, name]);
  const world = await aSyncedWorld({ corp: aTeamCorp(crowd) });
  for (const [n, name] of names.entries())
    await setDue(world, name, { dueOn: `2026-03-${String(10 - (n % 5)).padStart(2, '0')}` });
  await setDue(world, '客户M', { tier: 'head', dueOn: '2026-03-11' });
  await setDue(world, '客户A', { tier: 'waist', dueOn: '2026-03-10' });
  await setDue(world, '客户B', { tier: 'waist', dueOn: '2026-03-09' });
  await world.run(remindOwnersJob);
  const [text = ''] = notifiedTo(world, 'anna');
  const lines = text.split('\n');
  expect(lines[0]).toBe('【今日跟进】3月11日，13 位客户等您联系');
  expect(lines.slice(1, 4).map((line) => /客户[A-M]/.exec(line)?.[0])).toEqual(['客户M', '客户B', '客户A']);
  expect(lines).toHaveLength(12);
  expect(lines.at(-1)).toBe('……还有 3 位，请在侧边栏查看');
  expect(lines[2]).toContain('逾期 2 个工作日');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
});

it('tells nothing to members who left, and nothing of what another owns', async () => {
  const world = await aDueWorld();
  await onlyActive(world.context, ['ben']);
  expect(await world.run(remindOwnersJob)).toEqual({ seen: 1, done: 0, failed: 0 });
  expect(world.platform.state.messages).toEqual([]);
});

it('does not let the failure of one member keep the others from hearing', async () => {
  const world = await aDueWorld();
  await setDue(world, '乙', { dueOn: '2026-03-11' });
  world.platform.faults.next('message/send', { errcode: 81013 });
  expect(await world.run(remindOwnersJob)).toMatchObject({ done: 1, failed: 1 });
  expect(notifiedTo(world, 'ben')).toHaveLength(1);
});
