import { expect, it } from 'vitest';
import { aGroup } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';

const open = () => openSmall({ corp: aSmallCorp({ groups: [aGroup('wr1')] }) });

/** Answers of the control API: status and code of the refusal, if it is one. */
async function act(opened: Awaited<ReturnType<typeof open>>, name: string, body: object) {
  const answer = await opened.control(name, { body });
  const { error, ...rest } = await answer.json();
  return { status: answer.status, code: error?.code, ...rest };
}

it('lets people act in groups over the control API', async () => {
  const opened = await open();
  const created = await act(opened, 'create-group', { ownerId: 'lisi', name: '新群', memberIds: ['wm2'] });
  expect(created).toMatchObject({ status: 200, chatId: expect.stringMatching(/^wr/) });
  const chatId = 'wr1';
  const moves: [name: string, body: object][] = [
    ['add-members', { chatId, ids: ['wm2', 'lisi'], scene: 'scanned' }],
    ['remove-members', { chatId, ids: ['wm2'], isLeaving: true }],
    ['change-owner', { chatId, ownerId: 'lisi' }],
    ['rename-group', { chatId, name: '老群' }],
    ['change-notice', { chatId, notice: '公告' }],
  ];
  for (const [name, body] of moves) expect(await act(opened, name, body)).toMatchObject({ status: 200 });
  expect(opened.platform.state.groups[0]).toMatchObject({ ownerId: 'lisi', name: '老群', notice: '公告' });
  expect(await act(opened, 'dismiss-group', { chatId })).toMatchObject({ status: 200 });
  expect(await act(opened, 'dismiss-group', { chatId })).toMatchObject({
    status: 404,
    code: 'unknown_group',
  });
  expect(await act(opened, 'add-members', { chatId, ids: 'wm2' })).toMatchObject({ status: 400 });
});

it('lets people scan, click and press over the control API', async () => {
  const opened = await open();
  const { write } = opened;
  const way = await write('externalcontact/add_contact_way', { type: 1, scene: 2, user: ['lisi'] });
  const scanned = await act(opened, 'scan-contact-way', {
    configId: way['config_id'],
    externalUserId: 'wm9',
  });
  expect(scanned).toMatchObject({ status: 200, userid: 'lisi', externalUserId: 'wm9' });
  const made = await write('externalcontact/customer_acquisition/create_link', {
    link_name: '官网',
    range: { user_list: ['lisi'] },
  });
  const { link_id: linkId } = made['link'] as { link_id: string };
  expect(await act(opened, 'click-link', { linkId, externalUserId: 'wm1' })).toMatchObject({ status: 200 });
  expect(await act(opened, 'add-via-link', { linkId, name: '甲', channel: 'expo' })).toMatchObject({
    userid: 'lisi',
  });
  expect(await act(opened, 'buy-link-uses', { uses: 0, days: 1 })).toMatchObject({ status: 400 });
  expect(await act(opened, 'buy-link-uses', { uses: 5, days: 1 })).toMatchObject({ status: 200 });
  expect(await act(opened, 'delete-link', { linkId })).toMatchObject({ status: 200 });
  const press = { userid: 'lisi', taskId: 't', key: 'k', selected: { q: ['a'] } };
  expect(await act(opened, 'press-card', press)).toMatchObject({ status: 404, code: 'unknown_card' });
});

const key = (externalUserId: string) => ({ takeoverId: 'wangwu', externalUserId });

it('lets people publish, send and refuse over the control API', async () => {
  const opened = await open();
  const { write, platform } = opened;
  await write('externalcontact/add_moment_task', { text: { content: '新品' } });
  const momentId = platform.state.moments[0]?.momentId;
  expect(await act(opened, 'publish-moment', { userid: 'lisi', momentId })).toMatchObject({ status: 200 });
  const like = { userid: 'lisi', momentId, externalUserId: 'wm2', kind: 'like' };
  expect(await act(opened, 'react-to-moment', like)).toMatchObject({ status: 200 });
  expect(await act(opened, 'publish-own-moment', { userid: 'lisi', text: 'x' })).toMatchObject({
    status: 200,
  });
  const own = { userid: 'lisi', externalUserIds: ['wm2'], text: '您好' };
  expect(await act(opened, 'send-own-mass-message', own)).toMatchObject({ status: 200 });
  const pair = { handover_userid: 'ZhangSan', takeover_userid: 'wangwu' };
  await write('externalcontact/transfer_customer', { ...pair, external_userid: ['wm1', 'wm2'] });
  expect(await act(opened, 'refuse-transfer', key('wm1'))).toMatchObject({ status: 200 });
  expect(await act(opened, 'fail-transfer-full', key('wm2'))).toMatchObject({ status: 200 });
  expect(await act(opened, 'refuse-transfer', key('wm2'))).toMatchObject({
    status: 404,
    code: 'unknown_transfer',
  });
});
