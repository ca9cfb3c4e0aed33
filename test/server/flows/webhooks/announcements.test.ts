import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { sendWebhooksJob } from '../../../../jobs/send-webhooks.ts';
import { watchAccountsJob } from '../../../../jobs/watch-accounts.ts';
import { HOOK_EVENTS, type HookEvent } from '../../../../server/domain/system/webhook.ts';
import { importContracts } from '../../../../server/flows/contracts/import-contracts.ts';
import { importOpportunities } from '../../../../server/flows/opportunities/import-opportunities.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { importRefunds } from '../../../../server/flows/orders/import-refunds.ts';
import { importPayments } from '../../../../server/flows/payments/import-payments.ts';
import { startCampaign } from '../../../../server/flows/nps/start-campaign.ts';
import { createWebhook } from '../../../../server/flows/webhooks/create-webhook.ts';
import { aReceiver } from '../../../support/a-receiver.ts';
import { anEdit } from '../../../support/an-edit.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aMember, aVisitor } from '../../../support/a-visitor.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';
import { setDue } from '../../../support/due-world.ts';
import { ask } from '../../../support/nps-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

type Told = { event: string; subject: { type: string; id: string }; contactId: string | null; by: string };

/** anna's 甲 with wm1; somebody's server asks for these events. `told` sends what waits and gives what came. */
async function aHookedWorld(events: readonly HookEvent[] = HOOK_EVENTS) {
  const world = await aSyncedWorld({
    corp: aTeamCorp([['anna', 'wm1', '甲']]),
    settings: { ADMIN_USERIDS: 'olga', WEBHOOKS_TO_PRIVATE: 'on' },
  });
  const receiver = await aReceiver();
  await createWebhook(world.context, { url: receiver.url, events: [...events] }, 'olga');
  const accountId = (await world.context.accounts.findByKey('甲'))?._id ?? '';
  const anna = await aMember(world.origin, 'anna');
  const told = async () => {
    await world.run(sendWebhooksJob);
    return receiver.received.splice(0).map(({ body }) => JSON.parse(body) as Told);
  };
  return { ...world, world, receiver, accountId, anna, told };
}
const order = (amount: string) =>
  rowsOf([{ external_id: 'D1', account: '甲', amount_yuan: amount, paid_on: '2026-03-02' }]);
const opportunity = (stage: string) =>
  rowsOf([{ external_id: 'C1', account: '甲', name: '二期', stage, product: '水泵', amount_yuan: '100' }]);
const briefly = (told: readonly Told[]) => told.map(({ event, subject }) => `${event} ${subject.id}`).sort();

it('tells of orders that are recorded and changed, refunds included, and of no order twice', async () => {
  const { context, told, accountId } = await aHookedWorld();
  await importOrders(context, order('100'));
  const [message, ...others] = await told();
  expect(others).toEqual([]);
  expect(message).toEqual({
    id: expect.any(String),
    event: 'order.recorded',
    at: context.now().toISOString(),
    account: { id: accountId, externalId: null, name: '甲' },
    subject: { type: 'order', id: 'D1' },
    contactId: null,
    by: 'import',
  });
  await importOrders(context, order('100'));
  expect(await told()).toEqual([]);
  await importOrders(context, order('120'));
  expect(briefly(await told())).toEqual(['order.changed D1']);
  const refund = {
    external_id: 'R1',
    order_external_id: 'D1',
    amount_yuan: '20',
    paid_on: '2026-03-05',
    kind: '退款',
  };
  expect(await importRefunds(context, rowsOf([refund]))).toMatchObject({ created: 1 });
  expect(briefly(await told())).toEqual(['order.changed D1']);
});

it('tells of nothing that a dry run only tried', async () => {
  const { context, told } = await aHookedWorld();
  await importOrders(context, order('100'), { by: 'import', via: 'import', isDryRun: true });
  expect(await told()).toEqual([]);
});

it('tells of opportunities and contracts, and of what was paid', async () => {
  const { context, told } = await aHookedWorld();
  await importOpportunities(context, opportunity('意向'));
  await importOpportunities(context, opportunity('立项'));
  const contract = {
    external_id: 'H1',
    account: '甲',
    name: '框架合同',
    amount_yuan: '100',
    signed_on: '2026-03-02',
    down_payment_yuan: '100',
    down_payment_due_on: '2026-03-20',
  };
  expect(await importContracts(context, rowsOf([contract]))).toMatchObject({ created: 1 });
  const payment = {
    external_id: 'S1',
    contract_external_id: 'H1',
    milestone: '首付款',
    amount_yuan: '40',
    paid_on: '2026-03-05',
  };
  expect(await importPayments(context, rowsOf([payment]))).toMatchObject({ created: 1 });
  expect(briefly(await told())).toEqual([
    'contract.changed H1',
    'contract.recorded H1',
    'opportunity.changed C1',
    'opportunity.recorded C1',
  ]);
});

