import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { logRequests } from '../../../server/http/log-requests.ts';
import { reportErrors } from '../../../server/http/report-errors.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

/** An app with a route, a failing one and a quiet one; what was logged and observed. */
async function anApp() {
  const lines: Record<string, unknown>[] = [];
  const observed: { method: string; route: string; status: number; seconds: number }[] = [];
  const log = { info: (fields: object, message: string) => void lines.push({ ...fields, message }) };
  const routes = new Router()
    .get('/contacts/:id', (ctx) => void (ctx.body = { requestId: ctx.state['requestId'] }))
    .get('/refused', () => {
      throw new AppError(403, 'no', { message: 'no' });
    })
    .get('/healthz', (ctx) => void (ctx.body = 'ok'));
  const { send } = await aTinyApp(
    logRequests(log, (request, seconds) => void observed.push({ ...request, seconds })),
    reportErrors({ error: () => undefined }),
    routes.routes() as Middleware,
  );
  return { send, lines, observed };
}

it('gives every request an id of its own, which caller, route and log agree on', async () => {
  const { send, lines } = await anApp();
  const [one, two] = [await send('/contacts/wm1'), await send('/contacts/wm1')];
  const ids = [one, two].map((answer) => answer.headers.get('x-request-id'));
  expect(await one.json()).toEqual({ requestId: ids[0] });
  expect(lines.map(({ requestId }) => requestId)).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
});

it('writes one line: method, route, status and time, but no ids and no query, which may hold codes', async () => {
  const { send, lines } = await anApp();
  await send('/contacts/wm1?code=SECRET&state=x');
  expect(lines).toEqual([
    {
      requestId: expect.any(String),
      method: 'GET',
      route: '/contacts/:id',
      status: 200,
      ms: expect.any(Number),
      message: 'request',
    },
  ]);
});

it.each([
  ['/refused', 403, '/refused'],
  ['/nowhere/at/all?x=1', 404, 'other'],
])('tells of %s that it ended with %i, under the name %s', async (path, status, route) => {
  const { send, lines, observed } = await anApp();
  await send(path);
  expect(lines).toMatchObject([{ status, route }]);
  expect(observed).toMatchObject([{ method: 'GET', status, route }]);
});

it('measures in seconds what machines ask every few seconds, and does not log it', async () => {
  const { send, lines, observed } = await anApp();
  await send('/healthz');
  expect(lines).toEqual([]);
  expect(observed).toMatchObject([{ route: '/healthz', status: 200, seconds: expect.any(Number) }]);
  expect(observed[0]?.seconds).toBeLessThan(30);
});
