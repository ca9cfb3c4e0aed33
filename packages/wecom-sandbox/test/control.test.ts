import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSmall } from './support/open-small.ts';

it('shows the corp, who is there, and who belongs to whom', async () => {
  const { control, write } = await openSmall();
  await write('externalcontact/mark_tag', { userid: 'lisi', external_userid: 'wm2', add_tag: ['etHot'] });
  const state = await (await control('state', { cookie: 'sandbox_person=staff:lisi' })).json();
  expect(state).toMatchObject({
    corp: { corpId: 'ww00000000000000ab', corpName: '测试企业', agentId: '1000002', appName: '跟进' },
    person: 'staff:lisi',
    surveyHint: null,
  });
  expect(state.staff[0]).toMatchObject({
    userid: 'ZhangSan',
    department: '销售部',
    isLeader: true,
    status: 1,
  });
  expect(state.customers).toMatchObject([
    { externalUserId: 'wm1', isStranger: false, corpName: '苏州恒锐精密机械有限公司' },
    { externalUserId: 'wm2' },
    { externalUserId: 'wo3', corpName: '宁波鼎盛模具有限公司', position: '采购经理' },
    { externalUserId: 'wm4' },
    { externalUserId: 'wm9', isStranger: true, corpName: '' },
    { externalUserId: 'wo9', isStranger: true },
  ]);
  expect(state.relations[2]).toMatchObject({
    userid: 'lisi',
    externalUserId: 'wm2',
    createdAt: '2025-10-09T08:54:20.000Z',
    tags: [{ groupName: '后台标签', tagName: '重点' }],
  });
});

it('sets the cookie of a person who exists', async () => {
  const { control } = await openSmall();
  const answer = await control('person', { body: { person: 'customer:wm1' } });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toBe('sandbox_person=customer:wm1; path=/; samesite=lax');
  expect((await control('person', { body: { person: 'customer:wmX' } })).status).toBe(404);
});

it('lets people act, and explains in Chinese what they cannot do', async () => {
  const { control, platform } = await openSmall();
  const added = await control('add-customer', {
    body: { userid: 'lisi', name: '新人', remarkCorpName: '某公司' },
  });
  const { externalUserId } = await added.json();
  expect(platform.state.corp.relations.at(-1)).toMatchObject({
    externalUserId,
    remarkCorpName: '某公司',
    remark: '新人',
  });
  const key = { userid: 'lisi', externalUserId };
  expect((await control('edit-remark', { body: { ...key, remark: '老新' } })).status).toBe(200);
  expect((await control('delete-staff', { body: key })).status).toBe(200);
  const chat = await control('send-chat', {
    body: { from: `customer:${externalUserId}`, to: 'staff:lisi', text: '在吗' },
  });
  expect(chat.status).toBe(409);
  expect((await control('delete-customer', { body: key })).status).toBe(200);
  const gone = await control('delete-customer', { body: key });
  expect(gone.status).toBe(404);
  expect(await gone.json()).toEqual({ error: { code: 'unknown_relation', message: '他们还不是联系人' } });
  const wrong = await control('delete-customer', { body: { userid: 7 } });
  expect(wrong.status).toBe(400);
  expect((await wrong.json()).error.code).toBe('invalid_body');
});

it('shows each person their own messages, mass messages to confirm included', async () => {
  const { control, write, clock } = await openSmall();
  const text = { content: '请打分' };
  const link = { title: '调查', url: 'http://localhost:3000/s/abc', desc: '', picurl: '' };
  const attachments = [{ msgtype: 'link', link }];
  const { msgid } = await write('externalcontact/add_msg_template', {
    external_userid: ['wm2'],
    text,
    attachments,
  });
  clock.pass(1);
  await write('message/send', {
    touser: 'lisi',
    agentid: 1_000_002,
    msgtype: 'text',
    text: { content: '<a href="x">1</a>' },
  });
  clock.pass(1);
  await control('send-chat', { body: { from: 'staff:lisi', to: 'customer:wm2', text: '你好' } });
  const of = async (person: string) => (await (await control(`messages?person=${person}`)).json()).items;
  expect(await of('staff:lisi')).toMatchObject([
    {
      kind: 'task',
      msgid,
      text: '请打分',
      links: [link],
      recipients: [{ externalUserId: 'wm2' }],
      status: 'waiting',
    },
    { kind: 'app', from: '跟进', text: '<a href="x">1</a>' },
    { kind: 'chat', peer: 'customer:wm2', fromMe: true, text: '你好' },
  ]);
  expect((await control('confirm-mass-message', { body: { userid: 'lisi', msgid } })).status).toBe(200);
  expect(await of('customer:wm2')).toMatchObject([
    { kind: 'chat', peer: 'staff:lisi', fromMe: false, text: '你好' },
    { kind: 'chat', peer: 'staff:lisi', fromMe: false, text: '请打分', links: [link] },
  ]);
  const state = await (await control('state', { cookie: 'sandbox_person=customer:wm2' })).json();
  expect(state.surveyHint).toBe(link.url);
  expect((await control('messages?person=nobody')).status).toBe(400);
});

it('logs every call without a secret', async () => {
  const { control, read, platform, token } = await openSmall();
  const secret = await token();
  await read('ticket/get', { type: 'agent_config' });
  await read('nonsense');
  const { items } = await (await control('log')).json();
  expect(items.map((entry: { name: string }) => entry.name)).toEqual(
    expect.arrayContaining(['获取 access_token', '获取应用的 jsapi_ticket', '未知接口']),
  );
  expect(items[0]).toMatchObject({
    seq: 1,
    kind: 'api',
    method: 'GET',
    path: '/cgi-bin/gettoken',
    status: 200,
    errcode: 0,
  });
  const text = JSON.stringify(items);
  for (const hidden of [secret, platform.credentials.agentSecret, String(platform.state.tickets[0]?.value)])
    expect(text).not.toContain(hidden);
  const { items: later } = await (await control(`log?after=${items.at(-1).seq}`)).json();
  expect(later).toEqual([]);
});

it('streams the log and goes on after the last event that was seen', async () => {
  const { platform, token } = await openSmall();
  await token();
  await token();
  const stop = new AbortController();
  const answer = await fetch(`${platform.origin}/sandbox/control/log/stream`, {
    headers: { 'last-event-id': '1' },
    signal: stop.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  const readUntil = async (text: string) => {
    while (!seen.includes(text)) seen += (await reader?.read())?.value ?? '';
  };
  await readUntil('id: 2\n');
  expect(seen).not.toContain('id: 1\n');
  await token();
  await readUntil('id: 3\ndata: {"seq":3,');
  stop.abort();
});

it('serves the client page and its assets below /sandbox/', async () => {
  const pagesDir = mkdtempSync(join(tmpdir(), 'genjin-pages-'));
  onTestFinished(() => rmSync(pagesDir, { recursive: true }));
  mkdirSync(join(pagesDir, 'assets'));
  writeFileSync(join(pagesDir, 'index.html'), '<head></head>client');
  writeFileSync(join(pagesDir, 'assets', 'a.js'), 'run()');
  const { platform } = await openSmall({ pagesDir });
  const page = await fetch(`${platform.origin}/sandbox`);
  expect(page.url).toBe(`${platform.origin}/sandbox/`);
  expect(await page.text()).toBe('<head></head>client');
  expect(await (await fetch(`${platform.origin}/sandbox/assets/a.js`)).text()).toBe('run()');
  const without = await openSmall({ pagesDir: join(pagesDir, 'nothing') });
  const missing = await fetch(`${without.platform.origin}/sandbox/`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('npm run build');
});
