import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aFile, upload } from './support/upload-file.ts';

const MB = 1_048_576;
const DAY = 86_400;
const NOW = 1_773_108_000;

it.each([
  ['image', 'jpg'],
  ['image', 'png'],
  ['voice', 'amr'],
  ['video', 'mp4'],
  ['file', 'txt'],
] as const)('takes an %s in %s, with the answer of the samples', async (type, format) => {
  const opened = await openSmall();
  expect(await upload(opened, 'media/upload', { query: { type }, bytes: aFile(format) })).toEqual({
    errcode: 0,
    errmsg: '',
    type,
    media_id: expect.any(String),
    created_at: String(NOW),
  });
});

it.each([
  ['image', 'png', 6, 0],
  ['image', 'png', 5, 40006],
  ['image', 'png', 0, 44001],
  ['image', 'txt', 64, 40123],
  ['image', 'jpg', 10 * MB, 0],
  ['image', 'jpg', 10 * MB + 1, 45001],
  ['voice', 'amr', 2 * MB, 0],
  ['voice', 'amr', 2 * MB + 1, 45001],
  ['voice', 'txt', 64, 40004],
  ['video', 'mp4', 10 * MB, 0],
  ['video', 'mp4', 10 * MB + 1, 45001],
  ['video', 'txt', 64, 40004],
  ['file', 'txt', 20 * MB, 0],
  ['file', 'txt', 20 * MB + 1, 45001],
  ['poem', 'txt', 64, 40005],
] as const)('answers an %s of %s with %i bytes by %i', async (...row) => {
  const [type, format, size, errcode] = row;
  const opened = await openSmall();
  expect(await upload(opened, 'media/upload', { query: { type }, bytes: aFile(format, size) })).toMatchObject(
    { errcode },
  );
});

it('asks for a file and a token', async () => {
  const opened = await openSmall();
  const { platform, token, write } = opened;
  expect(await write('media/upload', {})).toMatchObject({ errcode: 44001 });
  const url = `${platform.origin}/cgi-bin/media/upload?type=file&access_token=${await token()}`;
  const broken = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: 'no form',
  });
  expect(await broken.json()).toMatchObject({ errcode: 44001 });
  const query = { access_token: 'X', type: 'file' };
  expect(await upload(opened, 'media/upload', { query, bytes: aFile('txt') })).toMatchObject({
    errcode: 40014,
  });
});

it('gives a file back, whole or in parts, for three days', async () => {
  const opened = await openSmall();
  const { platform, token, clock, read } = opened;
  const bytes = Buffer.from('0123456789 合同');
  const { media_id } = await upload(opened, 'media/upload', {
    query: { type: 'file' },
    bytes,
    name: '合同.txt',
  });
  const id = String(media_id);
  const get = async (range?: string) => {
    const url = `${platform.origin}/cgi-bin/media/get?access_token=${await token()}&media_id=${id}`;
    return fetch(url, { headers: range ? { range } : {} });
  };
  const whole = await get();
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-disposition')).toContain(encodeURIComponent('合同.txt'));
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
  const parts: [range: string, text: string, header: string][] = [
    ['bytes=2-4', '234', `bytes 2-4/${bytes.length}`],
    ['bytes=-6', '合同', `bytes ${bytes.length - 6}-${bytes.length - 1}/${bytes.length}`],
    ['bytes=11-', '合同', `bytes 11-${bytes.length - 1}/${bytes.length}`],
  ];
  for (const [range, text, header] of parts) {
    const part = await get(range);
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, text, header]);
  }
  expect((await get(`bytes=${bytes.length}-`)).status).toBe(416);
  clock.pass(3 * DAY - 1);
  expect((await get()).headers.get('content-type')).toContain('octet-stream');
  clock.pass(1);
  expect(await read('media/get', { media_id: id })).toMatchObject({ errcode: 40007 });
  expect(await read('media/get', {})).toMatchObject({ errcode: 40007 });
});

