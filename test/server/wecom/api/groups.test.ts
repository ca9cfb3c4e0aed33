import { describe, expect, it } from 'vitest';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  ids,
  playCase,
  playLimit,
  read,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('groups');
const CHAT = 'wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA';
const person = { isStaff: false, joinScene: 3, invitorId: null, state: '' };

const cases: ApiCase[] = [
  [
    'lists every group in sight',
    (wecom) => wecom.groups.pages(),
    ['POST', 'externalcontact/groupchat/list', { limit: 1000 }],
    SAMPLE['list'] ?? {},
    [
      { chatId: CHAT, status: 0 },
      { chatId: 'wrOgQhDgAAcwMTB7YmDkbeBsAAAA', status: 2 },
    ],
  ],
  [
    'lists the groups of some owners',
    (wecom) => wecom.groups.pages(['a', 'b']),
    ['POST', 'externalcontact/groupchat/list', { limit: 1000, owner_filter: { userid_list: ['a', 'b'] } }],
    { group_chat_list: [] },
    [],
  ],
  [
    'tells everything about one group',
    (wecom) => wecom.groups.get(CHAT),
    ['POST', 'externalcontact/groupchat/get', { chat_id: CHAT, need_name: 1 }],
    SAMPLE['get'] ?? {},
    {
      chatId: CHAT,
      name: '销售客服群',
      ownerId: 'ZhuShengBen',
      createdAt: new Date(1_572_505_490_000),
      notice: '文明沟通，拒绝脏话',
      members: [
        {
          id: 'abel',
          isStaff: true,
          joinedAt: new Date(1_572_505_491_000),
          joinScene: 1,
          invitorId: 'jack',
          state: '',
          name: '张三丰',
        },
        {
          ...person,
          id: 'wmOgQhDgAAuXFJGwbve4g4iXknfOAAAA',
          joinedAt: new Date(1_572_505_492_000),
          state: 'klsdup3kj3s1',
          name: '顾客老王',
        },
        { ...person, id: 'wmOld', joinedAt: new Date(1_572_505_493_000), joinScene: 0, name: '' },
      ],
      adminIds: ['sam', 'pony'],
      version: '71217227bbd112ecfe3a49c482195cb4',
    },
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

it('may have no name, notice, owner or administrators', async () => {
  const group_chat = { chat_id: CHAT, create_time: 1, member_list: null, notice: null };
  const { wecom } = await aWecom(() => ok({ group_chat }));
  expect(await wecom.groups.get(CHAT)).toEqual({
    chatId: CHAT,
    name: '',
    ownerId: '',
    createdAt: new Date(1000),
    notice: '',
    members: [],
    adminIds: [],
    version: '',
  });
});

const ownersOf = async (count: number) => {
  const { wecom, sent } = await aWecom(() =>
    ok({ group_chat_list: [{ chat_id: 'wr1', status: 0 }], next_cursor: '' }),
  );
  const rows = await read(wecom.groups.pages(ids(count)));
  const asked = sent().map(({ body }) => body as { owner_filter: { userid_list: string[] } });
  return { rows, sizes: asked.map(({ owner_filter: { userid_list: list } }) => list.length) };
};

describe('owners', () => {
  it.each([
    [0, []],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('%i are asked for in calls of %j', async (count, sizes) => {
    const found = await ownersOf(count);
    expect(found.sizes).toEqual(sizes);
    expect(found.rows).toHaveLength(sizes.length);
  });

  it('keep their filter on every page', async () => {
    const { wecom, sent } = await aWecom((_, before) =>
      ok({
        group_chat_list: [{ chat_id: `wr${before}`, status: 0 }],
        next_cursor: before < 2 ? `c${before}` : '',
      }),
    );
    expect(await read(wecom.groups.pages(['a']))).toHaveLength(3);
    const filter = { limit: 1000, owner_filter: { userid_list: ['a'] } };
    expect(sent().map(({ body }) => body)).toEqual([
      filter,
      { ...filter, cursor: 'c0' },
      { ...filter, cursor: 'c1' },
    ]);
  });
});

const limits: LimitCase[] = [
  ['owner_filter.userid_list.0', 64, 65, (n) => (wecom) => read(wecom.groups.pages(['x'.repeat(n)]))],
];
it.each(limits)('%s: %i bytes are asked for, %i are not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});

it('does not ask for a group without an id', async () => {
  const { wecom, sent } = await aWecom(() => ok());
  await expect(wecom.groups.get('')).rejects.toMatchObject({ field: 'chat_id', rule: 'is missing' });
  expect(sent()).toEqual([]);
});

it('names the member whose time of joining is missing', async () => {
  const group_chat = { chat_id: CHAT, create_time: 1, member_list: [{ userid: 'a', type: 1 }] };
  const { wecom } = await aWecom(() => ok({ group_chat }));
  await expect(wecom.groups.get(CHAT)).rejects.toMatchObject({
    reason: 'unexpected shape: group_chat.member_list.0.join_time invalid_type',
  });
});
