import { z } from 'zod';
import { count, eachRow, idText, instant, measure } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, definePages } from '../client/define-call.ts';
import { anyOf, list, spans, staff, whole, window } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';
const DAYS = 30;

/** Members, and days of at most a month within the last 180; WeCom rounds to whole days of Shanghai. */
export type GroupFigures = { ownerIds: readonly string[]; from: Date; to: Date };

const owners = {
  day_begin_time: z.int(),
  day_end_time: z.int(),
  owner_filter: z.strictObject({ userid_list: list(staff, 100, 1) }),
};
const askOwners = ({ ownerIds, from, to }: GroupFigures) => ({
  day_begin_time: window(from, to).start_time,
  day_end_time: window(from, to).end_time,
  owner_filter: { userid_list: ownerIds },
});

const Figures = z.object({
  new_chat_cnt: count,
  chat_total: count,
  chat_has_msg: count,
  new_member_cnt: count,
  member_total: count,
  member_has_msg: count,
  msg_total: count,
});
const asFigures = (figures: z.infer<typeof Figures>) => ({
  newGroups: figures.new_chat_cnt,
  groups: figures.chat_total,
  groupsWithMessages: figures.chat_has_msg,
  newMembers: figures.new_member_cnt,
  members: figures.member_total,
  membersWithMessages: figures.member_has_msg,
  messages: figures.msg_total,
});

/** What the owners are sorted by. Source: wecom.md §3.9, numbers 1–4. */
const SORTS = { new_groups: 1, groups: 2, new_members: 3, members: 4 } as const;

const byOwner = definePages({
  path: `${ROOT}/groupchat/statistic`,
  request: z
    .strictObject({ ...owners, order_by: whole(1, 4), order_asc: whole(0, 1), limit: z.int() })
    .superRefine(spans('day_begin_time', 'day_end_time', DAYS)),
  encode: ({ sort = 'new_groups', ...asked }: GroupFigures & { sort?: keyof typeof SORTS }) => ({
    ...askOwners(asked),
    order_by: SORTS[sort],
    order_asc: 0,
    limit: 1000,
  }),
  answer: z
    .object({
      total: count,
      next_offset: count,
      items: eachRow(z.object({ owner: idText, data: Figures })),
    })
    .transform((page) => ({
      ...page,
      next_cursor: page.items.length > 0 && page.next_offset < page.total ? String(page.next_offset) : '',
    })),
  turn: (offset) => ({ offset: Number(offset) }),
  decode: ({ items }) => items.map(({ owner: ownerId, data }) => ({ ownerId, ...asFigures(data) })),
});

const byDay = defineCall({
  path: `${ROOT}/groupchat/statistic_group_by_day`,
  request: z.strictObject(owners).superRefine(spans('day_begin_time', 'day_end_time', DAYS)),
  encode: askOwners,
  answer: z.object({ items: eachRow(z.object({ stat_time: instant, data: Figures })) }),
  decode: ({ items }) => items.map(({ stat_time: dayAt, data }) => ({ dayAt, ...asFigures(data) })),
});

/** Whose behaviour: members and members of departments, summed up by WeCom. Ask for one member to know one. */
export type Behaviour = {
  staffIds?: readonly string[];
  departmentIds?: readonly number[];
  from: Date;
  to: Date;
};

const behaviour = defineCall({
  path: `${ROOT}/get_user_behavior_data`,
  request: z
    .strictObject({
      userid: list(staff, 100).optional(),
      partyid: list(z.int(), 100).optional(),
      start_time: z.int(),
      end_time: z.int(),
    })
    .superRefine(anyOf('userid', 'partyid'))
    .superRefine(spans('start_time', 'end_time', DAYS)),
  encode: ({ staffIds, departmentIds, from, to }: Behaviour) => ({
    userid: staffIds,
    partyid: departmentIds,
    ...window(from, to),
  }),
  answer: z.object({
    behavior_data: eachRow(
      z.object({
        stat_time: instant,
        new_apply_cnt: count,
        new_contact_cnt: count,
        chat_cnt: count,
        message_cnt: count,
        reply_percentage: measure,
        avg_reply_time: measure,
        negative_feedback_cnt: count,
      }),
    ),
  }),
  decode: ({ behavior_data: days }) =>
    days.map((day) => ({
      dayAt: day.stat_time,
      requests: day.new_apply_cnt,
      newContacts: day.new_contact_cnt,
      chats: day.chat_cnt,
      messages: day.message_cnt,
      replyPercent: day.reply_percentage,
      replyMinutes: day.avg_reply_time,
      negativeFeedbacks: day.negative_feedback_cnt,
    })),
});

/** Figures of the last 180 days. @see https://developer.work.weixin.qq.com/document/path/92132, 92133 */
export function createStatisticsApi(call: WecomCall) {
  return {
    /** Groups by owner, the largest first. */
    groupsByOwner: byOwner(call),
    /** Groups by day; `dayAt` is midnight in Shanghai. */
    groupsByDay: byDay(call),
    /** What members did each day; percent and minutes are null on a day without chats. */
    behaviour: behaviour(call),
  };
}
