import { z } from 'zod';
import {
  code,
  count,
  eachRow,
  idText,
  instantOrNull,
  paged,
  rows,
  straysOf,
  words,
} from '../client/answer-shapes.ts';
import { definePages } from '../client/define-call.ts';
import { id, spans, staff, whole, window } from '../client/request-shapes.ts';

/** Which messages to list: made between two instants at most a month apart, to contacts unless said, by the corp unless said. */
export type MassWindow = {
  kind?: 'contacts' | 'groups';
  from: Date;
  to: Date;
  creatorId?: string;
  by?: 'corp' | 'person' | 'all';
  /** Hears how many messages could not be read: one that is not told may exist. */
  onStrays?: (count: number) => void;
};

/** A mass message in the list. `creatorId` is null when it was made by API; `urls` are those of its links. */
export type MassMessage = {
  msgid: string;
  creatorId: string | null;
  createdAt: Date | null;
  isPersonal: boolean;
  text: string;
  urls: string[];
};

/** What became of one recipient, a contact or a group. `sentAt` is null while it waits. Source: wecom.md §3.7. */
export type MassResult = {
  externalUserId: string;
  chatId: string;
  outcome: 'waiting' | 'sent' | 'not_friend' | 'too_many';
  sentAt: Date | null;
};

const OUTCOMES = ['waiting', 'sent', 'not_friend', 'too_many'] as const;
const FILTERS = { corp: 0, person: 1, all: 2 } as const;
const PERSONAL = 1;
const ROOT = '/cgi-bin/externalcontact';

/** Mass messages between two instants. */
export const massMessages = definePages({
  path: `${ROOT}/get_groupmsg_list_v2`,
  request: z
    .strictObject({
      chat_type: z.enum(['single', 'group']),
      start_time: z.int(),
      end_time: z.int(),
      creator: staff.optional(),
      filter_type: whole(0, 2),
      limit: z.int(),
    })
    .superRefine(spans('start_time', 'end_time', 31)),
  encode: ({ kind = 'contacts', from, to, creatorId, by = 'corp' }: MassWindow) => ({
    chat_type: kind === 'groups' ? ('group' as const) : ('single' as const),
    ...window(from, to),
    creator: creatorId,
    filter_type: FILTERS[by],
    limit: 100,
  }),
  answer: z.object({
    group_msg_list: eachRow(
      z.object({
        msgid: idText,
        creator: words,
        create_time: instantOrNull,
        create_type: count,
        text: z.object({ content: words }).nullish(),
        attachments: rows(z.object({ link: z.object({ url: words }).nullish() })),
      }),
    ),
    ...paged,
  }),
  decode: ({ group_msg_list: messages }, { onStrays }) => {
    const unread = straysOf(messages).length;
    if (unread > 0) onStrays?.(unread);
    return messages.map((message): MassMessage => ({
      msgid: message.msgid,
      creatorId: message.creator || null,
      createdAt: message.create_time,
      isPersonal: message.create_type === PERSONAL,
      text: message.text?.content ?? '',
      urls: message.attachments.flatMap(({ link }) => (link?.url ? [link.url] : [])),
    }));
  },
});

/** Which members have confirmed: the manual says 2, its sample says 1, so that anything but 0 is done. */
export const massTasks = definePages({
  path: `${ROOT}/get_groupmsg_task`,
  request: z.strictObject({ msgid: id, limit: z.int() }),
  encode: (msgid: string) => ({ msgid, limit: 1000 }),
  answer: z.object({
    task_list: eachRow(z.object({ userid: idText, status: code, send_time: instantOrNull })),
    ...paged,
  }),
  decode: ({ task_list: tasks }) =>
    tasks.map((task) => ({ staffId: task.userid, isSent: task.status !== 0, sentAt: task.send_time })),
});

/** What became of a message at the recipients of one member. */
export const massResults = definePages({
  path: `${ROOT}/get_groupmsg_send_result`,
  request: z.strictObject({ msgid: id, userid: staff, limit: z.int() }),
  encode: ({ msgid, staffId }: { msgid: string; staffId: string }) => ({
    msgid,
    userid: staffId,
    limit: 500,
  }),
  answer: z.object({
    send_list: eachRow(
      z.object({ external_userid: words, chat_id: words, status: code, send_time: instantOrNull }),
    ),
    ...paged,
  }),
  decode: ({ send_list: sent }) =>
    sent.map((row): MassResult => ({
      externalUserId: row.external_userid,
      chatId: row.chat_id,
      outcome: OUTCOMES[row.status] ?? 'waiting',
      sentAt: row.send_time,
    })),
});
