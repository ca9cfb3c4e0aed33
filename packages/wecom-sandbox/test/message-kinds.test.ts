import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';
import { aMediaId } from './support/upload-file.ts';
import { times } from './support/times.ts';

const LINKED = 'wx1234567890abcdef';
const to = { touser: 'lisi', agentid: 1_000_002 };
const article = { title: '月报', description: '一季度', url: 'https://example.com' };
const notice = {
  appid: LINKED,
  title: '跟进提醒',
  description: '恒锐精密',
  content_item: [{ key: '客户', value: '恒锐' }],
};
const chat = { userlist: ['ZhangSan', 'lisi'], owner: 'lisi', name: '项目群' };

const send = async (msgtype: string, content: object) => {
  const { write, platform } = await openSmall();
  const answer = await write('message/send', { ...to, msgtype, [msgtype]: content });
  return { ...answer, seen: platform.state.messages[0] };
};

it.each(['image', 'voice', 'video', 'file'] as const)(
  'sends an uploaded %s, and no other',
  async (msgtype) => {
    const opened = await openSmall();
    const post = (content: object) => opened.write('message/send', { ...to, msgtype, [msgtype]: content });
    const media_id = await aMediaId(opened, msgtype);
    const other = await aMediaId(opened, msgtype === 'file' ? 'image' : 'file');
    expect(await post({ media_id })).toMatchObject({ errcode: 0 });
    expect(opened.platform.state.messages).toMatchObject([{ text: expect.stringMatching(/^\[..\] a\./) }]);
    expect(await post({ media_id: other })).toMatchObject({ errcode: 40007 });
    expect(await post({})).toMatchObject({ errcode: 40058 });
  },
);

it.each([
  ['a video title of 128 bytes', { title: 'a'.repeat(128) }, 0],
  ['a video title of 129 bytes', { title: 'a'.repeat(129) }, 40058],
  ['a video text of 513 bytes', { description: 'a'.repeat(513) }, 40058],
])('answers %s', async (_, more, errcode) => {
  const opened = await openSmall();
  const video = { media_id: await aMediaId(opened, 'video'), ...more };
  expect(await opened.write('message/send', { ...to, msgtype: 'video', video })).toMatchObject({ errcode });
});

it('shows news by their first article', async () => {
  const { errcode, seen } = await send('news', { articles: [article, { ...article, title: '二' }] });
  expect(errcode).toBe(0);
  expect(seen).toMatchObject({ card: { title: '月报', description: '一季度', url: 'https://example.com' } });
});

it.each([
  ['eight articles', times(8, article), 0],
  ['nine articles', times(9, article), 45008],
  ['no article', [], 45008],
  ['a title of 129 bytes', [{ ...article, title: 'a'.repeat(129) }], 40058],
  ['neither URL nor mini program', [{ title: 'x' }], 40058],
  ['a linked mini program', [{ title: 'x', appid: LINKED, pagepath: 'p' }], 0],
  ['a foreign mini program', [{ title: 'x', appid: 'wx00000000000000ff', pagepath: 'p' }], 90206],
])('answers news with %s', async (_, articles, errcode) => {
  expect(await send('news', { articles })).toMatchObject({ errcode });
});

it('sends articles of its own with a thumbnail, and only those with safe 2', async () => {
  const opened = await openSmall();
  const thumb_media_id = await aMediaId(opened, 'image');
  const mp = (more: object = {}) => ({
    title: '月报',
    thumb_media_id,
    content: '<p>一</p>',
    digest: '摘要',
    ...more,
  });
  const post = (body: object) => opened.write('message/send', { ...to, msgtype: 'mpnews', safe: 2, ...body });
  expect(await post({ mpnews: { articles: [mp()] } })).toMatchObject({ errcode: 0 });
  expect(await post({ mpnews: { articles: [mp({ thumb_media_id: 'X' })] } })).toMatchObject({
    errcode: 40007,
  });
  expect(await post({ mpnews: { articles: [mp({ author: 'a'.repeat(65) })] } })).toMatchObject({
    errcode: 40058,
  });
  const text = { msgtype: 'text', text: { content: 'x' } };
  expect(await post({ ...text, safe: 1 })).toMatchObject({ errcode: 0 });
  expect(await post({ ...text, safe: 2 })).toMatchObject({ errcode: 40058 });
});

