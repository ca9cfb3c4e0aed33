import { expect, it } from 'vitest';
import { watchCalendarJob } from '../../../jobs/watch-calendar.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** An administrator who makes keys, and an ERP that calls with them. */
async function anErp(wish: object = {}) {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const olga = await aMember(world.origin, 'olga');
  const body = { name: 'ERP', scopes: ['orders:write'], ...wish };
  const made = (await (await olga.send('/api/v1/api-keys', body)).json()) as { id: string; secret: string };
  const call = (path: string, sent: unknown, secret = made.secret) =>
    fetch(`${world.origin}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${secret}`,
        origin: 'https://erp.example',
      },
      body: JSON.stringify(sent),
    });
  return { world, olga, made, call };
}
const anOrder = (externalId: string, more: object = {}) => ({
  externalId,
  account: '甲',
  amountYuan: 100,
  paidOn: '2026-03-01',
  ...more,
});

it('shows the secret once, keeps only its hash, and lists what the key may', async () => {
  const { world, olga, made } = await anErp();
  expect(made.secret).toMatch(/^gk_[\w-]{43}$/);
  const listed = await olga.read('/api/v1/api-keys');
  expect(listed).toMatchObject({ keys: [{ id: made.id, name: 'ERP', perMinute: 60, lastUsedAt: null }] });
  expect(JSON.stringify([listed, await world.context.apiKeys.list()])).not.toContain(made.secret);
});

it('takes orders and refunds of an ERP by the rules of a file, row by row', async () => {
  const { world, call, made } = await anErp();
  const orders = [anOrder('1'), anOrder('2', { amountYuan: -5 }), anOrder('3', { paidOn: '2026-03-12' })];
  const first = await call('/orders', { orders });
  expect([first.status, await first.json()]).toMatchObject([
    200,
    {
      created: 1,
      rejected: [
        { line: 2, id: '2' },
        { line: 3, reasons: ['付款日期 2026-03-12 在今天之后'] },
      ],
    },
  ]);
  expect(await (await call('/orders', { orders: [anOrder('1')] })).json()).toMatchObject({ unchanged: 1 });
  const refund = { externalId: 'R1', amountYuan: '60', refundedOn: '2026-03-02' };
  for (const outcome of ['created', 'unchanged'])
    expect(await (await call('/orders/1/refunds', refund)).json()).toEqual({ outcome });
  const beyond = await call('/orders/1/refunds', { ...refund, externalId: 'R2' });
  expect([beyond.status, await beyond.json()]).toMatchObject([409, { error: { code: 'refund_refused' } }]);
  expect(await world.context.orders.findMany(['1'])).toMatchObject([{ refundedFen: 6000 }]);
  const [note] = await world.context.audit.list({ subject: 'order:1', limit: 1 });
  expect(note).toMatchObject({ by: `key:${made.id}`, act: 'order.refund' });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => anOrder(`o${at}`, { product: '机'.repeat(60) }));

it('takes 500 orders at once, and not one more', async () => {
  const { call } = await anErp();
  expect(await (await call('/orders', { orders: many(500) })).json()).toMatchObject({ created: 500 });
  expect((await call('/orders', { orders: many(501) })).status).toBe(400);
});

it('opens no route outside its scopes, least of all the making of keys', async () => {
  const { call, world, made } = await anErp({ scopes: ['export'] });
  const refused = { error: { code: 'not_in_scope' } };
  for (const path of ['/orders', '/api-keys', '/doctor']) {
    const answer = await call(path, {});
    expect([answer.status, await answer.json()]).toMatchObject([403, refused]);
  }
  const me = await fetch(`${world.origin}/api/v1/me`, {
    headers: { authorization: `Bearer ${made.secret}` },
  });
  expect(me.status).toBe(403);
});

it('answers a revoked key like one that never was', async () => {
  const { call, olga, made } = await anErp();
  expect((await olga.send(`/api/v1/api-keys/${made.id}/revoke`, {})).status).toBe(200);
  expect((await olga.send(`/api/v1/api-keys/${made.id}/revoke`, {})).status).toBe(404);
  for (const secret of [made.secret, `gk_${'x'.repeat(43)}`]) {
    const answer = await call('/orders', { orders: [anOrder('1')] }, secret);
    expect([answer.status, await answer.json()]).toMatchObject([
      401,
      { error: { code: 'bad_key', message: '密钥无效' } },
    ]);
  }
});

it('lets a key make so many requests a minute, and tells when to come back', async () => {
  const { call } = await anErp({ perMinute: 2 });
  const answers = [];
  for (let time = 0; time < 3; time += 1) answers.push(await call('/orders', { orders: [anOrder('1')] }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[2]?.headers.get('retry-after')).toBe('60');
});

it.each([{ name: '' }, { scopes: [] }, { scopes: ['all'] }, { perMinute: 0 }, { perMinute: 6001 }])(
  'makes no key from %j',
  async (wish) => {
    const { made } = await anErp(wish);
    expect(made).toMatchObject({ error: { code: 'invalid_body' } });
  },
);

const DAY_MS = 86_400_000;
const dayAfter = (days: number) => new Date(Date.parse('2026-03-11T10:00:00+08:00') + days * DAY_MS);

it.each([
  [{}, 365],
  [{ days: 90 }, 90],
])(
  'a key asked for with %o ends after %i days: its holder is told, and nothing else opens',
  async (wish, days) => {
    const { world, olga, call } = await anErp(wish);
    const state = async () => {
      const { keys } = (await olga.read('/api/v1/api-keys')) as {
        keys: { expiry: string; expiresAt: string }[];
      };
      return [keys[0]?.expiry, keys[0]?.expiresAt];
    };
    expect(await state()).toEqual(['fresh', dayAfter(days).toISOString()]);
    world.setNow(dayAfter(days - 0.01));
    expect((await call('/orders', { orders: [] })).status).not.toBe(401);
    world.setNow(dayAfter(days));
    const refused = await call('/orders', { orders: [] });
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'key_expired' } }]);
  },
);

