import { expect, it } from 'vitest';
import { aGroup, aMember } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';

const BY_OWNER = 'externalcontact/groupchat/statistic';
const BY_DAY = 'externalcontact/groupchat/statistic_group_by_day';
const DAY = 86_400;
/** Midnight in Shanghai of the clock's day, 10 March 2026. */
const TODAY = 1_773_072_000;

const members = (ids: string[], joinedAt: number) => ids.map((id) => aMember(id, { joinedAt }));
const groups = [
  aGroup('wr1', {
    createdAt: TODAY - 2 * DAY,
    members: members(['ZhangSan', 'wm1', 'wm2'], TODAY - 2 * DAY),
  }),
  aGroup('wr2', { createdAt: TODAY - DAY, members: members(['ZhangSan'], TODAY - DAY) }),
  aGroup('wr3', { ownerId: 'lisi', createdAt: TODAY - DAY, members: members(['lisi', 'wo3'], TODAY - DAY) }),
];
const owner_filter = { userid_list: ['ZhangSan', 'lisi'] };
const open = () => openSmall({ corp: aSmallCorp({ groups }) });

it('counts groups and members per owner, in the order asked for', async () => {
  const { write } = await open();
  const ask = { owner_filter, day_begin_time: TODAY - DAY + 5000, day_end_time: TODAY, order_by: 4 };
  const answer = await write(BY_OWNER, ask);
  expect(answer).toMatchObject({
    total: 2,
    next_offset: 2,
    items: [
      { owner: 'ZhangSan', data: { new_chat_cnt: 1, chat_total: 2, new_member_cnt: 1, member_total: 4 } },
      { owner: 'lisi', data: { new_chat_cnt: 1, chat_total: 1, new_member_cnt: 2, member_total: 2 } },
    ],
  });
  const owners = (found: typeof answer) => (found['items'] as { owner: string }[]).map((row) => row.owner);
  expect(owners(await write(BY_OWNER, { ...ask, order_asc: 1 }))).toEqual(['lisi', 'ZhangSan']);
  expect(owners(await write(BY_OWNER, { ...ask, order_by: 3 }))).toEqual(['lisi', 'ZhangSan']);
  const second = await write(BY_OWNER, { ...ask, offset: 1, limit: 1 });
  expect(owners(second)).toEqual(['lisi']);
  expect(second['next_offset']).toBe(2);
});

it('counts all owners together, day by day, the same every time', async () => {
  const { write } = await open();
  const ask = { owner_filter, day_begin_time: TODAY - 2 * DAY, day_end_time: TODAY };
  const answer = await write(BY_DAY, ask);
  expect(answer['items']).toMatchObject([
    {
      stat_time: TODAY - 2 * DAY,
      data: { new_chat_cnt: 1, chat_total: 1, new_member_cnt: 3, member_total: 3 },
    },
    { stat_time: TODAY - DAY, data: { new_chat_cnt: 2, chat_total: 3, new_member_cnt: 3, member_total: 6 } },
    { stat_time: TODAY, data: { new_chat_cnt: 0, chat_total: 3, new_member_cnt: 0, member_total: 6 } },
  ]);
  expect(await write(BY_DAY, ask)).toEqual(answer);
});

it.each([
  ['one day without an end', {}, 0],
  ['30 days', { day_end_time: TODAY, day_begin_time: TODAY - 30 * DAY }, 0],
  ['31 days', { day_end_time: TODAY, day_begin_time: TODAY - 31 * DAY }, 40058],
  ['180 days ago', { day_begin_time: TODAY - 180 * DAY }, 0],
  ['181 days ago', { day_begin_time: TODAY - 181 * DAY }, 40058],
  ['an end before the beginning', { day_end_time: TODAY - 9 * DAY }, 40058],
  ['no owner', { owner_filter: { userid_list: [] } }, 40058],
  ['no filter', { owner_filter: undefined }, 40058],
  ['101 owners', { owner_filter: { userid_list: Array(101).fill('lisi') } }, 40058],
  ['an order of 5', { order_by: 5 }, 40058],
  ['a limit of 1001', { limit: 1001 }, 40058],
])('answers statistics of %s', async (_, more, errcode) => {
  const { write } = await open();
  const body = { owner_filter, day_begin_time: TODAY - 2 * DAY, ...more };
  expect(await write(BY_OWNER, body)).toMatchObject({ errcode });
});
