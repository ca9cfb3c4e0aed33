import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request as it arrived; `body` is parsed JSON, the text of a form, null without one. */
export type Seen = { method: string; path: string; query: Record<string, string>; body: unknown };

/** What a scripted server does with a request: answers, cuts the connection, or says nothing for ever. */
export type Reply = { json: unknown } | { status: number; text: string } | 'cut' | 'hang';

/** Decides by the request and by how many requests of that path came before it. */
export type Script = (request: Seen, before: number) => Reply | Promise<Reply>;

/** A server that does what the script says, closed at the end of the test. `mostAtOnce` counts requests being answered. */
export async function aScriptedServer(script: Script) {
  const seen: Seen[] = [];
  const load = { now: 0, most: 0 };
  const server = createServer(async (request, response) => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    const url = new URL(request.url ?? '', 'http://scripted');
    const sent = await text(request);
    const entry: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: request.headers['content-type']?.startsWith('multipart/') ? sent : sent ? JSON.parse(sent) : null,
    };
    const before = seen.filter(({ path }) => path === entry.path).length;
    seen.push(entry);
    const reply = await script(entry, before);
    load.now -= 1;
    play(reply, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    of: (path: string) => seen.filter((request) => request.path.endsWith(path)),
    mostAtOnce: () => load.most,
  };
}

function play(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'cut') response.destroy();
  else if ('json' in reply) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply.json));
  } else response.writeHead(reply.status, { 'content-type': 'text/plain' }).end(reply.text);
}