it('keeps the content of files out of the log', async () => {
  const opened = await openSmall();
  await upload(opened, 'media/upload', {
    query: { type: 'file' },
    bytes: Buffer.from('very secret content'),
  });
  const entry = opened.platform.log.after(0).at(-1);
  expect(entry).toMatchObject({ name: '上传临时素材', errcode: 0 });
  expect(JSON.stringify(entry)).not.toContain('very secret');
});

it('gives pictures an address for ever, so many a day and a month', async () => {
  const opened = await openSmall({ rules: { picturesPerDay: 2, picturesPerMonth: 3 } });
  const add = (size = 64, field = 'anything') =>
    upload(opened, 'media/uploadimg', { field, bytes: aFile('jpg', size) });
  expect(await add(2 * MB)).toMatchObject({ errcode: 0, url: expect.stringContaining('wework.qpic.cn') });
  expect(await add(2 * MB + 1)).toMatchObject({ errcode: 45001 });
  expect(await upload(opened, 'media/uploadimg', { bytes: aFile('txt') })).toMatchObject({ errcode: 40123 });
  expect(await add()).toMatchObject({ errcode: 0 });
  expect(await add()).toMatchObject({ errcode: 45009 });
  opened.clock.pass(DAY);
  expect(await add()).toMatchObject({ errcode: 0 });
  expect(await add()).toMatchObject({ errcode: 45009 });
  opened.clock.pass(31 * DAY);
  expect(await add()).toMatchObject({ errcode: 0 });
});

it('takes attachments for moments, with the time as a number', async () => {
  const opened = await openSmall();
  const add = (media_type: string, attachment_type: string) =>
    upload(opened, 'media/upload_attachment', {
      query: { media_type, attachment_type },
      bytes: aFile('png'),
    });
  expect(await add('image', '1')).toMatchObject({ errcode: 0, type: 'image', created_at: NOW });
  expect(await add('image', '3')).toMatchObject({ errcode: 40058 });
  expect(await add('voice', '1')).toMatchObject({ errcode: 40005 });
});

/** A host of one file, and a platform that trusts it. */
async function withHost() {
  const body = aFile('mp4', 200);
  const server = createServer((request, response) =>
    request.url === '/a.mp4' ? response.end(body) : response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const receiver = await aReceiver();
  const opened = await openSmall({ callback: receiver.callback });
  const md5 = createHash('md5').update(body).digest('hex');
  const order = { scene: 1, type: 'video', filename: 'a.mp4', url: `${origin}/a.mp4`, md5 };
  const outcome = async (more: object) => {
    const { jobid } = await opened.write('media/upload_by_url', { ...order, ...more });
    await expect.poll(() => receiver.letters.map(({ event }) => event['JobId'])).toContain(jobid);
    return opened.write('media/get_upload_by_url_result', { jobid });
  };
  return { ...opened, receiver, order, outcome };
}

it('fetches a file by itself and tells when it is done', async () => {
  const { outcome, write, receiver } = await withHost();
  const result = await outcome({});
  expect(result).toMatchObject({ status: 2, detail: { errcode: 0, created_at: String(NOW) } });
  expect(receiver.letters[0]?.event).toMatchObject({ Event: 'upload_media_job_finish', AgentID: '1000002' });
  const { media_id } = result['detail'] as { media_id: string };
  const body = { touser: 'lisi', agentid: 1_000_002, msgtype: 'video', video: { media_id } };
  expect(await write('message/send', body)).toMatchObject({ errcode: 0 });
});

it('says why a file could not be fetched', async () => {
  const { outcome, write, order } = await withHost();
  expect(await outcome({ md5: '0'.repeat(32) })).toMatchObject({ status: 3, detail: { errcode: 301039 } });
  expect(await outcome({ url: `${order.url}x` })).toMatchObject({ status: 3, detail: { errcode: 40094 } });
  const elsewhere = { ...order, url: 'https://elsewhere.example/a.mp4' };
  expect(await write('media/upload_by_url', elsewhere)).toMatchObject({ errcode: 40094 });
  expect(await write('media/upload_by_url', { ...order, type: 'image' })).toMatchObject({ errcode: 40058 });
  expect(await write('media/get_upload_by_url_result', { jobid: 'X' })).toMatchObject({ errcode: 40088 });
});
