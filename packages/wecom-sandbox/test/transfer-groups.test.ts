import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { aGroup, aMember } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp, aStaff } from './support/small-corp.ts';

const RESIGNED = 'externalcontact/groupchat/transfer';
const ON_JOB = 'externalcontact/groupchat/onjob_transfer';

/** wr1 of ZhangSan, wrGone and wrFull of somebody who left, wrBusy being inherited, wrDone inherited by lisi. */
function corpWithGone() {
  const corp = aSmallCorp();
  corp.staff.push(
    aStaff('gone', { status: 5 }),
    aStaff('sleeper', { status: 4 }),
    aStaff('new', { isVerified: false }),
  );
  const ofGone = { ownerId: 'gone', members: [aMember('gone'), aMember('wm1')] };
  corp.groups = [
    aGroup('wr1'),
    aGroup('wrGone', ofGone),
    aGroup('wrFull', { ...ofGone, members: ['gone', 'wm1', 'wm2'].map((id) => aMember(id)) }),
    aGroup('wrBusy', { ...ofGone, inheritance: 2 }),
    aGroup('wrDone', { ownerId: 'lisi', inheritance: 3 }),
  ];
  return corp;
}

it.each([
  [RESIGNED, 'wrGone', 'lisi', 0],
  [RESIGNED, 'wrGone', 'ZhangSan', 0],
  [RESIGNED, 'wr1', 'lisi', 90500],
  [RESIGNED, 'wrX', 'lisi', 90501],
  [RESIGNED, 'wrFull', 'lisi', 90503],
  [RESIGNED, 'wrBusy', 'lisi', 90507],
  [RESIGNED, 'wrDone', 'ZhangSan', 90508],
  [ON_JOB, 'wr1', 'lisi', 0],
  [ON_JOB, 'wrDone', 'ZhangSan', 0],
  [ON_JOB, 'wr1', 'ZHANGSAN', 90504],
  [ON_JOB, 'wrGone', 'lisi', 90502],
  [ON_JOB, 'wrX', 'lisi', 90501],
] as const)('%s of %s to %s: %i', async (...row) => {
  const [path, chatId, new_owner, errcode] = row;
  const { write } = await openSmall({ corp: corpWithGone(), rules: { groupMembers: 3 } });
  const answer = await write(path, { chat_id_list: [chatId], new_owner });
  expect(answer['errcode']).toBe(0);
  const failed = answer['failed_chat_list'] as { chat_id: string; errcode: number }[];
  expect(failed.map((one) => [one.chat_id, one.errcode])).toEqual(errcode === 0 ? [] : [[chatId, errcode]]);
});

it.each([
  ['an unknown owner', { new_owner: 'nobody' }, 40003],
  ['an owner out of sight', { new_owner: 'hidden' }, 60011],
  ['an owner without customers', { new_owner: 'plain' }, 84074],
  ['an owner who is not activated', { new_owner: 'sleeper' }, 41054],
  ['an owner who is not verified', { new_owner: 'new' }, 40098],
  ['no group', { chat_id_list: [] }, 40058],
  ['100 groups', { chat_id_list: Array(100).fill('wrX') }, 0],
  ['101 groups', { chat_id_list: Array(101).fill('wrX') }, 40058],
])('answers for %s', async (_, more, errcode) => {
  const { write } = await openSmall({ corp: corpWithGone() });
  expect(await write(RESIGNED, { chat_id_list: ['wrGone'], new_owner: 'lisi', ...more })).toMatchObject({
    errcode,
  });
});

it('brings the new owner in; somebody who left goes, somebody who works here stays; no event tells of it', async () => {
  const receiver = await aReceiver();
  const { write, platform } = await openSmall({ corp: corpWithGone(), callback: receiver.callback });
  await write(RESIGNED, { chat_id_list: ['wrGone'], new_owner: 'lisi' });
  await write(ON_JOB, { chat_id_list: ['wr1'], new_owner: 'lisi' });
  const shown = async (chat_id: string) =>
    (await write('externalcontact/groupchat/get', { chat_id }))['group_chat'];
  expect(await shown('wrGone')).toMatchObject({
    owner: 'lisi',
    member_list: [{ userid: 'wm1' }, { userid: 'lisi' }],
  });
  expect(await shown('wr1')).toMatchObject({
    owner: 'lisi',
    member_list: [{ userid: 'ZhangSan' }, { userid: 'wm1' }, { userid: 'lisi' }],
  });
  expect(await shown('wr1')).not.toMatchObject({ member_version: '0'.repeat(32) });
  const inherited = await write('externalcontact/groupchat/list', { limit: 9, status_filter: 3 });
  expect(inherited['group_chat_list']).toContainEqual({ chat_id: 'wrGone', status: 3 });
  await platform.settled();
  expect(receiver.letters).toEqual([]);
});