it.each([0, 1096, 1.5, -1])('no key lasts %d days', async (days) => {
  const { olga } = await anErp();
  expect((await olga.send('/api/v1/api-keys', { name: 'x', scopes: ['export'], days })).status).toBe(400);
});

it('tells administrators of a key that ends soon, until it is revoked', async () => {
  const { world, made } = await anErp({ name: '金蝶', days: 60 });
  const notices = async () =>
    (await world.context.notices.open()).flatMap(({ kind, text }) =>
      kind === 'api-key-expiry' ? [text] : [],
    );
  await world.run(watchCalendarJob);
  expect(await notices()).toEqual([]);
  world.setNow(dayAfter(31));
  await world.run(watchCalendarJob);
  expect(await notices()).toEqual([expect.stringMatching(/“金蝶”将于 2026-05-10 到期/)]);
  world.setNow(dayAfter(61));
  await world.run(watchCalendarJob);
  expect(await notices()).toEqual([expect.stringMatching(/“金蝶”已于 2026-05-10 到期/)]);
  await world.context.apiKeys.revoke(made.id, dayAfter(61));
  await world.run(watchCalendarJob);
  expect(await notices()).toEqual([]);
});

it('a key made before keys had an end goes on, and is marked', async () => {
  const { world, olga } = await anErp();
  const key = { name: '旧', scopes: ['accounts:read' as const], perMinute: 60, createdBy: 'olga' };
  await world.context.apiKeys.create('gk_old', { ...key, createdAt: world.context.now(), expiresAt: null });
  const answer = await fetch(`${world.origin}/api/v1/accounts`, {
    headers: { authorization: 'Bearer gk_old' },
  });
  expect(answer.status).toBe(200);
  expect(await olga.read('/api/v1/api-keys')).toMatchObject({
    keys: [{ name: '旧', expiry: 'endless' }, {}],
  });
});
