import { bodyParser } from '@koa/bodyparser';
import Koa, { type Middleware } from 'koa';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { reportErrors } from '../../server/http/report-errors.ts';

/** A Koa app of these middlewares behind error reporting, on a free port until the end of the test; `logged` is what reporting wrote. */
export async function aTinyApp(...middlewares: Middleware[]) {
  const logged: { fields: object; message: string }[] = [];
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    ctx.state['requestId'] = 'request-1';
    await next();
  });
  app.use(reportErrors({ error: (fields, message) => void logged.push({ fields, message }) }));
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: '1kb' }));
  for (const middleware of middlewares) app.use(middleware);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, { redirect: 'manual', ...init });
  return { origin, logged, send };
}

/** Posts JSON. */
export const posted = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
