import { expect, it } from 'vitest';
import { aVisitor } from '../../support/a-visitor.ts';
import { anAnswer } from '../../support/an-answer.ts';
import type { LivingWorld } from '../../support/a-world.ts';
import { anAskedWorld, aRecognised } from '../../support/nps-world.ts';

const NOTHING_SHOWN = { score: null, comment: '', wantsContact: false, canCorrect: false };
const kept = async ({ context }: LivingWorld, campaignId: string) =>
  context.answers.find(`${campaignId}:wm1`);
const refusal = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  return [answer.status, error.code];
};

it('shows an answer nowhere but to whom it belongs, and lets nobody else change it', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  await customer.send(path, { score: 3, comment: '交货晚了', wantsContact: true });
  const elsewhere = aVisitor(world.origin);
  expect(await elsewhere.read(path)).toMatchObject({ state: 'foreign', ...NOTHING_SHOWN });
  expect(await refusal(await elsewhere.send(path, { score: 10 }))).toEqual([403, 'answered_by_another']);
  expect(await kept(world, campaign._id)).toMatchObject({ score: 3, comment: '交货晚了' });
  expect(await customer.read(path)).toMatchObject({ state: 'answered', score: 3, canCorrect: true });
});

it('leaves an invitation open however often and by whatever its address is read', async () => {
  const { world, campaign, path } = await anAskedWorld();
  for (const scanner of [aVisitor(world.origin), aVisitor(world.origin)])
    for (const address of [path, path]) expect((await scanner.go(address)).status).toBe(200);
  expect(await kept(world, campaign._id)).toBeNull();
  const customer = aVisitor(world.origin);
  expect(await customer.read(path)).toMatchObject({ state: 'open' });
  expect((await customer.send(path, { score: 8 })).status).toBe(200);
});

it('lets a plain browser answer once, score and then the rest, and only thanks it afterwards', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const browser = aVisitor(world.origin);
  await browser.read(path);
  expect((await browser.send(path, { score: 4, isFinal: false })).status).toBe(200);
  expect((await browser.send(path, { score: 4, comment: '太慢' })).status).toBe(200);
  expect(await browser.read(path)).toMatchObject({ state: 'given', ...NOTHING_SHOWN });
  expect((await browser.send(path, { score: 4, comment: '太慢' })).status).toBe(200); // the answer got lost
  expect(await refusal(await browser.send(path, { score: 10 }))).toEqual([409, 'already_answered']);
  expect(await kept(world, campaign._id)).toMatchObject({ score: 4, comment: '太慢', corrections: 0 });
  expect(await (await aRecognised(world, campaign)).read(path)).toMatchObject({
    state: 'foreign',
    ...NOTHING_SHOWN,
  });
});

it('takes the answer of a browser that keeps no cookies', async () => {
  const { world, campaign, path } = await anAskedWorld();
  expect((await aVisitor(world.origin).send(path, { score: 8, comment: '还行' })).status).toBe(200);
  expect((await aVisitor(world.origin).send(path, { score: 1 })).status).toBe(403);
  expect(await kept(world, campaign._id)).toMatchObject({ score: 8, comment: '还行' });
});

it('binds the invitation to one of several who answer in the same moment', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const scores = [1, 5, 9];
  const answers = await Promise.all(scores.map((score) => aVisitor(world.origin).send(path, { score })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  const winner = scores[answers.findIndex(({ status }) => status === 200)];
  expect(await kept(world, campaign._id)).toMatchObject({ score: winner });
});

it('lets no other customer answer whom WeCom recognised, even before anybody did', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const invitation = await world.context.invitations.find(`${campaign._id}:wm1`);
  if (!invitation) throw new Error('not invited');
  const externalUserId = 'wmStranger';
  const _id = `${campaign._id}:${externalUserId}`;
  await world.context.invitations.claim({ ...invitation, _id, externalUserId });
  world.platform.actions.addCustomer({ userid: 'anna', externalUserId });
  const other = await aRecognised(world, campaign, externalUserId);
  expect(await other.read(path)).toMatchObject({ state: 'foreign' });
  expect(await refusal(await other.send(path, { score: 10 }))).toEqual([403, 'answered_by_another']);
  expect(await kept(world, campaign._id)).toBeNull();
});

it('takes a few corrections, then says that it is enough', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  const statuses: number[] = [];
  for (const score of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
    const answer = await customer.send(path, { score });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 409, 409, 409]);
  expect(await refusal(await customer.send(path, { score: 10 }))).toEqual([409, 'too_many_corrections']);
  expect(await customer.read(path)).toMatchObject({ state: 'answered', score: 5, canCorrect: false });
  expect(await kept(world, campaign._id)).toMatchObject({ score: 5 });
});

it('loses no change when two corrections arrive at once', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  await customer.send(path, { score: 6 });
  const both = await Promise.all([7, 8].map((score) => customer.send(path, { score })));
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(await kept(world, campaign._id)).toMatchObject({ corrections: 2, version: 2 });
});

it('shows an answer from before answers were bound only to whom we asked', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const about = { campaignId: campaign._id, externalUserId: 'wm1', accountId: 'a' };
  const old = anAnswer(world.context.now(), { ...about, score: 2, comment: '旧' });
  await world.context.answers.keep(old);
  expect(await aVisitor(world.origin).read(path)).toMatchObject({ state: 'foreign', ...NOTHING_SHOWN });
  const customer = await aRecognised(world, campaign);
  expect(await customer.read(path)).toMatchObject({ state: 'answered', score: 2, comment: '旧' });
  expect((await customer.send(path, { score: 9 })).status).toBe(200);
  expect(await kept(world, campaign._id)).toMatchObject({ score: 9, corrections: 1 });
});
