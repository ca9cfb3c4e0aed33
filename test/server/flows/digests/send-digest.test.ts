import { expect, it } from 'vitest';
import { sendDigestJob } from '../../../../jobs/send-digest.ts';
import { loadContact } from '../../../../server/flows/contacts/load-contact.ts';
import { logFollowUp } from '../../../../server/flows/follow-ups/log-follow-up.ts';
import { answerSurvey } from '../../../../server/flows/nps/answer-survey.ts';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { aNote } from '../../../support/a-note.ts';
import { setDue, notifiedTo } from '../../../support/due-world.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { anOpenCampaign, ask } from '../../../support/nps-world.ts';

const SIX = '2026-03-11T18:00:00+08:00';
const teams: Following[] = [
  ['anna', 'wm1', '甲'],
  ['ben', 'wm2', '乙'],
  ['carl', 'wm3', '丙'],
];
/** A world in which nothing is due. */
async function aQuietWorld(): Promise<LivingWorld> {
  const world = await aSyncedWorld({ corp: aTeamCorp(teams) });
  for (const name of ['甲', '乙', '丙']) await setDue(world, name, { dueOn: '2027-01-04' });
  return world;
}

const follow = async ({ context }: LivingWorld, staffId: string, externalUserId: string) => {
  const caller = await identifyCaller(context, staffId);
  await logFollowUp(context, caller, {
    opened: await loadContact(context, caller, { externalUserId, to: 'write' }),
    note: aNote(),
  });
};

it('sends nobody an empty message', async () => {
  const world = await aQuietWorld();
  expect(await world.run(sendDigestJob)).toEqual({ seen: 2, done: 0, failed: 0 });
  expect(world.platform.state.messages).toEqual([]);
});

it('tells each manager about their own team only', async () => {
  const world = await aQuietWorld();
  await follow(world, 'anna', 'wm1');
  await setDue(world, '甲', { dueOn: '2026-03-11' });
  await setDue(world, '乙', { dueOn: '2026-03-10' });
  world.platform.actions.addCustomer({ userid: 'carl', name: '新人', corpName: '丙' });
  await world.settled();
  await setDue(world, '丙', { dueOn: '2027-01-04' });
  world.setNow(SIX);
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 2 });
  expect(notifiedTo(world, 'lena')).toEqual(['团队日报 3月11日\n跟进：完成 1，待办 2，其中逾期 1']);
  expect(notifiedTo(world, 'mark')).toEqual(['团队日报 3月11日\n新增联系人：1']);
  expect(world.platform.state.messages.filter(({ kind }) => kind === 'app')).toHaveLength(2);
});

it('leads to the list of exactly the accounts that it counts as due', async () => {
  const world = await aQuietWorld();
  await setDue(world, '甲', { dueOn: '2026-03-11' });
  await setDue(world, '乙', { dueOn: '2026-03-10' });
  await setDue(world, '丙', { dueOn: '2026-03-10' });
  const theirs = (await world.context.accounts.findByKey('丙'))?._id ?? '';
  await world.context.accounts.update(theirs, { deputyId: 'anna' });
  world.setNow(SIX);
  await world.run(sendDigestJob);
  const card = world.platform.state.messages.find((each) => each.kind === 'app' && each.to === 'lena');
  expect(card).toMatchObject({
    card: {
      description: expect.stringContaining('待办 2'),
      url: `${world.origin}/console/#accounts?due=due&whose=team`,
    },
  });
  const lena = await aMember(world.origin, 'lena');
  const listed = await lena.read('/api/v1/accounts?due=due&team=true');
  const { accounts } = listed as { accounts: { name: string }[] };
  expect(accounts.map(({ name }) => name).sort()).toEqual(['乙', '甲']);
});

it('tells what came after the last digest, also late in the evening and at the weekend', async () => {
  const world = await aQuietWorld();
  world.setNow('2026-03-11T10:00:00+08:00');
  await follow(world, 'anna', 'wm1');
  world.setNow(SIX);
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 1 });
  for (const late of [
    '2026-03-11T18:40:00+08:00',
    '2026-03-11T23:59:00+08:00',
    '2026-03-12T00:01:00+08:00',
  ]) {
    world.setNow(late);
    await follow(world, 'anna', 'wm1');
  }
  await setDue(world, '甲', { dueOn: '2027-01-04' });
  world.setNow('2026-03-12T18:00:00+08:00');
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'lena').at(-1)).toContain('完成 3');
  world.setNow('2026-03-14T11:00:00+08:00'); // a Saturday
  await follow(world, 'anna', 'wm1');
  await setDue(world, '甲', { dueOn: '2027-01-04' });
  world.setNow('2026-03-16T18:00:00+08:00');
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'lena').at(-1)).toContain('完成 1');
});

