import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createDownload } from '../../../../server/wecom/api/media-download.ts';
import { aCaller } from '../../../support/wecom-parts.ts';

const FILE = { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="MEDIA_ID.jpg"' };
const most = { mostBytes: 1000 };

type Answer = (request: IncomingMessage, response: ServerResponse, before: number) => void;

/** Downloads from a platform that answers as told; `seen` are the requests for files. */
async function aDownload(answer: Answer) {
  const seen: { token: string | null; mediaId: string | null; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/cgi-bin/gettoken')
      return void response.end(
        JSON.stringify({ errcode: 0, access_token: `token-${seen.length}`, expires_in: 7200 }),
      );
    seen.push({
      token: searchParams.get('access_token'),
      mediaId: searchParams.get('media_id'),
      range: request.headers.range,
    });
    answer(request, response, seen.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { http, tokens, gate } = aCaller(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { download: createDownload({ ...gate, http, tokens }), seen };
}

const refusal = (errcode: number) => JSON.stringify({ errcode, errmsg: 'refused, hint: [1]' });
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

it('streams a file with its name, kind and size', async () => {
  const { download, seen } = await aDownload((_, response) =>
    response.writeHead(200, { ...FILE, 'content-length': '5' }).end('Xxxxx'),
  );
  const { stream, ...head } = await download('M', most);
  expect(head).toEqual({ name: 'MEDIA_ID.jpg', contentType: 'image/jpeg', bytes: 5, isPart: false });
  expect((await buffer(stream)).toString()).toBe('Xxxxx');
  expect(seen).toEqual([{ token: 'token-0', mediaId: 'M', range: undefined }]);
});

it.each([
  [{ from: 0, to: 1 }, 'bytes=0-1'],
  [{ from: 5 }, 'bytes=5-'],
])('asks for a part: %j', async (range, header) => {
  const { download, seen } = await aDownload((_, response) =>
    response.writeHead(206, { ...FILE, 'content-range': 'bytes 0-1/5' }).end('Xx'),
  );
  expect(await download('M', { ...most, range })).toMatchObject({ isPart: true });
  expect(seen[0]?.range).toBe(header);
});

it.each([
  [`attachment; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf; filename="x.pdf"`, '合同.pdf'],
  ['attachment; filename=plain.amr', 'plain.amr'],
  ['attachment', null],
])('reads the name in %s', async (disposition, name) => {
  const { download } = await aDownload((_, response) =>
    response.writeHead(200, { 'content-disposition': disposition }).end('x'),
  );
  expect(await download('M', most)).toMatchObject({ name, contentType: 'application/octet-stream' });
});

it('does not take a JSON file for a refusal', async () => {
  const { download } = await aDownload((_, response) =>
    response
      .writeHead(200, { ...JSON_TYPE, 'content-disposition': 'attachment; filename="a.json"' })
      .end(refusal(1)),
  );
  const { stream } = await download('M', most);
  expect((await buffer(stream)).toString()).toBe(refusal(1));
});

it('tells that a file has expired', async () => {
  const { download } = await aDownload((_, response) =>
    response.writeHead(200, JSON_TYPE).end(refusal(40_007)),
  );
  await expect(download('M', most)).rejects.toMatchObject({
    name: 'WecomError',
    errcode: 40_007,
    path: '/cgi-bin/media/get',
  });
});

it('renews a stale token once', async () => {
  const { download, seen } = await aDownload((_, response, before) =>
    before === 0
      ? response.writeHead(200, JSON_TYPE).end(refusal(42_001))
      : response.writeHead(200, FILE).end('x'),
  );
  expect(await download('M', most)).toMatchObject({ bytes: null });
  expect(seen.map(({ token }) => token)).toEqual(['token-0', 'token-1']);
});

it.each<[string, Answer]>([
  ['HTTP 502', (_, response) => response.writeHead(502).end('gateway')],
  ['neither a file nor a refusal', (_, response) => response.writeHead(200).end('<html>')],
  ['the connection broke', (_, response) => response.destroy()],
])('gives no file: %s', async (reason, answer) => {
  const { download } = await aDownload(answer);
  await expect(download('M', most)).rejects.toMatchObject({ name: 'WecomUnreachable', reason });
});

it('takes 1000 bytes, not 1001, whether WeCom says how many come or not', async () => {
  const tooLarge = { reason: 'the answer is too large' };
  const sized = await aDownload((_, response, before) =>
    response
      .writeHead(200, { ...FILE, 'content-length': String(1000 + before) })
      .end(Buffer.alloc(1000 + before)),
  );
  expect(await buffer((await sized.download('M', most)).stream)).toHaveLength(1000);
  await expect(sized.download('M', most)).rejects.toMatchObject(tooLarge);
  const unsized = await aDownload((_, response, before) => {
    response.writeHead(200, FILE).write(Buffer.alloc(1000));
    response.end(Buffer.alloc(before));
  });
  expect(await buffer((await unsized.download('M', most)).stream)).toHaveLength(1000);
  await expect(buffer((await unsized.download('M', most)).stream)).rejects.toMatchObject(tooLarge);
});

it('breaks off when the connection does', async () => {
  const { download } = await aDownload((_, response) => {
    response.writeHead(200, { ...FILE, 'content-length': '500' }).write(Buffer.alloc(100));
    setImmediate(() => response.destroy());
  });
  const { stream } = await download('M', most);
  await expect(buffer(stream)).rejects.toMatchObject({ reason: 'the connection broke' });
});
