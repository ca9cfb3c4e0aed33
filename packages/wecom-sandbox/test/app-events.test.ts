import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

async function openHeard(options: Parameters<typeof openSmall>[0] = {}) {
  const receiver = await aReceiver();
  const small = await openSmall({ ...receiver, ...options });
  const heard = async () => {
    await small.platform.settled();
    return receiver.letters.map(({ event }) => event);
  };
  return { ...small, receiver, heard };
}

const OF_APP = { ToUserName: 'ww00000000000000ab', AgentID: '1000002', MsgType: 'event' };

it('tells that a member comes into the app’s range and goes', async () => {
  const { platform, heard, read } = await openHeard();
  platform.actions.setVisible({ userid: 'lisi', isVisible: false });
  expect(await read('user/get', { userid: 'lisi' })).toMatchObject({ errcode: 60011 });
  platform.actions.setVisible({ userid: 'lisi', isVisible: true });
  platform.actions.setVisible({ userid: 'lisi', isVisible: true });
  const events = await heard();
  expect(events).toMatchObject([
    { ...OF_APP, FromUserName: 'lisi', Event: 'unsubscribe' },
    { ...OF_APP, FromUserName: 'lisi', Event: 'subscribe' },
  ]);
  expect(events).toHaveLength(2);
  expect(events[0]).not.toHaveProperty('ChangeType');
});

it('tells that a member opens the app and taps its menu', async () => {
  const { platform, heard } = await openHeard();
  platform.actions.enterApp({ userid: 'LISI' });
  platform.actions.tapMenu({ userid: 'lisi', key: 'help' });
  platform.actions.tapMenu({ userid: 'lisi', url: 'https://a.test/?x=1&y=2' });
  expect(await heard()).toMatchObject([
    { ...OF_APP, FromUserName: 'lisi', Event: 'enter_agent', EventKey: '' },
    { ...OF_APP, Event: 'click', EventKey: 'help' },
    { ...OF_APP, Event: 'view', EventKey: 'https://a.test/?x=1&y=2' },
  ]);
});

it('keeps silent about opening the app while the switch is off', async () => {
  const { platform, heard } = await openHeard({ rules: { reportsEnterAgent: false } });
  platform.actions.enterApp({ userid: 'lisi' });
  expect(await heard()).toEqual([]);
});

it('brings what a member writes to the app, each with a MsgId of its own', async () => {
  const { platform, heard } = await openHeard();
  platform.actions.writeToApp({ userid: 'lisi', text: '<a> & ]]>' });
  platform.rules.xmlStyle = { ...platform.rules.xmlStyle, msgId: 'text' };
  platform.actions.writeToApp({ userid: 'lisi', text: '二' });
  const [first, second] = await heard();
  expect(first).toMatchObject({
    AgentID: '1000002',
    FromUserName: 'lisi',
    MsgType: 'text',
    Content: '<a> & ]]>',
  });
  expect(first).not.toHaveProperty('Event');
  expect(BigInt(String(first?.['MsgId']))).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  expect(second?.['MsgId']).toMatch(/^CAIQ[\w+/]+=*$/);
});

it('lets nobody use the app who cannot see it', async () => {
  const { platform } = await openHeard();
  expect(() => platform.actions.enterApp({ userid: 'hidden' })).toThrow('可见范围');
  expect(() => platform.actions.writeToApp({ userid: 'nobody', text: 'x' })).toThrow('没有这位成员');
});

it('names the app on the envelope of its events only', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.actions.tapMenu({ userid: 'lisi', key: 'help' });
  await platform.settled();
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(receiver.letters.map((letter) => letter.event['AgentID'])).toEqual(['1000002', undefined]);
});

it('takes the 客户联系 function without a word', async () => {
  const { platform, heard, read } = await openHeard();
  platform.actions.setCustomerFunction({ userid: 'lisi', hasCustomers: false });
  expect(await read('externalcontact/list', { userid: 'lisi' })).toMatchObject({ errcode: 84074 });
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  expect(await heard()).toEqual([]);
});

it('tells of acquisition links with the fields that there are, in the order of the samples', async () => {
  const { platform, receiver, heard } = await openHeard();
  platform.actions.tellAcquisition({ changeType: 'balance_low' });
  platform.actions.tellAcquisition({
    changeType: 'customer_start_chat',
    userid: 'lisi',
    externalUserId: 'wm2',
    linkId: 'ca1',
    state: 'expo',
  });
  platform.actions.tellAcquisition({
    changeType: 'quota_expire_soon',
    expiresAt: 1_780_000_000,
    expiringUses: 9,
  });
  await heard();
  const texts = receiver.letters.map(({ xml }) => xml).toSorted();
  expect(texts.every((xml) => xml.includes('<Event><![CDATA[customer_acquisition]]></Event>'))).toBe(true);
  const ends = texts.map((xml) => xml.slice(xml.indexOf('</ChangeType>') + '</ChangeType>'.length));
  expect(ends.toSorted()).toEqual([
    '</xml>',
    '<ExpireTime>1780000000</ExpireTime><ExpireQuotaNum>9</ExpireQuotaNum></xml>',
    '<UserID><![CDATA[lisi]]></UserID><ExternalUserID><![CDATA[wm2]]></ExternalUserID>' +
      '<LinkId><![CDATA[ca1]]></LinkId><State><![CDATA[expo]]></State></xml>',
  ]);
});

it('tells customer service to fetch its messages, in nobody’s name', async () => {
  const { platform, heard } = await openHeard();
  const { token } = platform.actions.tellService({ openKfId: 'wk1' });
  const [event] = await heard();
  expect(event).toMatchObject({ Event: 'kf_msg_or_event', Token: token, OpenKfId: 'wk1' });
  expect(event).not.toHaveProperty('FromUserName');
  expect(event).not.toHaveProperty('ChangeType');
});

it('tells that a customer lets his chats be archived', async () => {
  const { platform, heard } = await openHeard();
  platform.actions.approveArchive({ userid: 'lisi', externalUserId: 'wm2' });
  expect(await heard()).toMatchObject([
    {
      Event: 'change_external_contact',
      ChangeType: 'msg_audit_approved',
      UserID: 'lisi',
      ExternalUserID: 'wm2',
    },
  ]);
  expect(() => platform.actions.approveArchive({ userid: 'lisi', externalUserId: 'wm1' })).toThrow('联系人');
});

it('is done through the control API too', async () => {
  const { control, heard } = await openHeard();
  await control('act/write-to-app', { body: { userid: 'lisi', text: '在吗' } });
  await control('act/set-visible', { body: { userid: 'lisi', isVisible: false } });
  const token = await (await control('act/tell-service', { body: { openKfId: 'wk1' } })).json();
  expect(token).toEqual({ token: expect.stringMatching(/^\w{43}$/) });
  expect(await heard()).toHaveLength(3);
  expect((await control('act/enter-app', { body: { userid: 'lisi' } })).status).toBe(409);
  expect((await control('act/tell-acquisition', { body: { changeType: 'x' } })).status).toBe(400);
});
