import { z } from 'zod';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { SandboxGroup } from '../slices/groups.ts';
import { DAY_SECONDS, daysOf, dayStart } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { zeroOrOne } from './field-limits.ts';
import { groupsOf } from './find-groups.ts';
import { seededCount } from './seeded-count.ts';

const spanFields = z.object({
  day_begin_time: z.number().int(),
  day_end_time: z.number().int().optional(),
  owner_filter: z.object({ userid_list: z.array(z.string()).min(1).max(100) }),
});

type Counts = {
  new_chat_cnt: number;
  chat_total: number;
  chat_has_msg: number;
  new_member_cnt: number;
  member_total: number;
  member_has_msg: number;
  msg_total: number;
};

/** How lively a group was: the sandbox has no lines inside of groups, so the corp's seed decides. */
function talkIn(
  platform: Platform,
  group: SandboxGroup,
  days: readonly number[],
): { lines: number; people: number } {
  const linesOn = (day: number) =>
    day < group.createdAt ? 0 : seededCount(platform.state.corp.seed, [group.chatId, day], 12);
  const lines = days.reduce((sum, day) => sum + linesOn(day), 0);
  return { lines, people: Math.min(lines, group.members.length) };
}

/** The figures of some groups over some days; totals are those at the end. */
function countsOf(platform: Platform, groups: readonly SandboxGroup[], days: readonly number[]): Counts {
  const from = days[0] ?? 0;
  const to = (days.at(-1) ?? 0) + DAY_SECONDS;
  const isIn = (at: number) => at >= from && at < to;
  const members = groups.flatMap((group) => group.members);
  const talks = groups.map((group) => talkIn(platform, group, days));
  return {
    new_chat_cnt: groups.filter((group) => isIn(group.createdAt)).length,
    chat_total: groups.filter((group) => group.createdAt < to).length,
    chat_has_msg: talks.filter(({ lines }) => lines > 0).length,
    new_member_cnt: members.filter((member) => isIn(member.joinedAt)).length,
    member_total: members.filter((member) => member.joinedAt < to).length,
    member_has_msg: talks.reduce((sum, { people }) => sum + people, 0),
    msg_total: talks.reduce((sum, { lines }) => sum + lines, 0),
  };
}

/** The days asked for; one day when no end is named. @throws {ApiError} 40058 */
function askedDays(platform: Platform, fields: z.infer<typeof spanFields>): number[] {
  const from = dayStart(fields.day_begin_time);
  const days = daysOf(platform, { from, to: fields.day_end_time ?? from });
  return days.filter((day) => day <= unixNow(platform));
}

/** What `order_by` 1–4 names. */
const ORDERS = ['new_chat_cnt', 'chat_total', 'new_member_cnt', 'member_total'] as const;

/** One row per owner who has groups. */
const byOwner = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/statistic',
  title: '按群主聚合的客户群统计',
  empty: { total: 0, next_offset: 0, items: [] },
  fields: spanFields.extend({
    order_by: z.number().int().min(1).max(4).default(1),
    order_asc: zeroOrOne.default(0),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(1000).default(500),
  }),
  run: (platform, fields) => {
    const groups = groupsOf(platform, fields.owner_filter.userid_list);
    const days = askedDays(platform, fields);
    const order = ORDERS[fields.order_by - 1] ?? 'new_chat_cnt';
    const sign = fields.order_asc === 1 ? 1 : -1;
    const items = [...new Set(groups.map((group) => group.ownerId))]
      .map((owner) => {
        const own = groups.filter((group) => group.ownerId === owner);
        return { owner, data: countsOf(platform, own, days) };
      })
      .sort(
        (left, right) => sign * (left.data[order] - right.data[order]) || (left.owner < right.owner ? -1 : 1),
      );
    const page = items.slice(fields.offset, fields.offset + fields.limit);
    return { total: items.length, next_offset: fields.offset + page.length, items: page };
  },
});

/** One row per day, all owners together. */
const byDay = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/statistic_group_by_day',
  title: '按自然日聚合的客户群统计',
  empty: { items: [] },
  fields: spanFields,
  run: (platform, fields) => {
    const groups = groupsOf(platform, fields.owner_filter.userid_list);
    const days = askedDays(platform, fields);
    return {
      items: days.map((day) => ({ stat_time: day, data: countsOf(platform, groups, [day]) })),
    };
  },
});

/** Figures of customer groups. Source: wecom.md §3.9. */
export const groupStatisticApis = [byOwner, byDay];
