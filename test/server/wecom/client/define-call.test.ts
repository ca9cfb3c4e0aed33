import { describe, expect, it } from 'vitest';
import { WecomLimitError } from '../../../../server/wecom/client/limit.ts';
import { theirNames } from '../../../../server/wecom/client/our-names.ts';
import { ok, refused } from '../../../support/wecom-parts.ts';
import { aWecom, read, type Run } from '../../../support/wecom-cases.ts';

const pair = { handoverId: 'a', takeoverId: 'b' };
const text = { msgtype: 'text', text: { content: 'x' } } as const;
const button = { taskId: 't', title: 't', description: '', buttons: [{ text: 'x', key: 'k' }] };

/** What reaches people or makes something: asked again, it might do so twice. */
const ONCE: [string, Run][] = [
  ['appchat/create', (wecom) => wecom.appChats.create({ staffIds: ['a', 'b'] })],
  ['appchat/send', (wecom) => wecom.appChats.send('C', text)],
  ['add_msg_template', (wecom) => wecom.massMessages.add({ kind: 'contacts', staffId: 'a' }, { text: 'x' })],
  ['remind_groupmsg_send', (wecom) => wecom.massMessages.remind('m')],
  ['send_welcome_msg', (wecom) => wecom.messages.welcome('C', 'x')],
  [
    'transfer_customer',
    (wecom) => wecom.transfers.start({ kind: 'on_job', ...pair, externalUserIds: ['wm'] }),
  ],
  [
    'transfer_customer',
    (wecom) => wecom.transfers.start({ kind: 'resigned', ...pair, externalUserIds: ['wm'] }),
  ],
  ['onjob_transfer', (wecom) => wecom.transfers.groups({ kind: 'on_job', chatIds: ['wr'], newOwnerId: 'b' })],
  [
    'groupchat/transfer',
    (wecom) => wecom.transfers.groups({ kind: 'resigned', chatIds: ['wr'], newOwnerId: 'b' }),
  ],
  ['add_contact_way', (wecom) => wecom.contactWays.add({ kind: 'single', scene: 'qr', staffIds: ['a'] })],
  ['add_join_way', (wecom) => wecom.joinWays.add({ scene: 'qr', chatIds: ['wr'] })],
  ['group_welcome_template/add', (wecom) => wecom.groupWelcomes.add({ text: 'x' })],
  ['add_corp_tag', (wecom) => wecom.tags.add({ groupName: 'g' }, ['x'])],
  ['add_moment_task', (wecom) => wecom.moments.add({ text: 'x' })],
];

it.each(ONCE)('%s is asked once when the connection is cut', async (path, run) => {
  const { wecom, sent } = await aWecom(() => 'cut');
  await expect(run(wecom)).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: false });
  expect(sent()).toHaveLength(1);
  expect(sent()[0]?.path).toContain(path);
});

/** What may be asked again without harm; WeCom drops an app message that it has already. */
const AGAIN: [string, Run][] = [
  ['message/send', (wecom) => wecom.messages.send('everybody', text)],
  ['message/send', (wecom) => wecom.messages.sendButtonCard('a', button)],
  ['groupchat/list', (wecom) => read(wecom.groups.pages())],
  ['groupchat/get', (wecom) => wecom.groups.get('wr')],
  ['get_unassigned_list', (wecom) => read(wecom.transfers.unassigned())],
  ['mark_tag', (wecom) => wecom.tags.mark({ staffId: 'a', externalUserId: 'b' }, { add: ['x'], remove: [] })],
  ['update_contact_way', (wecom) => wecom.contactWays.update('c', {})],
  ['update_template_card', (wecom) => wecom.messages.disableButtons('C', ['a'], 'x')],
  ['recall', (wecom) => wecom.messages.recall('m')],
  ['remark', (wecom) => wecom.contacts.remark({ staffId: 'a', externalUserId: 'b', remark: 'x' })],
  ['cancel_groupmsg_send', (wecom) => wecom.massMessages.cancel('m')],
  ['media/upload', (wecom) => wecom.media.upload({ kind: 'file', name: 'a', content: new Uint8Array(6) })],
];

it.each(AGAIN)('%s is asked again when the connection is cut', async (path, run) => {
  const lists = { group_chat_list: [], info: [] };
  const group_chat = { chat_id: 'wr', create_time: 1 };
  const good = { ...lists, group_chat, msgid: 'm', media_id: 'm', created_at: 1 };
  const { wecom, sent } = await aWecom((_, before) => (before === 0 ? 'cut' : ok(good)));
  await run(wecom);
  expect(sent()).toHaveLength(2);
  expect(sent()[1]?.path).toContain(path);
});

