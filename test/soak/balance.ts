import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door in front of several servers, as a proxy would be; who does not answer is passed over. */
export type Balance = { origin: string; close: () => Promise<void> };

/** Forwards each request to the next of `ports`, and to the one after when nobody listens there. */
export async function openBalance(ports: readonly number[]): Promise<Balance> {
  let turn = 0;
  const server = createServer(async (asked, answer) => {
    const body = await bodyOf(asked);
    for (let tries = 0; tries < ports.length; tries += 1) {
      const port = ports[(turn += 1) % ports.length] ?? 0;
      if (await forward({ asked, body, port }, answer)) return;
    }
    answer.writeHead(502).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of asked) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

type Forwarding = { asked: IncomingMessage; body: Buffer; port: number };

/** @returns false when that server gave no answer at all; it may have kept the letter all the same. */
function forward({ asked, body, port }: Forwarding, answer: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const target = { host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: asked.headers };
    const sent = request(target, (given) => {
      answer.writeHead(given.statusCode ?? 502);
      given.pipe(answer);
      given.once('end', () => resolve(true));
      given.once('error', () => resolve(true));
    });
    sent.once('error', () => resolve(false));
    sent.end(body);
  });
}
