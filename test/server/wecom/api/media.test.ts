import { describe, expect, it } from 'vitest';
import type { MediaFile, MediaKind } from '../../../../server/wecom/api/media.ts';
import { WecomError } from '../../../../server/wecom/client/error.ts';
import { ok, refused } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('media');
const MB = 1024 ** 2;
const NAMES = { image: 'a.png', voice: 'a.amr', video: 'a.mp4', file: 'a.pdf' } as const;
const bytesOf = (n: number) => new Uint8Array(n).fill(65);
const aFile = (kind: MediaKind, n = 6): MediaFile => ({ kind, name: NAMES[kind], content: bytesOf(n) });

const uploading =
  (kind: MediaKind): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.media.upload(aFile(kind, n));

describe('an upload', () => {
  it.each([
    ['image', '合同.PNG', 'image/png'],
    ['image', 'a.jpg', 'image/jpeg'],
    ['voice', 'a.amr', 'audio/amr'],
    ['video', 'a.mp4', 'video/mp4'],
    ['file', '报价 单.xlsx', 'application/octet-stream'],
    ['file', 'LICENSE', 'application/octet-stream'],
  ] as const)('of kind %s carries name and content type: %s', async (kind, name, contentType) => {
    const { wecom, sent } = await aWecom(() => ok(SAMPLE['upload']));
    const content = new TextEncoder().encode('内容内容');
    expect(await wecom.media.upload({ kind, name, content })).toEqual({
      mediaId: '1G6nrLmr5EC3MMb_-zK1dDdzmd0p7cNliYu9V5w7o8K0',
      createdAt: new Date(1_380_000_000_000),
    });
    const [{ method, path, query, body } = { body: '' }] = sent();
    expect([method, path, query?.['type']]).toEqual(['POST', '/cgi-bin/media/upload', kind]);
    expect(body).toContain(`name="media"; filename="${name}"`);
    expect(body).toContain(`Content-Type: ${contentType}`);
    expect(body).toContain('\r\n\r\n内容内容\r\n');
  });

  it('is told in a form once more when the token was stale', async () => {
    const { wecom, sent } = await aWecom((_, before) =>
      before === 0 ? refused(42_001) : ok(SAMPLE['upload']),
    );
    await wecom.media.upload(aFile('file'));
    const bodies = sent().map(({ body }) => String(body).split('\r\n').slice(1, -2));
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it.each([
    ['moment', '1'],
    ['album', '2'],
  ] as const)('is meant for a %s: attachment_type %s', async (use, type) => {
    const { wecom, sent } = await aWecom(() => ok(SAMPLE['upload_attachment']));
    const told = await wecom.media.uploadAttachment({ ...aFile('image'), kind: 'image' }, use);
    expect(told).toEqual({ mediaId: 'MEDIA_ID', createdAt: new Date(1_380_000_000_000) });
    expect(sent()[0]).toMatchObject({
      path: '/cgi-bin/media/upload_attachment',
      query: { media_type: 'image', attachment_type: type },
    });
  });

  it('of a picture for ever gives an address', async () => {
    const { wecom, sent } = await aWecom(() => ok(SAMPLE['uploadimg']));
    expect(await wecom.media.uploadImage(aFile('image'))).toMatch(/^http:\/\/p\.qpic\.cn\//);
    expect(sent()[0]?.path).toBe('/cgi-bin/media/uploadimg');
  });

  const limits: LimitCase[] = [
    ['media.filelength', 6, 5, uploading('file')],
    ['media.filelength', 10 * MB, 10 * MB + 1, uploading('image')],
    ['media.filelength', 2 * MB, 2 * MB + 1, uploading('voice')],
    ['media.filelength', 10 * MB, 10 * MB + 1, uploading('video')],
    ['media.filelength', 20 * MB, 20 * MB + 1, uploading('file')],
    ['media.filelength', 2 * MB, 2 * MB + 1, (n) => (wecom) => wecom.media.uploadImage(aFile('image', n))],
    ['media.filename', 1, 0, (n) => (wecom) => wecom.media.upload({ ...aFile('file'), name: 'x'.repeat(n) })],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it.each([
    ['image', 'a.gif'],
    ['voice', 'a.mp3'],
    ['video', 'a.mov'],
    ['image', 'png'],
  ] as const)('is not one of kind %s when it is called %s', async (kind, name) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.media.upload({ ...aFile(kind), name })).rejects.toMatchObject({
      name: 'WecomLimitError',
      field: 'media.content-type',
    });
    expect(sent()).toEqual([]);
  });
});

const result = (told: object, answer: object): ApiCase => [
  'a result',
  (wecom) => wecom.media.uploadResult('j'),
  ['POST', 'media/get_upload_by_url_result', { jobid: 'j' }],
  answer,
  told,
];

describe('a file that WeCom fetches', () => {
  const remote = { kind: 'video', name: 'v.mp4', url: 'https://cdn/v.mp4', md5: 'A'.repeat(32) } as const;
  const theirs = { scene: 1, type: 'video', filename: 'v.mp4', url: remote.url, md5: remote.md5 };
  const done = {
    state: 'done',
    errcode: 0,
    mediaId: '3IVJAsJd1LJ0-dZ0',
    createdAt: new Date(1_380_000_000_000),
  };
  const cases: ApiCase[] = [
    [
      'a job',
      (wecom) => wecom.media.uploadFromUrl(remote),
      ['POST', 'media/upload_by_url', theirs],
      SAMPLE['upload_by_url'] ?? {},
      'jobid_S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4',
    ],
    result(done, SAMPLE['get_upload_by_url_result'] ?? {}),
    result({ state: 'running', errcode: 0, mediaId: null, createdAt: null }, { status: 1 }),
    result(
      { state: 'failed', errcode: 830_001, mediaId: null, createdAt: null },
      { status: 3, detail: { errcode: 830_001, media_id: '', created_at: '' } },
    ),
  ];
  it.each(cases)('is %s', async (...played) => {
    expect(await playCase(played)).toEqual(asWritten(played));
  });

  it.each([
    ['md5', { md5: 'A'.repeat(31) }],
    ['md5', { md5: 'g'.repeat(32) }],
    ['url', { url: 'ftp://cdn/v' }],
    ['filename', { name: '' }],
  ])('is not fetched with a wrong %s: %j', async (field, more) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.media.uploadFromUrl({ ...remote, ...more })).rejects.toMatchObject({ field });
    expect(sent()).toEqual([]);
  });
});

