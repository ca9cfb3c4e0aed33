import { expect, it, onTestFinished } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { createMetricsApp } from '../../../server/api/health.ts';
import { listen } from '../../../server/boot/listen.ts';
import { aDoor } from '../../support/a-door.ts';
import { deliver } from '../../support/a-callback.ts';
import { aFastClock } from '../../support/wecom-parts.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld } from '../../support/a-world.ts';

it('lives as long as it answers, and is ready when database, store and token are', async () => {
  const world = await aWorld();
  expect(await (await fetch(`${world.origin}/healthz`)).json()).toEqual({ status: 'ok' });
  const ready = await fetch(`${world.origin}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ok', parts: { database: 'ok', store: 'ok', token: 'ok' } },
  ]);
});

it('is ready and degraded while WeCom gives no token, says which part it is, and does not ask each time', async () => {
  const world = await aWorld();
  world.platform.faults.next('gettoken', { errcode: 40001 });
  for (let n = 0; n < 5; n += 1) {
    const answer = await fetch(`${world.origin}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'degraded', parts: { database: 'ok', store: 'ok', token: 'WecomError' } },
    ]);
  }
  expect(world.callsOf('gettoken')).toHaveLength(1);
  const { origin } = await aDoor(world.context);
  expect(await (await fetch(`${origin}/readyz`)).json()).toMatchObject({ status: 'ok' });
});

it('is ready and degraded while WeCom does not answer, although a token is at hand', async () => {
  const world = await aWorld({ gate: { clock: aFastClock(1000) } });
  await world.context.wecom.staff.followers();
  world.platform.faults.plan('get_follow_user_list', { isCut: true });
  await expect(world.context.wecom.staff.followers()).rejects.toThrow('gave no usable answer');
  const answer = await fetch(`${world.origin}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { status: 'degraded', parts: { token: 'WecomUnreachable' } },
  ]);
});

it('lives but is not ready without its database', async () => {
  const world = await aWorld();
  const { origin } = await aDoor(world.context);
  await world.context.wecom.sign();
  await world.loseDatabase();
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  const answer = await fetch(`${origin}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    parts: { token: 'ok', database: expect.stringMatching(/^Mongo/) },
  });
});

const MB = 1024 ** 2;

it.each([
  ['has no room left', { freeBytes: async () => 9 * MB }],
  [
    'refuses a write for lack of space',
    { database: { roundTrip: () => Promise.reject(Object.assign(new Error('full'), { code: 14031 })) } },
  ],
])(
  'is not ready while the disk %s, names that, and is ready by itself when there is room',
  async (...[, full]) => {
    const { context } = await aWorld();
    const roomy = { freeBytes: async () => 10 * MB, database: context.database };
    const disk = { ...roomy, ...full };
    const { origin } = await aDoor({
      ...context,
      freeBytes: () => disk.freeBytes(),
      database: { ...context.database, roundTrip: (at) => disk.database.roundTrip(at) },
    });
    const ready = async () => {
      const answer = await fetch(`${origin}/readyz`);
      return [answer.status, await answer.json()];
    };
    expect(await ready()).toMatchObject([503, { status: 'not_ready', parts: { database: 'disk_full' } }]);
    Object.assign(disk, roomy);
    await expect.poll(ready, { timeout: 5000 }).toMatchObject([200, { status: 'ok' }]);
  },
);

it('counts requests, calls, events and jobs for Prometheus', async () => {
  const world = await aWorld();
  await fetch(`${world.origin}/api/v1/contacts/wm1/profile`);
  await deliver(world.origin, 'nobody can read this');
  await world.run(retryInboxJob);
  await world.context.wecom.staff.followers();
  const answer = await fetch(`${world.origin}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  for (const line of [
    /genjin_callback_events\{state="failed"\} 1/,
    /genjin_callback_events\{state="waiting"\} 0/,
    /genjin_job_last_success_timestamp_seconds\{job="retry-inbox"\} \d+/,
    /genjin_wecom_calls_total\{path="\/cgi-bin\/gettoken",outcome="0"\} 1/,
    /genjin_http_request_seconds_count\{method="GET",route="\/api\/v1\/contacts\/:externalUserId\/profile",status="401"\} 1/,
  ])
    expect(text).toMatch(line);
  expect(text).not.toMatch(/access_token|wm1/);
});

const kind = (change: string) => `kind="change_external_contact.${change}"`;

it('counts what became of events, how long it took, and how long the oldest has waited', async () => {
  const world = await aWorld({
    corp: aTeamCorp([['anna', 'wm1', '启明精密']]),
    settings: { WELCOME_TEXT: '您好' },
  });
  const metrics = async () => (await fetch(`${world.origin}/metrics`)).text();
  expect(await metrics()).toMatch(/genjin_callback_oldest_waiting_seconds 0/);
  world.platform.actions.addCustomer({ userid: 'anna', name: '周文博' });
  await world.settled();
  world.platform.faults.next('externalcontact/get', { errcode: 41079 });
  world.platform.actions.editRemark({ userid: 'anna', externalUserId: 'wm1', description: '新' });
  await world.settled();
  world.setNow('2026-03-11T10:02:00+08:00');
  const text = await metrics();
  for (const line of [
    'genjin_callback_oldest_waiting_seconds 120',
    `genjin_callback_handled_total{${kind('add_external_contact')},outcome="done"} 1`,
    `genjin_callback_handled_total{${kind('edit_external_contact')},outcome="later"} 1`,
    `genjin_callback_done_seconds_count{${kind('add_external_contact')}} 1`,
    'genjin_welcome_seconds_count{outcome="sent"} 1',
  ])
    expect(text).toContain(line);
});

const TOKEN = 'a-token-for-numbers';
const reading = (headers: Record<string, string>) => ({ headers });

it.each([
  ['this machine', {}, reading({}), 200],
  ['a proxy on this machine', {}, reading({ 'x-forwarded-for': '127.0.0.1' }), 403],
  ['another proxy on this machine', {}, reading({ forwarded: 'for=127.0.0.1' }), 403],
  ['nobody without the token', { METRICS_TOKEN: TOKEN }, reading({}), 401],
  [
    'nobody with another token',
    { METRICS_TOKEN: TOKEN },
    reading({ authorization: `Bearer ${TOKEN}x` }),
    401,
  ],
  [
    'who shows the token, from anywhere',
    { METRICS_TOKEN: TOKEN },
    reading({ authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '8.8.8.8' }),
    200,
  ],
  ['nobody here when numbers have a port of their own', { METRICS_PORT: '9090' }, reading({}), 403],
])('numbers and details are read by %s', async (...[, settings, init, status]) => {
  const { origin } = await aWorld({ settings });
  expect((await fetch(`${origin}/metrics`, init)).status).toBe(status);
  const ready = await fetch(`${origin}/readyz`, init);
  expect([ready.status, Object.keys((await ready.json()) as object)]).toEqual([
    200,
    status === 200 ? ['status', 'parts'] : ['status'],
  ]);
});

it.each([
  [{ METRICS_PORT: '9090' }, {}, 200],
  [{ METRICS_PORT: '9090', METRICS_TOKEN: TOKEN }, {}, 401],
  [{ METRICS_PORT: '9090', METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}` }, 200],
])(
  'on the port of its own, with %o, a request with %o is answered with %i',
  async (settings, headers, status) => {
    const { context } = await aWorld({ settings });
    const door = await listen('127.0.0.1', 0);
    onTestFinished(() => door.close());
    door.handle(createMetricsApp(context).callback());
    const answer = await fetch(`http://127.0.0.1:${door.port}/metrics`, { headers });
    expect(answer.status).toBe(status);
  },
);
