import { expect, it } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { aDoor } from '../../support/a-door.ts';
import { deliver } from '../../support/a-letter.ts';
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

it('is not ready while WeCom gives no token, and says which part it is', async () => {
  const world = await aWorld();
  world.platform.faults.next('gettoken', { errcode: 40001 });
  const answer = await fetch(`${world.origin}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'not_ready', parts: { database: 'ok', store: 'ok', token: 'WecomError' } },
  ]);
  expect((await fetch(`${world.origin}/readyz`)).status).toBe(200);
});

it('lives but is not ready without its database', async () => {
  const world = await aWorld();
  const { origin } = await aDoor(world.context);
  await world.context.wecom.token();
  await world.close();
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  const answer = await fetch(`${origin}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    parts: { token: 'ok', database: expect.stringMatching(/^Mongo/) },
  });
});

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
