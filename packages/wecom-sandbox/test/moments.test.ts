import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aFile, aMediaId, upload } from './support/upload-file.ts';
import { times } from './support/times.ts';

const ADD = 'externalcontact/add_moment_task';
const RESULT = 'externalcontact/get_moment_task_result';
const text = { content: '新品发布' };
const NOW = 1_773_108_000;
const DAY = 86_400;

type Opened = Awaited<ReturnType<typeof openSmall>>;

async function withMoment(body: object = {}, options: Parameters<typeof openSmall>[0] = {}) {
  const opened = await openSmall(options);
  const { jobid } = await opened.write(ADD, { text, ...body });
  const moment_id = opened.platform.state.moments[0]?.momentId ?? '';
  return { ...opened, jobid: String(jobid), moment_id };
}

async function momentMedia(
  opened: Opened,
  media_type: 'image' | 'video',
  attachment_type = '1',
): Promise<string> {
  const bytes = aFile(media_type === 'image' ? 'jpg' : 'mp4');
  const query = { media_type, attachment_type };
  return String((await upload(opened, 'media/upload_attachment', { query, bytes }))['media_id']);
}

it('makes one task for each member with customers, known by its job for a day', async () => {
  const { read, write, clock, jobid, moment_id } = await withMoment();
  const result = await read(RESULT, { jobid });
  expect(result).toMatchObject({
    status: 3,
    type: 'add_moment_task',
    result: {
      errcode: 0,
      moment_id,
      invalid_sender_list: { user_list: [], department_list: [] },
      invalid_external_contact_list: { tag_list: [] },
    },
  });
  expect((await write('externalcontact/get_moment_task', { moment_id }))['task_list']).toEqual([
    { userid: 'ZhangSan', publish_status: 0 },
    { userid: 'lisi', publish_status: 0 },
  ]);
  clock.pass(DAY - 1);
  expect(await read(RESULT, { jobid })).toMatchObject({ errcode: 0 });
  clock.pass(1);
  expect(await read(RESULT, { jobid })).toMatchObject({ errcode: 40088 });
});

it('goes to the members and tags that are named, and says who was named in vain', async () => {
  const { read, write, platform } = await openSmall();
  await write('externalcontact/mark_tag', { userid: 'lisi', external_userid: 'wm2', add_tag: ['etHot'] });
  const visible_range = {
    sender_list: { user_list: ['lisi', 'nobody'], department_list: [3, 99] },
    external_contact_list: { tag_list: ['etHot', 'etX'] },
  };
  const { jobid } = await write(ADD, { text, visible_range });
  expect((await read(RESULT, { jobid: String(jobid) }))['result']).toMatchObject({
    invalid_sender_list: { user_list: ['nobody'], department_list: [99] },
    invalid_external_contact_list: { tag_list: ['etX'] },
  });
  expect(platform.state.moments[0]?.tasks).toMatchObject([{ userid: 'lisi', customers: ['wm2'] }]);
});

it('says so when nobody can publish it', async () => {
  const { read, jobid } = await withMoment({ visible_range: { sender_list: { user_list: ['wangwu'] } } });
  const answer = await read(RESULT, { jobid });
  expect(answer['result']).toMatchObject({ errcode: 41048 });
  expect(answer['result']).not.toHaveProperty('moment_id');
});

it('takes its time where the rules say so', async () => {
  const { read, write, clock, jobid, moment_id } = await withMoment({}, { rules: { momentSeconds: 60 } });
  clock.pass(59);
  expect(await read(RESULT, { jobid })).toEqual({
    errcode: 0,
    errmsg: 'ok',
    status: 2,
    type: 'add_moment_task',
  });
  expect(await write('externalcontact/get_moment_task', { moment_id })).toMatchObject({ errcode: 41079 });
  clock.pass(1);
  expect(await read(RESULT, { jobid })).toMatchObject({ status: 3 });
});

it('checks text and attachments', async () => {
  const opened = await openSmall();
  const image = { msgtype: 'image', image: { media_id: await momentMedia(opened, 'image') } };
  const video = { msgtype: 'video', video: { media_id: await momentMedia(opened, 'video') } };
  const link = { msgtype: 'link', link: { url: 'https://example.com', media_id: image.image.media_id } };
  const titled = (title: string) => ({ ...link, link: { ...link.link, title } });
  const ofMessages = { msgtype: 'image', image: { media_id: await aMediaId(opened, 'image') } };
  const ofAlbum = { msgtype: 'image', image: { media_id: await momentMedia(opened, 'image', '2') } };
  const cases: [body: object, errcode: number][] = [
    [{ text: { content: '长'.repeat(2000) } }, 0],
    [{ text: { content: '长'.repeat(2001) } }, 40058],
    [{}, 40058],
    [{ attachments: times(9, image) }, 0],
    [{ attachments: times(10, image) }, 40058],
    [{ attachments: [video] }, 0],
    [{ attachments: [video, video] }, 40058],
    [{ attachments: [titled('a'.repeat(64))] }, 0],
    [{ attachments: [titled('a'.repeat(65))] }, 40058],
    [{ attachments: [link, link] }, 40058],
    [{ attachments: [image, video] }, 40058],
    [{ attachments: [{ msgtype: 'file', file: {} }] }, 40058],
    [{ attachments: [ofMessages] }, 40007],
    [{ attachments: [ofAlbum] }, 40007],
  ];
  opened.platform.rules.momentsPerMinute = 100;
  for (const [body, errcode] of cases) expect(await opened.write(ADD, body)).toMatchObject({ errcode });
});

