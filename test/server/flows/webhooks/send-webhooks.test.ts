import { expect, it } from 'vitest';
import { sendWebhooksJob } from '../../../../jobs/send-webhooks.ts';
import type { HookEvent } from '../../../../server/domain/system/webhook.ts';
import { createWebhook } from '../../../../server/flows/webhooks/create-webhook.ts';
import { fillOutbox } from '../../../../server/flows/webhooks/fill-outbox.ts';
import type { Change } from '../../../../server/store/history.ts';
import { aReceiver } from '../../../support/a-receiver.ts';
import { aWorld } from '../../../support/a-world.ts';

/** A world whose changes go to somebody's server; `pass` lets that many seconds go by. */
async function aHookedWorld(events: HookEvent[] = ['account.tier_changed']) {
  const world = await aWorld({ settings: { WEBHOOKS_TO_PRIVATE: 'on' } });
  const receiver = await aReceiver();
  const { id } = await createWebhook(world.context, { url: receiver.url, events }, 'olga');
  const clock = { at: world.context.now() };
  return {
    ...world,
    receiver,
    id,
    change: (to: string, more: Partial<Change> = {}) =>
      world.context.history.append([aChange(to, { at: world.context.now(), ...more })]),
    send: () => world.run(sendWebhooksJob),
    list: () => world.context.deliveries.list(id, { states: ['waiting', 'sent', 'failed'], limit: 99 }),
    pass(seconds: number) {
      clock.at = new Date(clock.at.getTime() + seconds * 1000);
      world.setNow(clock.at);
    },
  };
}
const aChange = (to: string, more: Partial<Change> & { at: Date }): Change => ({
  accountId: 'a1',
  ownerId: null,
  kind: 'tier',
  from: 'tail',
  to,
  why: null,
  by: 'classify-accounts',
  ...more,
});
const saidOf = ({ received }: { received: { body: string }[] }) =>
  received.map(({ body }) => (JSON.parse(body) as { to: string }).to);

it('tells each change that was asked for once, the oldest first', async () => {
  const world = await aHookedWorld();
  await world.change('head');
  await world.change('waist');
  await world.change('anna', { kind: 'owner' });
  expect(await world.send()).toMatchObject({ added: 2, sent: 2, refused: 0 });
  expect(await world.send()).toMatchObject({ added: 0, sent: 0 });
  expect(saidOf(world.receiver)).toEqual(['head', 'waist']);
  expect(await world.list()).toMatchObject([{ state: 'sent', status: 200, tries: 1 }, { state: 'sent' }]);
});

it('tells nothing of what happened before anybody asked', async () => {
  const world = await aHookedWorld();
  await world.change('head', { at: new Date('2026-03-11T09:59:59+08:00') });
  expect(await world.send()).toMatchObject({ added: 0 });
});

it('tells of a change whose webhook was made while a run had begun', async () => {
  const world = await aHookedWorld(['account.owner_changed']);
  const { context, receiver } = world;
  const fresh = async (limit: number) => {
    if ((await context.webhooks.all()).length === 1) {
      await createWebhook(context, { url: receiver.url, events: ['account.tier_changed'] }, 'olga');
      await world.change('head');
    }
    return context.history.fresh(limit);
  };
  expect(await fillOutbox({ ...context, history: { ...context.history, fresh } })).toBe(1);
});

it('tries again with growing pauses until the other side takes it, under the same id', async () => {
  const world = await aHookedWorld();
  world.receiver.answers.status = 503;
  await world.change('head');
  expect(await world.send()).toMatchObject({ sent: 0, refused: 1 });
  expect(await world.list()).toMatchObject([{ state: 'waiting', status: 503, error: 'answered 503' }]);
  expect(await world.send()).toMatchObject({ sent: 0, refused: 0 });
  world.pass(10);
  expect(await world.send()).toMatchObject({ refused: 1 });
  world.pass(59);
  expect(await world.send()).toMatchObject({ refused: 0 });
  world.receiver.answers.status = 204;
  world.pass(1);
  expect(await world.send()).toMatchObject({ sent: 1 });
  expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(1);
  expect(new Set(world.receiver.received.map(({ signature }) => signature)).size).toBe(3);
});

it('asks a server that is down once a run, not once a message', async () => {
  const world = await aHookedWorld();
  world.receiver.answers.status = 500;
  for (const to of ['head', 'waist', 'tail']) await world.change(to);
  expect(await world.send()).toMatchObject({ added: 3, sent: 0, refused: 1 });
  expect(world.receiver.received).toHaveLength(1);
  world.receiver.answers.status = 200;
  world.pass(10);
  expect(await world.send()).toMatchObject({ sent: 3 });
  expect(saidOf(world.receiver)).toEqual(['head', 'head', 'waist', 'tail']);
});

it('gives up after ten tries, and keeps the message', async () => {
  const world = await aHookedWorld();
  world.receiver.answers.status = 404;
  await world.change('head');
  for (let time = 0; time < 12; time += 1) {
    await world.send();
    world.pass(86_400);
  }
  expect(world.receiver.received).toHaveLength(10);
  expect(await world.list()).toMatchObject([{ state: 'failed', tries: 10, status: 404 }]);
});

it('loses and doubles nothing when a run is cut short between outbox and history', async () => {
  const world = await aHookedWorld();
  await world.change('head');
  const { history } = world.context;
  const cut = {
    ...world.context,
    history: { ...history, markHeard: () => Promise.reject(new Error('cut')) },
  };
  await expect(fillOutbox(cut)).rejects.toThrow('cut');
  expect(await world.send()).toMatchObject({ sent: 1 });
  expect(await world.send()).toMatchObject({ sent: 0 });
  expect(world.receiver.received).toHaveLength(1);
});

it('sends again what a process took and never settled, a minute later', async () => {
  const world = await aHookedWorld();
  await world.change('head');
  await fillOutbox(world.context);
  const [delivery] = await world.list();
  if (!delivery) throw new Error('nothing in the outbox');
  const until = new Date(world.context.now().getTime() + 60_000);
  expect(await world.context.deliveries.take(delivery, until)).toBe(true);
  expect(await world.context.deliveries.take(delivery, until)).toBe(false);
  expect(await world.send()).toMatchObject({ sent: 0 });
  world.pass(60);
  expect(await world.send()).toMatchObject({ sent: 1 });
});

it('does not let one webhook hold up another', async () => {
  const world = await aHookedWorld();
  const other = await aReceiver();
  await createWebhook(world.context, { url: other.url, events: ['account.tier_changed'] }, 'olga');
  world.receiver.answers.status = 500;
  await world.change('head');
  expect(await world.send()).toMatchObject({ added: 2, sent: 1, refused: 1 });
  expect(saidOf(other)).toEqual(['head']);
});

it('forgets what was sent thirty days ago, and nothing that waits', async () => {
  const world = await aHookedWorld();
  await world.change('head');
  await world.send();
  world.pass(30 * 86_400);
  expect(await world.send()).toMatchObject({ tidied: 0 });
  world.pass(1);
  expect(await world.send()).toMatchObject({ tidied: 1 });
});
