import { createServer } from 'node:http';
import Koa from 'koa';
import type { Middleware } from 'koa';

/** Serves the middlewares on 127.0.0.1. @returns the origin, and how to close every connection. */
export async function listen(
  middlewares: Middleware[],
  port: number,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const app = new Koa();
  // Broken connections are ordered by tests; they need not fill the console.
  app.silent = true;
  for (const middleware of middlewares) app.use(middleware);
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    origin: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