it.each<[what: string, more: object, errcode: number]>([
  ['what it must have', {}, 0],
  ['no mini program', { appid: undefined }, 90200],
  ['a mini program that is none', { appid: 'x' }, 90207],
  ['a mini program of others', { appid: 'wx00000000000000ff' }, 90206],
  ['a title of 4', { title: '跟进提醒' }, 0],
  ['a title of 3', { title: '跟进了' }, 40058],
  ['a title of 12', { title: '字'.repeat(12) }, 0],
  ['a title of 13', { title: '字'.repeat(13) }, 40058],
  ['a description of 13', { description: '字'.repeat(13) }, 40058],
  ['ten pairs', { content_item: times(10, { key: 'k', value: 'v' }) }, 0],
  ['eleven pairs', { content_item: times(11, { key: 'k', value: 'v' }) }, 90201],
  ['a key of 10', { content_item: [{ key: '字'.repeat(10), value: 'v' }] }, 0],
  ['a key of 11', { content_item: [{ key: '字'.repeat(11), value: 'v' }] }, 90202],
  ['a value of 30', { content_item: [{ key: 'k', value: '字'.repeat(30) }] }, 0],
  ['a value of 31', { content_item: [{ key: 'k', value: '字'.repeat(31) }] }, 90203],
])('answers a mini program notice with %s', async (_, more, errcode) => {
  expect(await send('miniprogram_notice', { ...notice, ...more })).toMatchObject({ errcode });
});

it.each([
  ['1000 members', { touser: Array.from({ length: 999 }, (_, at) => `u${at}`).join('|') + '|lisi' }, 0],
  ['1001 members', { touser: Array.from({ length: 1000 }, (_, at) => `u${at}`).join('|') + '|lisi' }, 40058],
  ['100 departments', { toparty: Array.from({ length: 100 }, (_, at) => at).join('|') }, 0],
  ['101 departments', { toparty: Array.from({ length: 101 }, (_, at) => at).join('|') }, 40058],
  ['101 tags', { totag: Array.from({ length: 101 }, (_, at) => at).join('|') }, 40058],
  ['an interval of 4 hours', { enable_duplicate_check: 1, duplicate_check_interval: 14_400 }, 0],
  ['an interval of more', { enable_duplicate_check: 1, duplicate_check_interval: 14_401 }, 40058],
])('answers a message for %s', async (_, more, errcode) => {
  const { write } = await openSmall();
  const body = { ...to, msgtype: 'text', text: { content: 'x' }, ...more };
  expect(await write('message/send', body)).toMatchObject({ errcode });
});

/** The small corp with everybody in sight, which chats of the app need. */
const openWhole = () => {
  const corp = aSmallCorp();
  return openSmall({ corp: { ...corp, staff: corp.staff.filter((member) => member.isVisible) } });
};

it('makes a chat of members, changes it, and writes into it', async () => {
  const { write, read, platform } = await openWhole();
  const { chatid } = await write('appchat/create', chat);
  const id = String(chatid);
  await write('appchat/update', {
    chatid,
    name: '新名',
    add_user_list: ['wangwu'],
    del_user_list: ['ZHANGSAN'],
  });
  expect((await read('appchat/get', { chatid: id }))['chat_info']).toEqual({
    chatid,
    name: '新名',
    owner: 'lisi',
    userlist: ['lisi', 'wangwu'],
  });
  const text = { chatid, msgtype: 'text', text: { content: '开会' } };
  expect(await write('appchat/send', text)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(platform.state.messages).toMatchObject([
    { to: 'lisi', text: '开会', from: '跟进 · 新名' },
    { to: 'wangwu' },
  ]);
  expect(await write('appchat/send', { ...text, msgtype: 'template_card' })).toMatchObject({
    errcode: 40008,
  });
  expect(await write('appchat/send', { ...text, chatid: 'X' })).toMatchObject({ errcode: 86003 });
});

it.each<[what: string, more: object, errcode: number]>([
  ['an id of 32', { chatid: 'a'.repeat(32) }, 0],
  ['an id of 33', { chatid: 'a'.repeat(33) }, 86001],
  ['an id with a dash', { chatid: 'a-b' }, 86001],
  ['two people', { userlist: ['lisi', 'wangwu'] }, 0],
  ['one person', { userlist: ['lisi'] }, 86006],
  ['an owner who is not in it', { owner: 'wangwu' }, 86207],
  ['somebody unknown', { userlist: ['lisi', 'nobody'] }, 40003],
])('answers a chat with %s', async (_, more, errcode) => {
  const { write } = await openWhole();
  expect(await write('appchat/create', { ...chat, ...more })).toMatchObject({ errcode });
});

it('gives an id once, and makes no chats where the app does not see everybody', async () => {
  const { write } = await openWhole();
  expect(await write('appchat/create', { ...chat, chatid: 'a' })).toMatchObject({ errcode: 0 });
  expect(await write('appchat/create', { ...chat, chatid: 'a' })).toMatchObject({ errcode: 86215 });
  expect(await write('appchat/update', { chatid: 'a', del_user_list: ['ZhangSan'] })).toMatchObject({
    errcode: 86006,
  });
  const small = await openSmall();
  expect(await small.write('appchat/create', chat)).toMatchObject({ errcode: 60011 });
});
