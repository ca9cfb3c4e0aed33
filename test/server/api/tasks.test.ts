import { expect, it } from 'vitest';
import { remindOwnersJob } from '../../../jobs/remind-owners.ts';
import { sendDigestJob } from '../../../jobs/send-digest.ts';
import { notifyTasksJob } from '../../../jobs/notify-tasks.ts';
import { aMember } from '../../support/a-visitor.ts';
import { anAnswer } from '../../support/an-answer.ts';
import type { LivingWorld } from '../../support/a-world.ts';
import { notifiedTo } from '../../support/due-world.ts';
import { anAskedWorld, aRecognised } from '../../support/nps-world.ts';

type Tasks = { total: number; items: { id: string; cause: string; accountId: string }[] };
const tasksOf = async (world: LivingWorld, staffId: string, query = '') =>
  (await (await aMember(world.origin, staffId)).read(`/api/v1/tasks${query}`)) as Tasks;
const accountId = async ({ context }: LivingWorld) => (await context.accounts.findByKey('甲'))?._id ?? '';
const wishesTo = (world: LivingWorld, staffId: string) =>
  notifiedTo(world, staffId).filter((text) => text.startsWith('【请联系我】'));

/** wm1 of anna's account asked to be called on a Wednesday evening. */
async function anAskingCustomer(comment = '交货晚了') {
  const asked = await anAskedWorld();
  asked.world.setNow('2026-03-11T21:30:00+08:00');
  const customer = await aRecognised(asked.world, asked.campaign);
  const say = (more: object = {}) =>
    customer.send(asked.path, { score: 3, comment, wantsContact: true, ...more });
  await customer.send(asked.path, { score: 3, isFinal: false });
  expect((await say()).status).toBe(200);
  return { ...asked, say };
}

it('tells owner and manager at once, in the words of the customer, and once only', async () => {
  const { world, say } = await anAskingCustomer();
  await expect.poll(() => [...wishesTo(world, 'anna'), ...wishesTo(world, 'lena')]).toHaveLength(2);
  for (const staffId of ['anna', 'lena']) {
    const [text = ''] = wishesTo(world, staffId);
    expect(text).toContain('甲 客户wm1');
    expect(text).toContain('评分 3 分：“交货晚了”');
    expect(text).toContain(`${world.origin}/sidebar/?contact=wm1`);
    expect(text).toContain('3月12日前');
  }
  await say();
  await world.run(notifyTasksJob);
  expect([wishesTo(world, 'anna'), wishesTo(world, 'lena'), wishesTo(world, 'mark')]).toEqual([
    [expect.any(String)],
    [expect.any(String)],
    [],
  ]);
});

it('puts it on the list of the owner and into the account, reminder and digest, until it is closed', async () => {
  const { world } = await anAskingCustomer();
  const account = await accountId(world);
  const { total, items } = await tasksOf(world, 'anna');
  expect([total, items]).toMatchObject([
    1,
    [{ kind: 'contact_me', personName: '客户wm1', accountName: '甲', dueOn: '2026-03-12' }],
  ]);
  expect(await tasksOf(world, 'lena', `?accountId=${account}`)).toMatchObject({ total: 1 });
  expect([await tasksOf(world, 'lena'), await tasksOf(world, 'ben')]).toEqual([
    { total: 0, items: [] },
    { total: 0, items: [] },
  ]);
  world.setNow('2026-03-12T09:00:00+08:00');
  await world.run(remindOwnersJob);
  expect(notifiedTo(world, 'anna').at(-1)).toContain('请联系我：');
  world.setNow('2026-03-12T18:00:00+08:00');
  await world.run(sendDigestJob);
  expect(notifiedTo(world, 'lena').at(-1)).toContain('请联系我：1 位客户还在等');
  const anna = await aMember(world.origin, 'anna');
  const path = `/api/v1/tasks/${encodeURIComponent(items[0]?.id ?? '')}/close`;
  expect((await anna.send(path, { result: ' ' })).status).toBe(400);
  expect((await anna.send(path, { result: '已道歉，周五补货' })).status).toBe(200);
  expect((await anna.send(path, { result: '再来' })).status).toBe(409);
  expect(await tasksOf(world, 'anna')).toEqual({ total: 0, items: [] });
  expect(await world.context.tasks.find(items[0]?.id ?? '')).toMatchObject({
    state: 'done',
    result: '已道歉，周五补货',
    closedBy: 'anna',
  });
});

