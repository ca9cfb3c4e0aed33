import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { DAY_SECONDS, daysOf } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { followingStaff } from './find-people.ts';
import { seededCount } from './seeded-count.ts';
import { membersIn } from './serving-staff.ts';

const fields = z.object({
  userid: z.array(z.string()).max(100).default([]),
  partyid: z.array(z.number().int()).max(100).default([]),
  start_time: z.number().int(),
  end_time: z.number().int(),
});

/** Chats, lines and answers of one member on one day: what the sandbox has seen, on top of what the corp's seed says. */
function talksOf({ state }: Platform, userid: string, day: number) {
  const { seed, relations } = state.corp;
  const isOn = (at: number) => at >= day && at < day + DAY_SECONDS;
  const known = relations.filter((row) => row.userid === userid && row.createdAt < day + DAY_SECONDS).length;
  const lines = state.messages.filter(
    (message) =>
      message.kind === 'chat' &&
      message.from === `staff:${userid}` &&
      isOn(Math.floor(new Date(message.at).getTime() / 1000)),
  );
  const peers = new Set(lines.map((message) => message.to));
  const chats = Math.min(known, seededCount(seed, ['chats', userid, day], 8));
  return {
    chats: chats + peers.size,
    lines: chats * (1 + seededCount(seed, ['lines', userid, day], 9)) + lines.length,
    replies: 60 + seededCount(seed, ['replies', userid, day], 40),
    minutes: 1 + seededCount(seed, ['minutes', userid, day], 58),
  };
}

/** The figures of one day, summed over all the members: what nobody did is absent. */
function rowOf(platform: Platform, userids: readonly string[], day: number): Record<string, unknown> {
  const { seed, relations } = platform.state.corp;
  const isOn = (at: number) => at >= day && at < day + DAY_SECONDS;
  const gained = relations.filter((row) => userids.includes(row.userid) && isOn(row.createdAt));
  const asked = gained.filter((row) => row.operUserId === row.userid).length;
  const refused = userids.reduce((sum, userid) => sum + seededCount(seed, ['refused', userid, day], 1), 0);
  const talks = userids.map((userid) => talksOf(platform, userid, day)).filter(({ chats }) => chats > 0);
  const sum = (pick: (talk: (typeof talks)[number]) => number) =>
    talks.reduce((total, talk) => total + pick(talk), 0);
  return {
    stat_time: day,
    chat_cnt: sum(({ chats }) => chats),
    message_cnt: sum(({ lines }) => lines),
    ...(talks.length > 0 && {
      reply_percentage: Math.round((sum(({ replies }) => replies) * 100) / talks.length) / 100,
      avg_reply_time: Math.round(sum(({ minutes }) => minutes) / talks.length),
    }),
    new_apply_cnt: asked + refused,
    new_contact_cnt: gained.length,
    negative_feedback_cnt: relations.filter(
      (row) => userids.includes(row.userid) && row.deletedByCustomer && isOn(row.createdAt),
    ).length,
  };
}

/** What members did with customers, day by day; all the members together, so ask one by one. Source: wecom.md §3.10. */
export const behaviourApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/get_user_behavior_data',
    title: '获取「联系客户统计」数据',
    empty: { behavior_data: [] },
    fields,
    run: (platform, { userid: users, partyid: parties, start_time: from, end_time: to }) => {
      if (users.length + parties.length === 0) throw new ApiError(40058, 'userid');
      const named = users.map((userid) => followingStaff(platform, userid).userid);
      const userids = membersIn(platform, { users: named, parties });
      const days = daysOf(platform, { from, to }).filter((day) => day <= unixNow(platform));
      return { behavior_data: days.map((day) => rowOf(platform, userids, day)) };
    },
  }),
];