it('tells of warnings that the watch raises and resolves, and of one that somebody resolves', async () => {
  const { world, context, run, anna, told, accountId } = await aHookedWorld();
  await setDue(world, '甲', { dueOn: '2026-03-06', tier: 'head' });
  await run(watchAccountsJob);
  const raised = await told();
  expect(raised.map(({ event, by }) => [event, by])).toEqual([
    ['warning.raised', 'watch-accounts'],
    ['warning.raised', 'watch-accounts'],
  ]);
  const standing = await context.warnings.ofAccounts([accountId], context.now());
  expect(raised.map(({ subject }) => subject.id).sort()).toEqual(standing.map(({ _id }) => _id).sort());
  await run(watchAccountsJob);
  expect(await told()).toEqual([]);
  const [first, second] = standing;
  await anna.send(`/api/v1/warnings/${first?._id}/acknowledge`, { note: '' });
  expect(await told()).toEqual([]);
  await anna.send(`/api/v1/warnings/${first?._id}/resolve`, { note: '已拜访' });
  expect(await told()).toMatchObject([
    { event: 'warning.resolved', subject: { type: 'warning', id: first?._id }, by: 'anna' },
  ]);
  await setDue(world, '甲', { dueOn: '2026-04-01', tier: 'tail' });
  await run(watchAccountsJob);
  expect(await told()).toMatchObject([
    { event: 'warning.resolved', subject: { id: second?._id }, by: 'watch-accounts' },
  ]);
});

it('tells of a profile whose fields changed, by the id of the contact alone', async () => {
  const { anna, told } = await aHookedWorld();
  await anna.send('/api/v1/contacts/wm1/kdm', anEdit({ title: '采购总监', notes: '爱喝茶' }));
  const all = await told();
  expect(all).toMatchObject([
    { event: 'kdm.changed', subject: { type: 'kdm', id: 'wm1' }, contactId: 'wm1', by: 'anna' },
  ]);
  expect(JSON.stringify(all)).not.toMatch(/采购总监|爱喝茶/);
});

it('tells that a survey was answered, and neither the mark nor the words', async () => {
  const { world, context, told } = await aHookedWorld();
  const campaign = await startCampaign(context, { name: '一季度', tiers: [] });
  await ask(world);
  const token = context.signer.seal('survey', `${campaign._id}:wm1`);
  const note = { score: 3, comment: '太慢了', wantsContact: false };
  const customer = aVisitor(world.origin, 'customer:wm1');
  expect((await customer.send(`/api/v1/survey/${token}`, note)).status).toBe(200);
  const answered = (await told()).filter(({ event }) => event === 'nps.answered');
  expect(answered).toMatchObject([{ subject: { type: 'nps' }, contactId: 'wm1', by: 'survey' }]);
  expect(JSON.stringify(answered)).not.toMatch(/太慢了|"score"/);
});

it('tells of a complaint that is opened, once, and closed', async () => {
  const { anna, accountId, told } = await aHookedWorld(['complaint.opened', 'complaint.closed']);
  const complaint = { requestId: randomUUID(), text: '交货晚了', channel: 'call', externalUserId: 'wm1' };
  const open = () => anna.send(`/api/v1/accounts/${accountId}/complaints`, complaint);
  const { id } = (await (await open()).json()) as { id: string };
  await open();
  await anna.send(`/api/v1/complaints/${encodeURIComponent(id)}/close`, { cause: '排产', action: '免运费' });
  const all = await told();
  expect(briefly(all)).toEqual([`complaint.closed ${id}`, `complaint.opened ${id}`]);
  expect(all[0]).toMatchObject({ contactId: 'wm1', by: 'anna', subject: { type: 'complaint' } });
});

it('keeps nothing that no webhook asks for', async () => {
  const { context, receiver } = await aHookedWorld(['warning.raised']);
  await importOrders(context, order('100'));
  expect(await context.announcements.fresh(9)).toEqual([]);
  expect(receiver.received).toEqual([]);
});

it('loses and doubles nothing when a run is cut short before an announcement is dropped', async () => {
  const { context, told } = await aHookedWorld();
  const news = {
    event: 'order.recorded' as const,
    accountId: 'a1',
    subjectId: 'D1',
    contactId: null,
    by: 'x',
  };
  await context.announcements.add([{ ...news, at: context.now() }]);
  const drop = context.announcements.drop;
  context.announcements.drop = () => Promise.reject(new Error('cut'));
  await expect(told()).rejects.toThrow('send-webhooks');
  context.announcements.drop = drop;
  expect(await told()).toHaveLength(1);
  expect(await told()).toEqual([]);
});
