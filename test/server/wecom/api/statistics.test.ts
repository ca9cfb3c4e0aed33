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

const SAMPLE = samples('statistics');
const DAY_MS = 86_400_000;
const from = new Date(1_600_272_000_000);
const days = (n: number) => new Date(from.getTime() + n * DAY_MS);
const asked = { ownerIds: ['zhangsan'], from, to: days(1) };
const theirs = {
  day_begin_time: 1_600_272_000,
  day_end_time: 1_600_358_400,
  owner_filter: { userid_list: ['zhangsan'] },
};
const figures = {
  newGroups: 2,
  groups: 2,
  groupsWithMessages: 0,
  newMembers: 0,
  members: 6,
  membersWithMessages: 0,
  messages: 0,
};

const cases: ApiCase[] = [
  [
    'counts groups by owner',
    (wecom) => wecom.statistics.groupsByOwner(asked),
    ['POST', 'externalcontact/groupchat/statistic', { ...theirs, order_by: 1, order_asc: 0, limit: 1000 }],
    SAMPLE['statistic'] ?? {},
    [{ ownerId: 'zhangsan', ...figures }],
  ],
  [
    'counts groups by day',
    (wecom) => wecom.statistics.groupsByDay(asked),
    ['POST', 'externalcontact/groupchat/statistic_group_by_day', theirs],
    SAMPLE['statistic_group_by_day'] ?? {},
    [{ dayAt: from, ...figures }],
  ],
  [
    'tells what members did; without chats there is nothing to measure',
    (wecom) => wecom.statistics.behaviour({ staffIds: ['zhangsan'], departmentIds: [1], from, to: days(1) }),
    [
      'POST',
      'externalcontact/get_user_behavior_data',
      { userid: ['zhangsan'], partyid: [1], start_time: 1_600_272_000, end_time: 1_600_358_400 },
    ],
    SAMPLE['get_user_behavior_data'] ?? {},
    [
      {
        dayAt: new Date(1_536_508_800_000),
        requests: 6,
        newContacts: 5,
        chats: 100,
        messages: 80,
        replyPercent: 60.25,
        replyMinutes: 1,
        negativeFeedbacks: 0,
      },
      {
        dayAt: new Date(1_536_595_200_000),
        requests: 0,
        newContacts: 1,
        chats: 0,
        messages: 0,
        replyPercent: null,
        replyMinutes: null,
        negativeFeedbacks: 0,
      },
    ],
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

describe('groups by owner', () => {
  it.each([
    ['new_groups', 1],
    ['groups', 2],
    ['new_members', 3],
    ['members', 4],
  ] as const)('are sorted by %s: %i', async (sort, order_by) => {
    const { wecom, sent } = await aWecom(() => ok({ total: 0, items: [] }));
    await read(wecom.statistics.groupsByOwner({ ...asked, sort }));
    expect(sent()[0]?.body).toMatchObject({ order_by, order_asc: 0 });
  });

  it('come from one offset to the next until all are there', async () => {
    const items = [{ owner: 'a', data: {} }];
    const { wecom, sent } = await aWecom((_, before) => ok({ total: 3, next_offset: before + 1, items }));
    expect(await read(wecom.statistics.groupsByOwner(asked))).toHaveLength(3);
    const offsets = sent().map(({ body }) => (body as { offset?: number }).offset);
    expect(offsets).toEqual([undefined, 1, 2]);
  });

  it('end with a page that has none, whatever the total says', async () => {
    const { wecom, sent } = await aWecom(() => ok({ total: 9, next_offset: 1, items: [] }));
    expect(await read(wecom.statistics.groupsByOwner(asked))).toEqual([]);
    expect(sent()).toHaveLength(1);
  });
});

const limits: LimitCase[] = [
  ['day_end_time', 30, 31, (n) => (wecom) => wecom.statistics.groupsByOwner({ ...asked, to: days(n) })],
  ['day_end_time', 0, -1, (n) => (wecom) => wecom.statistics.groupsByDay({ ...asked, to: days(n) })],
  [
    'owner_filter.userid_list',
    100,
    101,
    (n) => (wecom) => wecom.statistics.groupsByDay({ ...asked, ownerIds: ids(n) }),
  ],
  [
    'owner_filter.userid_list',
    1,
    0,
    (n) => (wecom) => wecom.statistics.groupsByOwner({ ...asked, ownerIds: ids(n) }),
  ],
  ['userid', 100, 101, (n) => (wecom) => wecom.statistics.behaviour({ staffIds: ids(n), from, to: from })],
  ['userid', 1, 0, (n) => (wecom) => wecom.statistics.behaviour({ staffIds: ids(n), from, to: from })],
  [
    'partyid',
    100,
    101,
    (n) => (wecom) =>
      wecom.statistics.behaviour({ departmentIds: Array.from({ length: n }, () => 1), from, to: from }),
  ],
  ['end_time', 30, 31, (n) => (wecom) => wecom.statistics.behaviour({ staffIds: ['a'], from, to: days(n) })],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});
