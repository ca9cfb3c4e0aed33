import { expect, it } from 'vitest';
import { collectResultsJob } from '../../../jobs/collect-results.ts';
import { aNote } from '../../support/a-note.ts';
import { aMember, aVisitor } from '../../support/a-visitor.ts';
import type { LivingWorld } from '../../support/a-world.ts';
import { anAskedWorld, aRecognised, confirmAll } from '../../support/nps-world.ts';

const accountOf = ({ context }: LivingWorld) => context.accounts.findByKey('甲');

it('recognises the customer who opens the link of the message by WeCom', async () => {
  const { world, campaign, token } = await anAskedWorld();
  confirmAll(world);
  const chat = world.platform.state.messages.find(({ kind }) => kind === 'chat');
  const link = chat?.kind === 'chat' ? (chat.links[0]?.url ?? '') : '';
  const customer = aVisitor(world.origin, 'customer:wm1');
  const { url } = await customer.follow(link);
  expect(url.pathname).toBe(`/s/${token}`);
  expect(await customer.read(`/api/v1/survey/${token}`)).toEqual({
    state: 'open',
    corpName: '测试企业',
    staffName: 'anna',
    score: null,
    comment: '',
    wantsContact: false,
    canCorrect: false,
  });
  await world.run(collectResultsJob);
  expect(await world.context.invitations.find(`${campaign._id}:wm1`)).toMatchObject({ state: 'sent' });
});

it('opens no survey with a text that was sealed for something else, or not by us', async () => {
  const { world, campaign, token } = await anAskedWorld();
  const { signer } = world.context;
  const id = `${campaign._id}:wm1`;
  for (const wrong of [
    signer.seal('genjin_session', id),
    token.slice(0, -1),
    id,
    signer.seal('survey', 'x:y'),
  ]) {
    const answer = await aVisitor(world.origin).go(`/api/v1/survey/${encodeURIComponent(wrong)}`);
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { error: { code: 'survey_not_found' } },
    ]);
  }
});

it('keeps one answer however often it is sent, and the last correction of whom we asked', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  const answers = await Promise.all(
    [5, 5, 5].map((score) => customer.send(path, { score, comment: ' 慢 ' })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  world.setNow('2026-03-12T10:00:00+08:00');
  const corrected = await customer.send(path, { score: 9, wantsContact: true });
  expect(await corrected.json()).toMatchObject({
    state: 'answered',
    score: 9,
    comment: '',
    wantsContact: true,
  });
  expect(await world.context.answers.ofCampaign(campaign._id, ['anna'])).toMatchObject([
    {
      score: 9,
      answeredAt: new Date('2026-03-11T10:00:00+08:00'),
      changedAt: new Date('2026-03-12T10:00:00+08:00'),
    },
  ]);
  const subject = `answer:${campaign._id}:wm1`;
  const kept = await world.context.audit.list({ subject, limit: 9 });
  expect(kept).toMatchObject([{ act: 'answer.correct', by: 'survey', from: { score: 5 }, to: { score: 9 } }]);
  expect(JSON.stringify(kept)).not.toContain('慢');
});

it.each([
  {},
  { score: 11 },
  { score: -1 },
  { score: 6.5 },
  { score: '9' },
  { score: 9, comment: 'x'.repeat(1001) },
])('refuses %o and keeps nothing', async (body) => {
  const { world, campaign, path } = await anAskedWorld();
  expect((await aVisitor(world.origin).send(path, body)).status).toBe(400);
  expect(await world.context.answers.ofCampaign(campaign._id, ['anna'])).toEqual([]);
});

it('takes no answer after the close, and shows the one that was given to whom we asked', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  await customer.send(path, { score: 7 });
  world.setNow('2026-03-25T10:00:00+08:00');
  expect(await customer.read(path)).toMatchObject({ state: 'closed', score: 7, canCorrect: false });
  expect(await aVisitor(world.origin).read(path)).toMatchObject({ state: 'closed', score: null });
  const late = await customer.send(path, { score: 1 });
  expect([late.status, await late.json()]).toMatchObject([410, { error: { code: 'survey_closed' } }]);
  expect(await customer.read(path)).toMatchObject({ score: 7 });
});

it('counts an answer as a sign of life and no touch, and a good one sets no date of its own', async () => {
  const { world, path } = await anAskedWorld();
  await aVisitor(world.origin).send(path, { score: 9 });
  expect(await accountOf(world)).toMatchObject({
    lastTouchAt: null,
    lastSignAt: world.context.now(),
    detractorAt: null,
  });
});

it('makes the follow-up due on the next working day after a bad mark', async () => {
  const { world, path } = await anAskedWorld();
  const anna = await aMember(world.origin, 'anna');
  await anna.send('/api/v1/contacts/wm1/follow-ups', aNote());
  world.setNow('2026-03-13T22:00:00+08:00');
  await aVisitor(world.origin).send(path, { score: 6 });
  expect(await accountOf(world)).toMatchObject({ dueOn: '2026-03-16', detractorAt: world.context.now() });
});

it('tells the account where the contact is now, not where they were when asked', async () => {
  const { world, path } = await anAskedWorld();
  world.platform.actions.editRemark({ userid: 'anna', externalUserId: 'wm1', remarkCorpName: '乙' });
  await world.settled();
  await aVisitor(world.origin).send(path, { score: 2 });
  expect((await world.context.accounts.findByKey('乙'))?.detractorAt).toEqual(world.context.now());
  expect((await accountOf(world))?.detractorAt).toBeNull();
});
