import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import type { MassMessage, MassRecipient, MassTask } from '../state.ts';
import { defineApi } from './define-api.ts';
import { isSameUserid } from './find-people.ts';
import { pageOf } from './page-rows.ts';

const DAY_SECONDS = 86_400;
const paging = { cursor: z.string().optional(), limit: z.number().optional() };
/** Every API here names its message. */
const missing = { msgid: 41046 };

/** Cursors follow these keys; newest first means counting down. */
const byNewest = ({ createdAt, msgid }: MassMessage) => `${1e11 - createdAt}|${msgid}`;
const byUserid = (task: MassTask) => task.userid;
const byCustomer = (row: MassRecipient) => row.externalUserId;

/** @throws {ApiError} 41047 for a msgid that was never given out. */
function massMessage({ state }: Platform, msgid: string): MassMessage {
  const message = state.massMessages.find((candidate) => candidate.msgid === msgid);
  if (!message) throw new ApiError(41047);
  return message;
}

/** Both ends of the span are unix seconds; it may cover a month. */
const listFields = z.object({
  chat_type: z.enum(['single', 'group']),
  start_time: z.number(),
  end_time: z.number(),
  creator: z.string().optional(),
  filter_type: z.number().default(2),
  ...paging,
});

/** Mass messages of the corp, the newest first. */
const list = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_groupmsg_list_v2',
  title: '获取群发记录列表',
  empty: { next_cursor: '', group_msg_list: [] },
  fields: listFields,
  run: ({ state }, fields) => {
    const { start_time: from, end_time: to, cursor, limit } = fields;
    if (to < from || to - from > 31 * DAY_SECONDS) throw new ApiError(40058, 'end_time');
    // All are made by the API: of the corp, without creator.
    const isNone = fields.chat_type === 'group' || fields.filter_type === 1 || fields.creator !== undefined;
    const rows = isNone
      ? []
      : state.massMessages.filter(({ createdAt }) => createdAt >= from && createdAt <= to);
    const page = pageOf(rows, {
      keyOf: byNewest,
      query: `list ${from} ${to}`,
      cursor,
      limit,
      max: 100,
      usual: 50,
    });
    return {
      next_cursor: page.nextCursor,
      group_msg_list: page.rows.map(({ msgid, createdAt, text, attachments }) => ({
        msgid,
        // A string in the official sample.
        create_time: String(createdAt),
        create_type: 0,
        text: { content: text },
        attachments,
      })),
    };
  },
});

/** Who has confirmed: 0 not sent, 2 sent; a stopped task stays at 0. */
const tasks = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_groupmsg_task',
  title: '获取群发成员发送任务列表',
  empty: { next_cursor: '', task_list: [] },
  missing,
  fields: z.object({ msgid: z.string(), ...paging }),
  run: (platform, { msgid, cursor, limit }) => {
    const rows = massMessage(platform, msgid).tasks;
    const page = pageOf(rows, {
      keyOf: byUserid,
      query: `tasks ${msgid}`,
      cursor,
      limit,
      max: 1000,
      usual: 500,
    });
    return {
      next_cursor: page.nextCursor,
      task_list: page.rows.map(({ userid, status, sentAt }) => ({
        userid,
        status: status === 'sent' ? 2 : 0,
        ...(sentAt !== null && { send_time: sentAt }),
      })),
    };
  },
});

/** What became of each customer of one member: 0 unsent, 1 sent, 2 not a friend, 3 already had another message. */
const results = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_groupmsg_send_result',
  title: '获取企业群发成员执行结果',
  empty: { next_cursor: '', send_list: [] },
  missing,
  fields: z.object({ msgid: z.string(), userid: z.string(), ...paging }),
  run: (platform, { msgid, userid, cursor, limit }) => {
    const task = massMessage(platform, msgid).tasks.find((row) => isSameUserid(row.userid, userid));
    if (!task) throw new ApiError(40003);
    const query = `results ${msgid} ${task.userid}`;
    const page = pageOf(task.recipients, { keyOf: byCustomer, query, cursor, limit, max: 1000, usual: 500 });
    return {
      next_cursor: page.nextCursor,
      send_list: page.rows.map(({ externalUserId, status, sentAt }) => ({
        external_userid: externalUserId,
        userid: task.userid,
        status,
        ...(sentAt !== null && { send_time: sentAt }),
      })),
    };
  },
});

/** At most three reminders in 24 hours (45009); only members who have not confirmed see them. */
const remind = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/remind_groupmsg_send',
  title: '提醒成员群发',
  writes: true,
  missing,
  fields: z.object({ msgid: z.string() }),
  run: (platform, { msgid }) => {
    const { state, now } = platform;
    const message = massMessage(platform, msgid);
    const nowSeconds = unixNow(platform);
    message.remindedAt = message.remindedAt.filter((at) => at > nowSeconds - DAY_SECONDS);
    if (message.remindedAt.length >= 3) throw new ApiError(45009);
    message.remindedAt.push(nowSeconds);
    const text = '你有一条企业群发任务待确认，请及时处理';
    for (const { userid, status } of message.tasks) {
      if (status !== 'waiting') continue;
      const id = nextId(state, 'msg');
      state.messages.push({ id, at: now().toISOString(), kind: 'app', to: userid, from: '客户联系', text });
    }
    return {};
  },
});

/** Stops what is not confirmed yet; what was sent stays sent. */
const cancel = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/cancel_groupmsg_send',
  title: '停止企业群发',
  writes: true,
  missing,
  fields: z.object({ msgid: z.string() }),
  run: (platform, { msgid }) => {
    for (const task of massMessage(platform, msgid).tasks)
      if (task.status === 'waiting') task.status = 'cancelled';
    return {};
  },
});

/** What became of a mass message; nothing announces it, so clients poll. Source: wecom.md §3.7. */
export const massResultApis = [list, tasks, results, remind, cancel];
