import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../../jobs/classify-accounts.ts';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { anAnswer } from '../../../support/an-answer.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { tagNames } from '../../../support/tag-names.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

/** Ten companies with one contact each, followed by anna; company 9 is worth most. */
const ten: Following[] = Array.from({ length: 10 }, (_, n) => ['anna', `wm${n}`, `公司${n}`]);
const earn = (world: LivingWorld, amounts: Record<string, number>, paidOn = '2026-03-01') =>
  importOrders(
    world.context,
    rowsOf<OrderRow>(
      Object.entries(amounts).map(([account, yuan]) => ({
        external_id: `${account}-${paidOn}-${yuan}`,
        account,
        amount_yuan: String(yuan),
        paid_on: paidOn,
      })),
    ),
  );
const tens = () => Object.fromEntries(ten.map(([, , name], n) => [name, (n + 1) * 1000]));
const tagsOf = ({ platform }: LivingWorld, n: number) =>
  tagNames(platform, { userid: 'anna', externalUserId: `wm${n}` });
const accountOf = async ({ context }: LivingWorld, name: string) => {
  const account = await context.accounts.findByKey(name);
  if (!account) throw new Error(`no ${name}`);
  return account;
};

it('writes exactly one tag of each group to every contact', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten) });
  await earn(world, tens());
  expect(await world.run(classifyAccountsJob)).toEqual({
    seen: 10,
    changed: 10,
    tagged: 10,
    failed: 0,
    unsynced: 0,
  });
  expect(ten.map((_, n) => tagsOf(world, n)[0])).toEqual([
    ...Array(6).fill('客户分层/尾部'),
    ...Array(3).fill('客户分层/腰部'),
    '客户分层/头部',
  ]);
  expect(ten.map((_, n) => tagsOf(world, n)[1])).toEqual(Array(10).fill('客户阶段/首次成交'));
});

it('makes the two groups once, in the order of the pyramid', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten) });
  await world.run(classifyAccountsJob);
  const groups = world.platform.state.corp.tagGroups.map(({ name, tags }) => [
    name,
    tags.toSorted((a, b) => b.order - a.order).map((tag) => tag.name),
  ]);
  expect(groups).toEqual([
    ['客户分层', ['头部', '腰部', '尾部']],
    ['客户阶段', ['猜想', '预期', '首次成交', '重复购买', '长期', '拥护者', '战略合作', '合伙人']],
  ]);
});

it('writes only differences: nothing the second time, one relation after one order', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten) });
  await earn(world, tens());
  await world.run(classifyAccountsJob);
  const first = world.callsOf('mark_tag').length;
  expect(await world.run(classifyAccountsJob)).toEqual({
    seen: 10,
    changed: 0,
    tagged: 0,
    failed: 0,
    unsynced: 0,
  });
  expect(world.callsOf('mark_tag')).toHaveLength(first);
  await earn(world, { 公司9: 500 }, '2026-03-10');
  expect(await world.run(classifyAccountsJob)).toMatchObject({ changed: 1, tagged: 1 });
  const [change, ...more] = world.callsOf('mark_tag').slice(first);
  expect(more).toEqual([]);
  expect(change?.detail).toMatchObject({
    request: { add_tag: [expect.any(String)], remove_tag: [expect.any(String)] },
  });
  expect(tagsOf(world, 9)).toEqual(['客户分层/头部', '客户阶段/重复购买']);
});

it('gives a customer without revenue a stage but no tier', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten.slice(0, 2)) });
  await earn(world, { 公司0: 100 }, '2024-01-01');
  await world.run(classifyAccountsJob);
  expect(tagsOf(world, 0)).toEqual(['客户阶段/首次成交']);
  expect(tagsOf(world, 1)).toEqual(['客户阶段/猜想']);
});

it('holds a small fall on the first day and believes it on the second', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten) });
  await earn(world, tens());
  await world.run(classifyAccountsJob);
  await earn(world, { 公司8: 1100 }, '2026-03-10');
  await world.run(classifyAccountsJob);
  await world.run(classifyAccountsJob);
  expect(await accountOf(world, '公司9')).toMatchObject({
    tier: 'head',
    tierWhy: { rule: 'held', freshTier: 'waist', rank: 2 },
  });
  expect(tagsOf(world, 9)[0]).toBe('客户分层/头部');
  world.setNow('2026-03-12T03:30:00+08:00');
  expect(await world.run(classifyAccountsJob)).toMatchObject({ changed: 2, tagged: 2 });
  expect(await accountOf(world, '公司9')).toMatchObject({ tier: 'waist', tierWhy: { rule: 'ranked' } });
  expect([tagsOf(world, 9)[0], tagsOf(world, 8)[0]]).toEqual(['客户分层/腰部', '客户分层/头部']);
});

it('keeps every change with its reason, but not the first classification', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten) });
  await world.run(classifyAccountsJob);
  const { _id } = await accountOf(world, '公司9');
  expect(await world.context.history.ofAccount(_id)).toEqual([]);
  await earn(world, tens());
  await world.run(classifyAccountsJob);
  const changes = await world.context.history.ofAccount(_id);
  expect(changes.toSorted((a, b) => a.kind.localeCompare(b.kind))).toMatchObject([
    { kind: 'stage', from: 'suspect', to: 'first_purchase', ownerId: 'anna', by: 'classify-accounts' },
    { kind: 'tier', from: 'unrated', to: 'head', why: { rank: 1, ranked: 10, valueFen: 1_000_000 } },
  ]);
});

it('lets revenue leave the window after twelve months, and the cadence follow the tier', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten.slice(0, 1)) });
  await earn(world, { 公司0: 100 }, '2025-03-12');
  await world.run(classifyAccountsJob);
  expect(await accountOf(world, '公司0')).toMatchObject({ tier: 'head' });
  world.setNow('2026-03-12T03:30:00+08:00');
  await world.run(classifyAccountsJob);
  expect(await accountOf(world, '公司0')).toMatchObject({ tier: 'unrated', stage: 'first_purchase' });
  expect(tagsOf(world, 0)).toEqual(['客户阶段/首次成交']);
});

it('makes an advocate of who buys again and recommends us', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(ten.slice(0, 1)) });
  await earn(world, { 公司0: 100 }, '2026-01-05');
  await earn(world, { 公司0: 100 }, '2026-02-05');
  const { _id: accountId } = await accountOf(world, '公司0');
  const given = { externalUserId: 'wm0', accountId, score: 9 };
  await world.context.answers.keep(anAnswer(world.context.now(), given));
  await world.run(classifyAccountsJob);
  expect(tagsOf(world, 0)).toEqual(['客户分层/头部', '客户阶段/拥护者']);
});