it('makes at most ten a minute', async () => {
  const { write, clock } = await openSmall();
  for (let count = 0; count < 10; count += 1)
    expect(await write(ADD, { text })).toMatchObject({ errcode: 0 });
  expect(await write(ADD, { text })).toMatchObject({ errcode: 45009 });
  clock.pass(60);
  expect(await write(ADD, { text })).toMatchObject({ errcode: 0 });
});

it('shows who sees it and what they say, once the member has published by hand', async () => {
  const { write, platform, clock, moment_id } = await withMoment();
  const ask = (name: string, userid = 'lisi') => write(`externalcontact/${name}`, { moment_id, userid });
  for (const name of ['get_moment_customer_list', 'get_moment_send_result', 'get_moment_comments']) {
    expect(await ask(name)).toMatchObject({ errcode: 41062 });
    expect(await ask(name, 'wangwu')).toMatchObject({ errcode: 41061 });
  }
  const key = { userid: 'lisi', momentId: moment_id };
  platform.actions.publishMoment(key);
  clock.pass(60);
  platform.actions.reactToMoment({ ...key, externalUserId: 'wm2', kind: 'comment' });
  platform.actions.reactToMoment({ ...key, externalUserId: 'wo3', kind: 'like' });
  expect(await ask('get_moment_customer_list')).toMatchObject({
    customer_list: [
      { userid: 'lisi', external_userid: 'wm2' },
      { userid: 'lisi', external_userid: 'wo3' },
    ],
  });
  expect((await ask('get_moment_send_result'))['customer_list']).toEqual([
    { external_userid: 'wm2' },
    { external_userid: 'wo3' },
  ]);
  expect(await ask('get_moment_comments')).toMatchObject({
    comment_list: [{ external_userid: 'wm2', create_time: NOW + 60 }],
    like_list: [{ external_userid: 'wo3' }],
  });
  expect((await write('externalcontact/get_moment_task', { moment_id }))['task_list']).toContainEqual({
    userid: 'lisi',
    publish_status: 1,
  });
  expect(() => platform.actions.publishMoment(key)).toThrow('已发表');
  expect(() => platform.actions.reactToMoment({ ...key, externalUserId: 'wm1', kind: 'like' })).toThrow(
    '看不到',
  );
});

it('can be stopped for those who have not published', async () => {
  const { write, platform, moment_id } = await withMoment();
  platform.actions.publishMoment({ userid: 'lisi', momentId: moment_id });
  expect(await write('externalcontact/cancel_moment_task', { moment_id })).toMatchObject({ errcode: 0 });
  expect(() => platform.actions.publishMoment({ userid: 'ZhangSan', momentId: moment_id })).toThrow('已停止');
});

it('lists moments of the corp and of members, the newest first, at most twenty a page', async () => {
  const { write, platform, clock } = await openSmall({ rules: { momentsPerMinute: 100 } });
  for (let count = 0; count < 20; count += 1) await write(ADD, { text });
  clock.pass(60);
  const { momentId } = platform.actions.publishOwnMoment({ userid: 'lisi', text: '我的' });
  const list = async (more: object = {}) =>
    write('externalcontact/get_moment_list', { start_time: NOW, end_time: NOW + DAY, ...more });
  const rows = async (more: object) => (await list(more))['moment_list'] as Record<string, unknown>[];
  const first = await list({ limit: 100 });
  expect(first['moment_list']).toHaveLength(20);
  expect((first['moment_list'] as unknown[])[0]).toEqual({
    moment_id: momentId,
    creator: 'lisi',
    create_time: NOW + 60,
    create_type: 1,
    visible_type: 1,
    text: { content: '我的' },
  });
  expect((await list({ cursor: first['next_cursor'] }))['moment_list']).toHaveLength(1);
  expect(await rows({ filter_type: 1 })).toHaveLength(1);
  expect(
    (await rows({ filter_type: 0 })).every((row) => row['create_type'] === 0 && !('creator' in row)),
  ).toBe(true);
  expect(await rows({ creator: 'LiSi' })).toHaveLength(1);
  expect(await rows({ creator: 'wangwu' })).toEqual([]);
  expect(await list({ end_time: NOW + 30 * DAY })).toMatchObject({ errcode: 0 });
  expect(await list({ end_time: NOW + 30 * DAY + 1 })).toMatchObject({ errcode: 40058 });
  for (const name of ['get_moment_task', 'cancel_moment_task'])
    expect(await write(`externalcontact/${name}`, { moment_id: momentId })).toMatchObject({ errcode: 41067 });
});

it.each([
  ['get_moment_task', {}, 41059],
  ['get_moment_task', { moment_id: 'momX' }, 41060],
  ['get_moment_comments', { moment_id: 'momX', userid: 'lisi' }, 41060],
  ['cancel_moment_task', { moment_id: 'momX' }, 41060],
])('%s with %j: %i', async (name, body, errcode) => {
  const { write } = await openSmall();
  expect(await write(`externalcontact/${name}`, body)).toMatchObject({ errcode });
});
