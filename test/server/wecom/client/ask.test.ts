import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { create } from 'axios';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAsk } from '../../../../server/wecom/client/ask.ts';
import { REAL_CLOCK } from '../../../../server/wecom/client/clock.ts';
import { createWecomHttp } from '../../../../server/wecom/client/http.ts';
import type { CallReport } from '../../../../server/wecom/client/watch.ts';

const PATH = '/cgi-bin/user/get';
const MEGABYTE = 1024 * 1024;
const answer = z.object({ name: z.string() });
const GOOD = JSON.stringify({ errcode: 0, errmsg: 'ok', name: 'x' });

/** A way to ask a server that does exactly this; every request is watched, and connections are counted. */
async function asking(listener: RequestListener, timeout = 5000) {
  const server = createServer(listener);
  const connections = { opened: 0, aborted: 0 };
  server.on('connection', (socket) => {
    connections.opened += 1;
    socket.on('close', () => void (connections.aborted += 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = timeout ? create({ baseURL: origin, timeout }) : createWecomHttp(origin);
  const seen: CallReport[] = [];
  const watch = { called: (call: CallReport) => void seen.push(call), shut: () => undefined };
  return { ask: createAsk({ http, clock: REAL_CLOCK, watch }), seen, connections };
}

/** Sends a byte now and then, for ever. */
const trickle: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{');
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

/** A good answer of so many bytes. */
const large = (bytes: number): RequestListener => {
  return (_, response) => {
    const frame = JSON.stringify({ errcode: 0, name: '' }).length;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errcode: 0, name: 'n'.repeat(bytes - frame) }));
  };
};

describe('an exchange', () => {
  it('ends in time although bytes keep coming', async () => {
    const { ask, seen } = await asking(trickle, 150);
    await expect(ask(PATH, { answer })).rejects.toMatchObject({
      name: 'WecomUnreachable',
      reason: 'time-out',
    });
    expect(seen).toMatchObject([{ path: PATH, outcome: 'unreachable', seconds: expect.any(Number) }]);
  });

  it('ends by the deadline when that is nearer, and the connection with it', async () => {
    const { ask, connections } = await asking(trickle, 60_000);
    const until = Date.now() + 150;
    await expect(ask(PATH, { answer, until })).rejects.toMatchObject({ reason: 'time-out', isUnsent: false });
    await expect.poll(() => connections.aborted, { interval: 5 }).toBe(1);
  });

  it('is not begun when the deadline has passed', async () => {
    const { ask, seen, connections } = await asking(trickle);
    await expect(ask(PATH, { answer, until: Date.now() })).rejects.toMatchObject({ isUnsent: true });
    expect([seen, connections.opened]).toEqual([[], 0]);
  });

  it('takes an answer of 16 MB and refuses one byte more', async () => {
    const most = await asking(large(16 * MEGABYTE));
    expect((await most.ask(PATH, { answer })).name).toHaveLength(16 * MEGABYTE - 23);
    const over = await asking(large(16 * MEGABYTE + 1));
    await expect(over.ask(PATH, { answer })).rejects.toMatchObject({
      name: 'WecomUnreachable',
      reason: 'the answer is too large',
    });
  });

  it('refuses an endless answer while it is still coming', async () => {
    const piece = 'x'.repeat(MEGABYTE);
    const { ask, connections } = await asking((_, response) => {
      const more = () => {
        while (response.write(piece));
        response.once('drain', more);
      };
      more();
    });
    await expect(ask(PATH, { answer })).rejects.toMatchObject({ reason: 'the answer is too large' });
    await expect.poll(() => connections.aborted, { interval: 5 }).toBe(1);
  });

  it.each([301, 302, 307])(
    'does not follow a redirect (%i), which would carry the token elsewhere',
    async (status) => {
      const visited: (string | undefined)[] = [];
      const { ask } = await asking((request, response) => {
        visited.push(request.url);
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
      await expect(ask(PATH, { answer, token: 't' })).rejects.toMatchObject({ reason: `HTTP ${status}` });
      expect(visited).toEqual([`${PATH}?access_token=t`]);
    },
  );

  it.each([
    ['a page', 'text/html', '<html>secret of 张三</html>', 'not a JSON object'],
    ['half an answer', 'application/json', '{"errcode":0,"name":"张三', 'not a JSON object'],
    [
      'an answer without errcode',
      'application/json',
      '{"code":503,"msg":"张三 is away","name":"x"}',
      'not an answer of WeCom: errcode invalid_type',
    ],
    [
      'another shape',
      'application/json',
      '{"errcode":0,"name":["张三"]}',
      'unexpected shape: name invalid_type',
    ],
  ])('that brings %s tells the path and why, and nothing of the body', async (...[, type, body, reason]) => {
    const { ask, seen } = await asking((_, response) =>
      response.writeHead(200, { 'content-type': type }).end(body),
    );
    const error = await ask(PATH, { answer }).catch((failure: Error) => failure);
    expect(error).toMatchObject({ name: 'WecomUnreachable', path: PATH, reason });
    expect(JSON.stringify([String(error), error])).not.toMatch(/张三|html/);
    expect(seen).toMatchObject([{ outcome: 'unreachable' }]);
  });

  it('is watched with the errcode and without the query', async () => {
    const { ask, seen } = await asking((request, response) => {
      const code = request.url?.includes('bad') ? 60011 : 0;
      response.end(JSON.stringify({ errcode: code, errmsg: '', name: 'x' }));
    });
    await ask(PATH, { answer, token: 'secret' });
    await expect(ask(PATH, { answer, query: { userid: 'bad' } })).rejects.toMatchObject({ errcode: 60011 });
    expect(seen.map(({ path, outcome }) => [path, outcome])).toEqual([
      [PATH, '0'],
      [PATH, '60011'],
    ]);
  });

  it('uses a kept connection, but a fresh one for what must not be sent twice', async () => {
    const { ask, connections } = await asking((_, response) => response.end(GOOD), 0);
    for (let n = 0; n < 5; n += 1) await ask(PATH, { answer });
    expect(connections.opened).toBe(1);
    await ask(PATH, { answer, body: {}, isRepeatable: false });
    expect(connections.opened).toBe(2);
  });

  it('opens no more than so many connections, however many wait', async () => {
    const { ask, connections } = await asking((_, response) => response.end(GOOD), 0);
    await Promise.all(Array.from({ length: 200 }, () => ask(PATH, { answer })));
    expect(connections.opened).toBeLessThanOrEqual(64);
  });
});
