import { expect, it } from 'vitest';
import { sendWebhooksJob } from '../../../jobs/send-webhooks.ts';
import { UsageError } from '../../../server/cli/command.ts';
import { webhooksCommand } from '../../../server/cli/webhooks.ts';
import { aReceiver } from '../../support/a-receiver.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aWorld } from '../../support/a-world.ts';

const EVENTS = ['account.owner_changed'];

/** An administrator, and somebody's server. */
async function aDesk(settings: Record<string, string> = { WEBHOOKS_TO_PRIVATE: 'on' }) {
  const world = await aWorld({ settings: { ADMIN_USERIDS: 'olga', ...settings } });
  const receiver = await aReceiver();
  const olga = await aMember(world.origin, 'olga');
  const ask = async (path: string, body: unknown = {}) => {
    const answer = await olga.send(`/api/v1/webhooks${path}`, body);
    return { status: answer.status, answer: (await answer.json()) as Record<string, unknown> };
  };
  const make = async () => {
    const { answer } = await ask('', { url: receiver.url, events: EVENTS });
    return answer as { id: string; secret: string };
  };
  const change = () =>
    world.context.history.append([
      {
        accountId: 'a1',
        ownerId: null,
        kind: 'owner',
        from: '',
        to: 'anna',
        why: '',
        by: 'x',
        at: world.context.now(),
      },
    ]);
  const run = (words: string[], options: Record<string, string> = {}) =>
    webhooksCommand.run(async () => world.context, { words, options });
  return { world, receiver, olga, ask, make, change, run };
}

it('shows the secret once, and lists what waits and what was given up', async () => {
  const { olga, make, receiver, world } = await aDesk();
  const { id, secret } = await make();
  expect(secret).toMatch(/^whs_[\w-]{43}$/);
  const listed = await olga.read('/api/v1/webhooks');
  expect(listed).toMatchObject({
    webhooks: [{ id, url: receiver.url, events: EVENTS, waiting: 0, failed: 0 }],
  });
  const notes = await world.context.audit.list({ subject: `webhook:${id}`, limit: 9 });
  expect(notes).toMatchObject([{ by: 'olga', act: 'webhook.create' }]);
  expect(JSON.stringify([listed, notes])).not.toContain(secret);
});

it('sends a signed trial, and tells what came back', async () => {
  const { ask, make, receiver } = await aDesk();
  const { id } = await make();
  expect((await ask(`/${id}/test`)).answer).toEqual({ ok: true, status: 200, error: null });
  expect(receiver.received).toMatchObject([
    { event: 'test', signature: expect.stringMatching(/^t=\d+,v1=/) },
  ]);
  receiver.answers.status = 401;
  expect((await ask(`/${id}/test`)).answer).toEqual({ ok: false, status: 401, error: null });
});

it('sends nothing to our own network unless the setting says so', async () => {
  const { ask, receiver } = await aDesk({});
  for (const url of [receiver.url, receiver.url.replace('http:', 'https:'), 'mailto:olga@erp.example']) {
    expect(await ask('', { url, events: EVENTS })).toMatchObject({
      status: 400,
      answer: { error: { code: 'bad_url' } },
    });
  }
});

it('replays what was given up, and everything since a time, also by command', async () => {
  const { world, ask, make, change, receiver, olga, run } = await aDesk();
  const { id } = await make();
  const since = world.context.now().toISOString();
  await change();
  await world.run(sendWebhooksJob);
  expect(await ask(`/${id}/replay`)).toMatchObject({ answer: { replayed: 0 } });
  expect(await ask(`/${id}/replay`, { since })).toMatchObject({ answer: { replayed: 1 } });
  await world.run(sendWebhooksJob);
  expect(await run(['replay', id], { since })).toMatchObject({ ok: true, data: { replayed: 1, sent: 1 } });
  expect(receiver.received.map(({ body }) => body)).toEqual(Array(3).fill(receiver.received[0]?.body));
  expect(await olga.read(`/api/v1/webhooks/${id}/deliveries?state=sent`)).toMatchObject({
    deliveries: [{ event: 'account.owner_changed', state: 'sent', tries: 1, dueAt: null }],
  });
  expect((await run([])).text).toContain(`${id}  ${receiver.url}  等待 0，放弃 0`);
  expect((await run([id])).text).toContain('account.owner_changed  sent  ×1');
});

it('forgets a deleted webhook and what it was to be told', async () => {
  const { world, ask, make, change, receiver } = await aDesk();
  const { id } = await make();
  receiver.answers.status = 500;
  await change();
  await world.run(sendWebhooksJob);
  expect((await ask(`/${id}/delete`)).status).toBe(200);
  expect((await ask(`/${id}/delete`)).status).toBe(404);
  world.setNow('2026-03-12T10:00:00+08:00');
  await world.run(sendWebhooksJob);
  expect(receiver.received).toHaveLength(1);
});

it('makes twenty webhooks, and not one more', async () => {
  const { ask, make } = await aDesk();
  for (let made = 0; made < 20; made += 1) await make();
  const url = 'https://erp.example/';
  expect(await ask('', { url, events: EVENTS })).toMatchObject({ status: 409 });
});

it.each([[{ events: [] }], [{ events: ['account.deleted'] }]])('makes no webhook of %j', async (wish) => {
  const { ask } = await aDesk();
  expect((await ask('', { url: 'https://erp.example/', ...wish })).status).toBe(400);
});

it.each([
  [['replay'], {}],
  [['a', 'b'], {}],
  [['replay', 'a', 'b'], {}],
  [['replay', 'a'], { since: 'yesterday' }],
])('refuses the command %j %j', async (words, options) => {
  const { run } = await aDesk();
  await expect(run(words, options)).rejects.toBeInstanceOf(UsageError);
});