it('begins with the last 24 hours, so that what happened before midnight is in a first digest after it', async () => {
  const world = await aQuietWorld();
  world.setNow('2026-12-31T23:58:00+08:00');
  await follow(world, 'anna', 'wm1');
  await setDue(world, '甲', { dueOn: '2027-02-01' });
  world.setNow('2027-01-01T00:01:00+08:00');
  expect(await world.run(sendDigestJob, { byHand: true })).toMatchObject({ done: 1 });
  expect(notifiedTo(world, 'lena')[0]).toContain('完成 1');
});

it('sends what came since to who asks for it by hand after the day’s digest went out', async () => {
  const world = await aQuietWorld();
  await setDue(world, '甲', { dueOn: '2026-03-01' });
  world.setNow(SIX);
  await world.run(sendDigestJob);
  world.setNow('2026-03-11T18:46:00+08:00');
  await follow(world, 'anna', 'wm1');
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 0 });
  expect(await world.run(sendDigestJob, { byHand: true })).toMatchObject({ done: 1 });
  expect(notifiedTo(world, 'lena')).toEqual([
    expect.stringContaining('待办 1'),
    expect.stringContaining('完成 1'),
  ]);
});

it('tells changes of tier and stage of the team, not those of the day before', async () => {
  const world = await aQuietWorld();
  const id = await setDue(world, '甲', {});
  const change = { accountId: id, kind: 'tier' as const, from: 'tail', to: 'head', why: null, by: 'x' };
  await world.context.history.append([
    { ...change, ownerId: 'anna', at: new Date('2026-03-11T03:30:00+08:00') },
    { ...change, ownerId: 'anna', to: 'waist', at: new Date('2026-03-10T03:30:00+08:00') },
    { ...change, ownerId: 'carl', kind: 'account', at: new Date('2026-03-11T03:30:00+08:00') },
  ]);
  world.setNow(SIX);
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'lena')).toEqual(['团队日报 3月11日\n分层与阶段变化：1\n· 甲：尾部 → 头部']);
  expect(notifiedTo(world, 'mark')).toEqual([]);
});

it('tells the answers and the figure of the team, not of the other one', async () => {
  const { world, campaign } = await anOpenCampaign(teams);
  await ask(world);
  for (const [externalUserId, score, comment] of [
    ['wm1', 3, '太慢'],
    ['wm2', 10, ''],
    ['wm3', 9, ''],
  ] as const) {
    const invitation = await world.context.invitations.find(`${campaign._id}:${externalUserId}`);
    if (!invitation) throw new Error('not invited');
    const visitor = { browserId: externalUserId, externalUserId };
    const draft = { score, comment, wantsContact: false, isFinal: true };
    await answerSurvey(world.context, { invitation, campaign, visitor }, draft);
  }
  for (const name of ['甲', '乙', '丙']) await setDue(world, name, { dueOn: '2027-01-04' });
  world.setNow(SIX);
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'lena')).toEqual([
    '团队日报 3月11日\nNPS（一季度）：2 人全部作答，推荐 1、中立 0、贬损 1（不足 10 份，不计分）\n· 3 分 甲 客户wm1“太慢”\n· 10 分 乙 客户wm2',
  ]);
  expect(notifiedTo(world, 'mark')).toEqual([
    '团队日报 3月11日\nNPS（一季度）：1 人全部作答，推荐 1、中立 0、贬损 0（不足 10 份，不计分）\n· 9 分 丙 客户wm3',
  ]);
});

it('counts the pool', async () => {
  const world = await aQuietWorld();
  await setDue(world, '甲', { ownerId: null, dueOn: '2026-03-01' });
  world.setNow(SIX);
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'mark')).toEqual(['团队日报 3月11日\n待分配客户：1']);
});

it('sends once a day, also when runs race, fail for certain, or lose the answer', async () => {
  const world = await aQuietWorld();
  await setDue(world, '甲', { dueOn: '2026-03-01' });
  world.setNow(SIX);
  world.platform.faults.next('message/send', { errcode: 40058 });
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 0, failed: 1 });
  await Promise.all([1, 2, 3].map(() => sendDigestJob.run(world.context, { byHand: false })));
  expect(notifiedTo(world, 'lena')).toHaveLength(1);
  world.setNow('2026-03-12T18:00:00+08:00');
  world.platform.faults.next('message/send', { status: 502, isAfterwards: true });
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 1, failed: 0 });
  expect(await world.run(sendDigestJob)).toMatchObject({ done: 0, failed: 0 });
  expect(notifiedTo(world, 'lena')).toHaveLength(2);
});

it.each([
  ['2026-10-01T18:00:00+08:00', false, 0],
  ['2026-10-01T18:00:00+08:00', true, 1],
  ['2026-10-10T18:00:00+08:00', false, 1],
])('at %s, by hand %s, sends %i', async (now, byHand, count) => {
  const world = await aQuietWorld();
  await setDue(world, '甲', { dueOn: '2026-03-01' });
  world.setNow(now);
  await world.run(sendDigestJob, { byHand });
  expect(notifiedTo(world, 'lena')).toHaveLength(count);
});
