import { createServer } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { unseal } from '../src/crypto.ts';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp } from './support/small-corp.ts';

it('announces a new customer, signed, sealed for the corp, and in the platform’s form', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9', state: 'expo' });
  await platform.settled();
  const [letter] = receiver.letters;
  expect(letter?.isSigned).toBe(true);
  expect(letter?.event).toMatchObject({
    ToUserName: 'ww00000000000000ab',
    FromUserName: 'sys',
    CreateTime: '1773108000',
    MsgType: 'event',
    Event: 'change_external_contact',
    ChangeType: 'add_external_contact',
    UserID: 'lisi',
    ExternalUserID: 'wm9',
    State: 'expo',
  });
  expect(letter?.event['WelcomeCode']).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

it('leaves out what there is not, instead of sending it empty', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wo9' });
  await platform.settled();
  expect(receiver.letters[0]?.event).not.toHaveProperty('State');
  // A WeCom user is greeted by a card, so there is no code.
  expect(receiver.letters[0]?.event).not.toHaveProperty('WelcomeCode');
});

it('sends the half event first, then the full one', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  const { externalUserId } = platform.actions.addCustomer({ userid: 'lisi', name: '新人', viaHalf: true });
  await platform.settled();
  expect(externalUserId).toMatch(/^wm[A-Za-z0-9]{30}$/);
  expect(receiver.changes()).toEqual(['add_half_external_contact', 'add_external_contact']);
});

it('announces edits and deletions of both sides', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.actions.editRemark({ userid: 'lisi', externalUserId: 'wm2', remark: '老石' });
  platform.actions.editTags({ userid: 'lisi', externalUserId: 'wm2', addTagIds: ['etHot'] });
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  platform.actions.deleteCustomer({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(receiver.changes()).toEqual([
    'edit_external_contact',
    'edit_external_contact',
    'del_follow_user',
    'del_external_contact',
  ]);
});

it('keeps silent about remark mobiles and about members outside of the visible range', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.actions.editRemark({ userid: 'lisi', externalUserId: 'wm2', remarkMobiles: ['13800000000'] });
  platform.actions.editRemark({ userid: 'hidden', externalUserId: 'wm4', remark: 'x' });
  await platform.settled();
  expect(receiver.letters).toEqual([]);
});

it('never tells of what the API did', async () => {
  const receiver = await aReceiver();
  const { platform, write } = await openSmall(receiver);
  const key = { userid: 'lisi', external_userid: 'wm2' };
  const added = await write('externalcontact/add_corp_tag', { group_name: '组', tag: [{ name: '标签' }] });
  expect(added).toMatchObject({ errcode: 0 });
  await write('externalcontact/mark_tag', { ...key, add_tag: ['etHot'] });
  await write('externalcontact/remark', { ...key, remark: 'API' });
  await write('externalcontact/add_msg_template', { sender: 'lisi', text: { content: '群发' } });
  platform.actions.confirmMassMessage({ userid: 'lisi', msgid: platform.state.massMessages[0]?.msgid ?? '' });
  await platform.settled();
  expect(receiver.letters).toEqual([]);
});

it('tries three times more, each time freshly sealed but with the same event', async () => {
  const receiver = await aReceiver([500, 302, 503, 200]);
  const { platform } = await openSmall(receiver);
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  await platform.settled();
  expect(receiver.letters).toHaveLength(4);
  expect(new Set(receiver.letters.map((letter) => letter.encrypted)).size).toBe(4);
  expect(new Set(receiver.letters.map((letter) => letter.url.searchParams.get('nonce'))).size).toBe(4);
  expect(new Set(receiver.letters.map((letter) => letter.xml)).size).toBe(1);
  expect(receiver.letters.every((letter) => letter.isSigned)).toBe(true);
});

it('gives up after the third retry and goes on with the next event', async () => {
  const receiver = await aReceiver([500, 500, 500, 500, 200]);
  const { platform } = await openSmall(receiver);
  platform.actions.editRemark({ userid: 'lisi', externalUserId: 'wm2', remark: '一' });
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(receiver.changes().slice(3)).toEqual(['edit_external_contact', 'del_follow_user']);
  expect(platform.state.pending).toEqual([]);
});

