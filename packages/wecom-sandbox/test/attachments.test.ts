import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aFile, aMediaId, upload } from './support/upload-file.ts';
import { times } from './support/times.ts';

const MASS = 'externalcontact/add_msg_template';
const WELCOME = 'externalcontact/send_welcome_msg';
const LINKED = 'wx1234567890abcdef';
const link = { title: 't', url: 'https://example.com' };
const program = { title: 't', appid: LINKED, page: 'pages/index.html' };

/** Files of every kind, and a picture with an address. */
async function withFiles() {
  const opened = await openSmall();
  const image = await aMediaId(opened, 'image');
  const picture = await upload(opened, 'media/uploadimg', { bytes: aFile('jpg') });
  return {
    ...opened,
    image,
    video: await aMediaId(opened, 'video'),
    file: await aMediaId(opened, 'file'),
    url: String(picture['url']),
    answer: async (...attachments: object[]) => {
      const body = { external_userid: ['wm1'], attachments };
      return (await opened.write(MASS, body)).errcode;
    },
  };
}

it('takes every kind of attachment', async () => {
  const { answer, image, video, file, url } = await withFiles();
  expect(await answer({ msgtype: 'image', image: { media_id: image } })).toBe(0);
  expect(await answer({ msgtype: 'image', image: { pic_url: url } })).toBe(0);
  expect(
    await answer({ msgtype: 'image', image: { media_id: image, pic_url: 'https://elsewhere/x.png' } }),
  ).toBe(0);
  expect(await answer({ msgtype: 'video', video: { media_id: video } })).toBe(0);
  expect(await answer({ msgtype: 'file', file: { media_id: file } })).toBe(0);
  expect(await answer({ msgtype: 'miniprogram', miniprogram: { ...program, pic_media_id: image } })).toBe(0);
  expect(await answer(...times(9, { msgtype: 'link', link }))).toBe(0);
});

it('refuses media of another kind, of nobody, or of long ago', async () => {
  const { answer, image, video, clock } = await withFiles();
  expect(await answer({ msgtype: 'image', image: { media_id: video } })).toBe(40007);
  expect(await answer({ msgtype: 'video', video: { media_id: image } })).toBe(40007);
  expect(await answer({ msgtype: 'file', file: { media_id: 'X' } })).toBe(40007);
  clock.pass(3 * 86_400 - 1);
  expect(await answer({ msgtype: 'image', image: { media_id: image } })).toBe(0);
  clock.pass(1);
  expect(await answer({ msgtype: 'image', image: { media_id: image } })).toBe(40007);
});

it('refuses mini programs that are not linked, or are none', async () => {
  const { answer, image } = await withFiles();
  const withApp = (appid: string) => ({
    msgtype: 'miniprogram',
    miniprogram: { ...program, pic_media_id: image, appid },
  });
  expect(await answer(withApp('wx00000000000000ff'))).toBe(90206);
  expect(await answer(withApp('wx123'))).toBe(90207);
  expect(await answer({ msgtype: 'miniprogram', miniprogram: program })).toBe(40058);
});

it.each([
  ['a title of 128 bytes', { msgtype: 'link', link: { ...link, title: 'a'.repeat(128) } }, 0],
  ['a title of 129 bytes', { msgtype: 'link', link: { ...link, title: 'a'.repeat(129) } }, 40058],
  ['a description of 512 bytes', { msgtype: 'link', link: { ...link, desc: 'a'.repeat(512) } }, 0],
  ['a description of 513 bytes', { msgtype: 'link', link: { ...link, desc: 'a'.repeat(513) } }, 40058],
  ['no URL', { msgtype: 'link', link: { title: 't' } }, 40058],
  ['a key that is not the msgtype', { msgtype: 'image', link }, 40058],
  ['an unknown msgtype', { msgtype: 'poem', poem: {} }, 40058],
  ['a picture from elsewhere', { msgtype: 'image', image: { pic_url: 'https://elsewhere/x.png' } }, 40058],
])('answers an attachment with %s', async (_, attachment, errcode) => {
  const { write } = await openSmall();
  expect(await write(MASS, { external_userid: ['wm1'], attachments: [attachment] })).toMatchObject({
    errcode,
  });
});

it('limits the title of a mini program to 64 bytes, and the attachments to nine', async () => {
  const { answer, image } = await withFiles();
  const titled = (length: number) => ({
    msgtype: 'miniprogram',
    miniprogram: { ...program, pic_media_id: image, title: 'a'.repeat(length) },
  });
  expect(await answer(titled(64))).toBe(0);
  expect(await answer(titled(65))).toBe(40058);
  expect(await answer(...times(10, { msgtype: 'link', link }))).toBe(40058);
});

/** lisi has gained wm9, and the code that came with it. */
async function withCode(rivalApp: 'slow' | 'first') {
  const receiver = await aReceiver();
  const opened = await openSmall({ callback: receiver.callback, rules: { rivalApp } });
  opened.platform.actions.addCustomer({ userid: 'lisi', externalUserId: 'wm9' });
  await opened.platform.settled();
  const welcome_code = receiver.letters[0]?.event['WelcomeCode'];
  return { ...opened, greet: () => opened.write(WELCOME, { welcome_code, text: { content: '您好' } }) };
}

it('asks to wait a second while another app is greeting the customer', async () => {
  const { greet, clock } = await withCode('slow');
  expect(await greet()).toMatchObject({ errcode: 41096 });
  clock.pass(1);
  expect(await greet()).toMatchObject({ errcode: 0 });
});

it('refuses for good when another app was first', async () => {
  const { greet, clock } = await withCode('first');
  clock.pass(1);
  expect(await greet()).toMatchObject({ errcode: 41051 });
});
