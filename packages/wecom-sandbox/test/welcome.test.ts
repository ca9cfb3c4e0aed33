import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

const SEND = 'externalcontact/send_welcome_msg';
const text = { content: '您好,我是李四' };

/** lisi gains wm9, and the code that came with it. */
async function afterAdding() {
  const receiver = await aReceiver();
  const opened = await openSmall(receiver);
  opened.platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  await opened.platform.settled();
  return { ...opened, receiver, welcome_code: receiver.letters[0]?.event['WelcomeCode'] };
}

it('greets once within 20 s, and both people see it', async () => {
  const { write, clock, welcome_code, platform } = await afterAdding();
  clock.pass(19);
  const attachments = [{ msgtype: 'link', link: { title: '产品手册', url: 'https://example.com/a' } }];
  expect(await write(SEND, { welcome_code, text, attachments })).toMatchObject({ errcode: 0 });
  expect(platform.state.messages).toMatchObject([
    {
      kind: 'chat',
      from: 'staff:lisi',
      to: 'customer:wm9',
      text: text.content,
      links: [{ title: '产品手册' }],
    },
  ]);
  expect(await write(SEND, { welcome_code, text })).toMatchObject({ errcode: 41051 });
});

it('refuses after 20 s, an invented code, and none', async () => {
  const { write, clock, welcome_code } = await afterAdding();
  clock.pass(20);
  expect(await write(SEND, { welcome_code, text })).toMatchObject({ errcode: 41050 });
  expect(await write(SEND, { welcome_code: 'x', text })).toMatchObject({ errcode: 41050 });
  expect(await write(SEND, { text })).toMatchObject({ errcode: 41049 });
});

it('refuses when they have talked meanwhile', async () => {
  const { write, welcome_code, platform } = await afterAdding();
  platform.actions.sendChat({ from: 'customer:wm9', to: 'staff:lisi', text: '在吗' });
  expect(await write(SEND, { welcome_code, text })).toMatchObject({ errcode: 41051 });
});

it('refuses an empty and an oversized welcome without using the code up', async () => {
  const { write, welcome_code } = await afterAdding();
  const link = { title: 'x', url: 'https://example.com' };
  expect(await write(SEND, { welcome_code })).toMatchObject({ errcode: 40058 });
  expect(await write(SEND, { welcome_code, text: { content: '长'.repeat(1334) } })).toMatchObject({
    errcode: 40058,
  });
  expect(await write(SEND, { welcome_code, attachments: [{ msgtype: 'image', link }] })).toMatchObject({
    errcode: 40058,
  });
  const ten = Array.from({ length: 10 }, () => ({ msgtype: 'link', link }));
  expect(await write(SEND, { welcome_code, attachments: ten })).toMatchObject({ errcode: 40058 });
  expect(await write(SEND, { welcome_code, text: { content: '长'.repeat(1333) } })).toMatchObject({
    errcode: 0,
  });
});

it('gives no second code when the half event’s code was used before the full event left', async () => {
  const opened: { greet?: (code: unknown) => Promise<unknown> } = {};
  const receiver = await aReceiver([200], async (letter) => {
    await opened.greet?.(letter.event['WelcomeCode']);
  });
  const { platform, write } = await openSmall(receiver);
  opened.greet = (welcome_code) => write(SEND, { welcome_code, text });
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9', viaHalf: true });
  await platform.settled();
  expect(receiver.changes()).toEqual(['add_half_external_contact', 'add_external_contact']);
  expect(receiver.letters[0]?.event).toHaveProperty('WelcomeCode');
  expect(receiver.letters[1]?.event).not.toHaveProperty('WelcomeCode');
});

it('gives a code again to somebody who was deleted and came back', async () => {
  const { platform, clock, receiver, write, welcome_code } = await afterAdding();
  await write(SEND, { welcome_code, text });
  platform.actions.deleteCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  clock.pass(60);
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  await platform.settled();
  expect(receiver.letters[2]?.event['WelcomeCode']).not.toBe(welcome_code);
  expect(receiver.letters[2]?.event).toHaveProperty('WelcomeCode');
});

it('gives no code at all when the admin console greets by itself', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall({ callback: receiver.callback, rules: { hasConsoleWelcome: true } });
  platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  await platform.settled();
  expect(receiver.letters[0]?.event).not.toHaveProperty('WelcomeCode');
});
