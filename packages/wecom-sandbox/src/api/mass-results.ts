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
const byRecipient = (row: MassRecipient) => row.chatId ?? row.externalUserId;

/** @throws {ApiError} 41047 for a msgid that was never given out; 41063 while it is being dispatched */
function massMessage(platform: Platform, msgid: string): MassMessage {
  const message = platform.state.massMessages.find((candidate) => candidate.msgid === msgid);
  if (!message) throw new ApiError(41047);
  if (unixNow(platform) < message.createdAt + platform.rules.dispatchSeconds) throw new ApiError(41063);
  return message;
}

/** Both ends of the span are unix seconds; it may cover a month. */
const listFields = z.object({
  chat_type: z.enum(['single', 'group']),
  start_time: z.number(),
  end_time: z.number(),
  creator: z.string().optional(),
  filter_type: z.number().int().min(0).max(2).default(2),
  ...paging,
});

const isBy = (creatorId: string | undefined, creator: string | undefined) =>
  creator === undefined || isSameUserid(creator, creatorId ?? '');

/** Whether the filters let a message through: 0 of the corp, 1 of members, 2 both. */
function isAsked(message: MassMessage, fields: z.infer<typeof listFields>): boolean {
  const { chatType = 'single', creatorId, createdAt } = message;
  const isInSpan = createdAt >= fields.start_time && createdAt <= fields.end_time;
  const isOfKind = fields.filter_type === 2 || (fields.filter_type === 1) === (creatorId !== undefined);
  return chatType === fields.chat_type && isInSpan && isOfKind && isBy(creatorId, fields.creator);
}

/** Mass messages of the corp and of members, the newest first. */
const list = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_groupmsg_list_v2',
  title: '获取群发记录列表',
  empty: { next_cursor: '', group_msg_list: [] },
  fields: listFields,
  run: ({ state }, fields) => {
    const { start_time: from, end_time: to, cursor, limit } = fields;
    if (to < from || to - from > 31 * DAY_SECONDS) throw new ApiError(40058, 'end_time');
    const rows = state.massMessages.filter((message) => isAsked(message, fields));
    const page = pageOf(rows, {
      keyOf: byNewest,
      query: `list ${from} ${to} ${fields.chat_type} ${fields.filter_type} ${fields.creator ?? ''}`,
      cursor,
      limit,
      max: 100,
      usual: 50,
    });
    return {
      next_cursor: page.nextCursor,
      group_msg_list: page.rows.map(({ msgid, creatorId, createdAt, text, attachments }) => ({
        msgid,
        // Absent for one that was made through the API.
        ...(creatorId !== undefined && { creator: creatorId }),
        // A string in the official sample.
        create_time: String(createdAt),
        create_type: creatorId === undefined ? 0 : 1,
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
    // Of groups only those that got it are told.
    const rows = task.recipients.filter((row) => row.chatId === undefined || row.status !== 0);
    const page = pageOf(rows, { keyOf: byRecipient, query, cursor, limit, max: 1000, usual: 500 });
    return {
      next_cursor: page.nextCursor,
      send_list: page.rows.map(({ externalUserId, chatId, status, sentAt }) => ({
        ...(chatId === undefined ? { external_userid: externalUserId } : { chat_id: chatId }),
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
