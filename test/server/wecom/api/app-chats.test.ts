import { expect, it } from 'vitest';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('messages');

const cases: ApiCase[] = [
  [
    'makes a chat',
    (wecom) => wecom.appChats.create({ name: 'N', ownerId: 'a', staffIds: ['a', 'b'], chatId: 'CHATID' }),
    ['POST', 'appchat/create', { name: 'N', owner: 'a', userlist: ['a', 'b'], chatid: 'CHATID' }],
    SAMPLE['appchat/create'] ?? {},
    'CHATID',
  ],
  [
    'changes a chat',
    (wecom) => wecom.appChats.update('CHATID', { name: 'N', ownerId: 'b', add: ['c'], remove: ['a'] }),
    [
      'POST',
      'appchat/update',
      { chatid: 'CHATID', name: 'N', owner: 'b', add_user_list: ['c'], del_user_list: ['a'] },
    ],
    {},
    undefined,
  ],
  [
    'tells about a chat',
    (wecom) => wecom.appChats.get('CHATID'),
    ['GET', 'appchat/get', { chatid: 'CHATID' }],
    SAMPLE['appchat/get'] ?? {},
    { chatId: 'CHATID', name: 'NAME', ownerId: 'userid2', staffIds: ['userid1', 'userid2', 'userid3'] },
  ],
  [
    'says something in a chat',
    (wecom) => wecom.appChats.send('CHATID', { msgtype: 'text', text: { content: '您好' } }),
    ['POST', 'appchat/send', { chatid: 'CHATID', msgtype: 'text', text: { content: '您好' } }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const limits: LimitCase[] = [
  ['userlist', 2, 1, (n) => (wecom) => wecom.appChats.create({ staffIds: ids(n) })],
  ['chatid', 32, 33, (n) => (wecom) => wecom.appChats.update('x'.repeat(n), {})],
  ['chatid', 1, 0, (n) => (wecom) => wecom.appChats.update('x'.repeat(n), {})],
  [
    'text.content',
    2048,
    2049,
    (n) => (wecom) => wecom.appChats.send('C', { msgtype: 'text', text: { content: 'x'.repeat(n) } }),
  ],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});

it('has an id of letters and digits only', async () => {
  const { wecom, sent } = await aWecom(() => ok());
  await expect(wecom.appChats.get('a-b')).rejects.toMatchObject({ field: 'chatid' });
  expect(sent()).toEqual([]);
});