const load = async () => aFile('image');

async function aShelfOfMedia() {
  const parts = await aWecom((_, before) => ok({ media_id: `m${before + 1}`, created_at: '1' }));
  return { ...parts, media: parts.wecom.media };
}

describe('a media id that is used again', () => {
  const HOUR_MS = 3_600_000;
  it('is uploaded once for less than three days, by key', async () => {
    const { media, clock } = await aShelfOfMedia();
    expect(await media.fresh('logo', load)).toBe('m1');
    clock.pass(60 * HOUR_MS - 1);
    expect(await media.fresh('logo', load)).toBe('m1');
    expect(await media.fresh('price', load)).toBe('m2');
    clock.pass(1);
    expect(await media.fresh('logo', load)).toBe('m3');
  });

  it('is replaced once when WeCom calls it expired, for later users too', async () => {
    const { media } = await aShelfOfMedia();
    const used: string[] = [];
    const use = async (mediaId: string) => {
      used.push(mediaId);
      if (mediaId === 'm1') throw expired();
      return 'sent';
    };
    expect(await media.withFresh('logo', load, use)).toBe('sent');
    expect(await media.withFresh('logo', load, use)).toBe('sent');
    expect(used).toEqual(['m1', 'm2', 'm2']);
  });

  it('is not replaced twice, or for another refusal', async () => {
    const { media, sent } = await aShelfOfMedia();
    const refuse = (error: Error) =>
      media.withFresh('logo', load, async () => {
        throw error;
      });
    await expect(refuse(expired())).rejects.toMatchObject({ errcode: 40_007 });
    expect(sent()).toHaveLength(2);
    await expect(refuse(new Error('else'))).rejects.toThrow('else');
    expect(sent()).toHaveLength(2);
  });
});

const expired = () => new WecomError(40_007, 'invalid media_id', '/x');