it('lets nobody else close it, and shows nothing of an account that is not theirs', async () => {
  const { world } = await anAskingCustomer();
  const [task] = (await tasksOf(world, 'anna')).items;
  const carl = await aMember(world.origin, 'carl');
  const path = `/api/v1/tasks/${encodeURIComponent(task?.id ?? '')}/close`;
  expect((await carl.send(path, { result: '不是我的' })).status).toBe(404);
  expect((await carl.go(`/api/v1/tasks?accountId=${task?.accountId}`)).status).toBe(403);
  expect((await tasksOf(world, 'anna')).total).toBe(1);
});

it('goes with the account to its next owner', async () => {
  const { world } = await anAskingCustomer();
  await world.context.accounts.update(await accountId(world), { ownerId: 'ben' });
  expect([(await tasksOf(world, 'anna')).total, (await tasksOf(world, 'ben')).total]).toEqual([0, 1]);
});

it('is given to the manager of who asked where nobody owns the account', async () => {
  const asked = await anAskedWorld();
  await asked.world.context.accounts.update(await accountId(asked.world), { ownerId: null });
  const customer = await aRecognised(asked.world, asked.campaign);
  await customer.send(asked.path, { score: 9, wantsContact: true });
  await expect.poll(() => wishesTo(asked.world, 'lena')).toHaveLength(1);
  expect(wishesTo(asked.world, 'anna')).toEqual([]);
  expect((await tasksOf(asked.world, 'lena')).total).toBe(1);
});

it('opens and tells within a minute what a process that died, or an older version, left undone', async () => {
  const { world, campaign } = await anAskedWorld();
  const { answers } = world.context;
  const about = { campaignId: campaign._id, accountId: await accountId(world), wantsContact: true };
  const old = new Date(world.context.now().getTime() - 31 * 86_400_000);
  await answers.keep(anAnswer(world.context.now(), { ...about, externalUserId: 'wm1', score: 8 }));
  await answers.keep(anAnswer(old, { ...about, externalUserId: 'wmOld', score: 8 }));
  expect(await world.run(notifyTasksJob)).toEqual({ opened: 1, told: 2, failed: 0 });
  expect(await world.run(notifyTasksJob)).toEqual({ opened: 0, told: 0, failed: 0 });
  expect([wishesTo(world, 'anna'), wishesTo(world, 'lena')]).toEqual([
    [expect.stringContaining('评分 8 分，没有留言')],
    [expect.any(String)],
  ]);
});

it('tries again what WeCom certainly refused, and tells nobody twice', async () => {
  const { world, campaign } = await anAskedWorld();
  const about = { campaignId: campaign._id, accountId: await accountId(world), wantsContact: true };
  await world.context.answers.keep(
    anAnswer(world.context.now(), { ...about, externalUserId: 'wm1', score: 2 }),
  );
  world.platform.faults.next('message/send', { errcode: 81013 });
  expect(await world.run(notifyTasksJob)).toMatchObject({ opened: 1, failed: 1 });
  world.setNow(new Date(world.context.now().getTime() + 120_000));
  await world.run(notifyTasksJob);
  expect([wishesTo(world, 'anna'), wishesTo(world, 'lena')].map((texts) => texts.length)).toEqual([1, 1]);
});

it('ends when the customer takes it back, and follows what they correct', async () => {
  const { world, say } = await anAskingCustomer();
  await say({ comment: '更正：周五前给答复' });
  expect((await tasksOf(world, 'anna')).items[0]?.cause).toContain('周五前给答复');
  await say({ wantsContact: false });
  expect((await tasksOf(world, 'anna')).total).toBe(0);
});