it('cuts a receiver that does not answer in time, and does not let it hold up other customers', async () => {
  const receiver = await aReceiver(['hang', 200]);
  const { platform } = await openSmall(receiver);
  platform.rules.deliveryTimeoutMs = 400;
  platform.actions.editRemark({ userid: 'lisi', externalUserId: 'wm2', remark: '一' });
  await vi.waitFor(() => expect(receiver.letters).toHaveLength(1));
  // Only the first delivery is cut.
  platform.rules.deliveryTimeoutMs = 10_000;
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wo3' });
  await platform.settled();
  expect(receiver.letters.filter((letter) => letter.event['ExternalUserID'] === 'wm2')).toHaveLength(2);
  expect(receiver.letters.filter((letter) => letter.event['ExternalUserID'] === 'wo3')).toHaveLength(1);
  expect(platform.log.after(0).some((entry) => entry.kind === 'callback' && entry.status === 0)).toBe(true);
});

it('goes on when nobody listens at all', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall({
    callback: { ...receiver.callback, url: 'http://127.0.0.1:9/none' },
  });
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(platform.log.after(0).filter((entry) => entry.kind === 'callback')).toHaveLength(4);
});

it('refuses what people cannot do', async () => {
  const { platform } = await openSmall();
  const { actions } = platform;
  expect(() => actions.addCustomer({ userid: 'lisi', externalUserId: 'wm2' })).toThrow('已经是联系人');
  expect(() => actions.addCustomer({ userid: 'nobody', externalUserId: 'wm9' })).toThrow('没有这位成员');
  expect(() => actions.addCustomer({ userid: 'lisi', externalUserId: 'wmX' })).toThrow('没有这位客户');
  expect(() => actions.addCustomer({ userid: 'lisi' })).toThrow('姓名');
  expect(() => actions.addCustomer({ userid: 'plain', externalUserId: 'wm9' })).toThrow('客户联系');
  expect(() => actions.deleteCustomer({ userid: 'lisi', externalUserId: 'wm1' })).toThrow('还不是联系人');
});

it('lets a customer who deleted the member come back', async () => {
  const corp = aSmallCorp({
    relations: [aRelation('lisi', 'wm2', { deletedByCustomer: true, createdAt: 1 })],
  });
  const receiver = await aReceiver();
  const { platform } = await openSmall({ corp, callback: receiver.callback });
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(platform.state.corp.relations).toMatchObject([
    { userid: 'lisi', externalUserId: 'wm2', deletedByCustomer: false },
  ]);
  expect(receiver.changes()).toEqual(['add_external_contact']);
});

it('lists or hides whom the customer deleted, as the rules say', async () => {
  const { platform, read } = await openSmall();
  platform.actions.deleteStaff({ userid: 'ZhangSan', externalUserId: 'wm1' });
  expect(await read('externalcontact/get', { external_userid: 'wm1' })).toMatchObject({ errcode: 0 });
  platform.rules.listsLostRelations = false;
  expect(await read('externalcontact/get', { external_userid: 'wm1' })).toMatchObject({ errcode: 84061 });
});

it('verifies a callback URL as the admin console does', async () => {
  const { platform, control } = await openSmall();
  expect(await platform.verifyCallbackUrl()).toMatchObject({ isFine: false });
  const { callbackToken: token, callbackAesKey: aesKey, corpId: receiveId } = platform.credentials;
  const answers = { trims: false };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://receiver');
    const echo = unseal({ token, aesKey, receiveId }, url.searchParams.get('echostr') ?? '');
    response.end(answers.trims ? echo : `"${echo}"`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  platform.setCallbackUrl(
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/wecom/callback`,
  );
  expect(await platform.verifyCallbackUrl()).toMatchObject({
    isFine: false,
    detail: expect.stringContaining('echostr'),
  });
  answers.trims = true;
  expect(await (await control('verify-callback', { body: {} })).json()).toEqual({
    isFine: true,
    detail: '验证成功',
  });
});