/** What nothing may be taken for. */
const MAIN_LISTS: [field: string, run: Run][] = [
  ['external_contact_list', (wecom) => read(wecom.contacts.pages(['a']))],
  ['follow_user', (wecom) => wecom.staff.followers()],
  ['department', (wecom) => wecom.staff.tree()],
  ['tag_group', (wecom) => wecom.tags.groups()],
  ['group_chat_list', (wecom) => read(wecom.groups.pages())],
  ['task_list', (wecom) => read(wecom.massMessages.tasks('m'))],
  [
    'customer',
    (wecom) => read(wecom.transfers.results({ kind: 'on_job', handoverId: 'a', takeoverId: 'b' })),
  ],
  ['info', (wecom) => read(wecom.transfers.unassigned())],
];

it.each(MAIN_LISTS)('an answer without %s is of another shape, not empty', async (field, run) => {
  const { wecom } = await aWecom(() => ok({ [field]: null }));
  await expect(run(wecom)).rejects.toMatchObject({ reason: `unexpected shape: ${field} invalid_type` });
  const { wecom: another } = await aWecom(() => ok());
  await expect(run(another)).rejects.toMatchObject({ reason: `unexpected shape: ${field} invalid_type` });
});

it('an app message without its id was not taken', async () => {
  const { wecom } = await aWecom(() => ok());
  await expect(wecom.messages.send('everybody', text)).rejects.toMatchObject({
    reason: 'unexpected shape: msgid invalid_type',
  });
});

describe('a broken limit', () => {
  it('names API, field and rule, never the value', async () => {
    const { wecom } = await aWecom(() => ok());
    const error: unknown = await wecom.contacts
      .remark({ staffId: 'a', externalUserId: 'b', remark: '秘密'.repeat(11) })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WecomLimitError);
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toBe(
      'WecomLimitError: /cgi-bin/externalcontact/remark was not called: remark has at most 20 characters',
    );
  });

  it('ends a list of pages before its first page', async () => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.contacts.pages([]).next()).rejects.toMatchObject({ field: 'userid_list' });
    expect(sent()).toEqual([]);
  });
});

describe('an answer', () => {
  it('may have more than anybody knows', async () => {
    const { wecom } = await aWecom(() =>
      ok({ group_chat_list: [{ chat_id: 'wr', status: 0, new_thing: {} }], other: [1] }),
    );
    expect(await read(wecom.groups.pages())).toEqual([{ chatId: 'wr', status: 0 }]);
  });

  it.each([
    [null, 'group_chat.create_time'],
    ['', 'group_chat.create_time'],
    ['x', 'group_chat.create_time'],
  ])('with %j for a time is of another shape', async (create_time, field) => {
    const { wecom } = await aWecom(() => ok({ group_chat: { chat_id: 'wr', create_time, member_list: [] } }));
    await expect(wecom.groups.get('wr')).rejects.toMatchObject({
      name: 'WecomUnreachable',
      path: '/cgi-bin/externalcontact/groupchat/get',
      reason: `unexpected shape: ${field} invalid_type`,
    });
  });

  it('may quote its numbers', async () => {
    const { wecom } = await aWecom(() => ok({ group_chat_list: [{ chat_id: 'wr', status: '3' }] }));
    expect(await read(wecom.groups.pages())).toEqual([{ chatId: 'wr', status: 3 }]);
  });

  it('whose cursor does not move ends with an error', async () => {
    const { wecom, sent } = await aWecom(() => ok({ group_chat_list: [], next_cursor: 'same' }));
    await expect(read(wecom.groups.pages())).rejects.toMatchObject({ reason: 'the cursor does not move' });
    expect(sent()).toHaveLength(2);
  });
});

it('writes our names as theirs at every depth, and leaves values alone', () => {
  type Theirs = { card_type: 'aB'; list_of: { media_id: string }[]; keyname: boolean };
  expect(theirNames<Theirs>({ cardType: 'aB', listOf: [{ mediaId: 'Xy' }], keyname: false })).toEqual({
    card_type: 'aB',
    list_of: [{ media_id: 'Xy' }],
    keyname: false,
  });
});

/** Two pages; the second is refused so many times. */
const forgetful = (refusals: number) =>
  aWecom(({ body }, before) => {
    const { cursor } = body as { cursor?: string };
    if (cursor && before < refusals * 2) return refused(50100);
    const rows = [{ chat_id: cursor ? 'wr2' : 'wr1', status: 0 }];
    return ok({ group_chat_list: rows, next_cursor: cursor ? '' : 'c' });
  });

describe('a cursor that WeCom has forgotten', () => {
  const both = ['wr1', 'wr2'].map((chatId) => ({ chatId, status: 0 }));

  it('makes a list be read once more from its first page, and nothing told twice', async () => {
    const { wecom, sent } = await forgetful(1);
    expect(await read(wecom.groups.pages())).toEqual(both);
    expect(sent()).toHaveLength(4);
  });

  it('ends it when it happens again', async () => {
    const { wecom, sent } = await forgetful(2);
    await expect(read(wecom.groups.pages())).rejects.toMatchObject({ errcode: 50100 });
    expect(sent()).toHaveLength(4);
  });
});
