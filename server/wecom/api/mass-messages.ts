import { z } from 'zod';
import { eachOfRows, idText } from '../client/answer-shapes.ts';
import { askContent, customerContent, type CustomerContent } from './attachments.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { massMessages, massResults, massTasks } from './mass-results.ts';
import { anyOf, id, list, refuse, staff } from '../client/request-shapes.ts';

/**
 * Who gets a mass message: ≤10000 contacts (without ids: every contact of the member), contacts that have a tag out of each
 * list, or groups of one owner. `canChoose` lets the member leave somebody out.
 */
export type MassAudience =
  | { kind: 'contacts'; staffId?: string; externalUserIds?: readonly string[]; canChoose?: boolean }
  | { kind: 'tagged'; staffId?: string; tagIds: readonly (readonly string[])[]; canChoose?: boolean }
  | { kind: 'groups'; staffId: string; chatIds?: readonly string[] };

const ROOT = '/cgi-bin/externalcontact';

const add = defineCall({
  path: `${ROOT}/add_msg_template`,
  request: z
    .strictObject({
      chat_type: z.enum(['single', 'group']),
      sender: staff.optional(),
      external_userid: list(id, 10_000, 1).optional(),
      chat_id_list: list(id, 2000, 1).optional(),
      tag_filter: z
        .strictObject({ group_list: list(z.strictObject({ tag_list: list(id, 100, 1) }), Infinity, 1) })
        .optional(),
      allow_select: z.boolean().optional(),
      ...customerContent(4000),
    })
    .superRefine((sent, context) => {
      const isAimed = sent.chat_type === 'single' && (sent.external_userid ?? sent.tag_filter);
      if (!sent.sender && !isAimed) refuse(context, 'sender', 'is missing');
    })
    .superRefine(anyOf('text', 'attachments')),
  encode: ({ audience, content }: { audience: MassAudience; content: CustomerContent }) => ({
    ...askAudience(audience),
    ...askContent(content),
  }),
  answer: z.object({ msgid: idText, fail_list: eachOfRows(idText) }),
  decode: ({ msgid, fail_list: refused }) => ({ msgid, refused }),
  isRepeatable: false,
});

const ofMessage = { request: z.strictObject({ msgid: id }), encode: (msgid: string) => ({ msgid }) };

const remind = defineCall({
  path: `${ROOT}/remind_groupmsg_send`,
  ...ofMessage,
  ...decodesNothing,
  isRepeatable: false,
});
const cancel = defineCall({ path: `${ROOT}/cancel_groupmsg_send`, ...ofMessage, ...decodesNothing });

/** Mass messages, which members confirm in WeCom. @see https://developer.work.weixin.qq.com/document/path/92135, 93338 */
export function createMassMessagesApi(call: WecomCall) {
  return {
    /** Makes the tasks. `refused` are contacts or groups that cannot get it. @throws {WecomError} 41048 when that is everybody. */
    add: (audience: MassAudience, content: CustomerContent) => add(call)({ audience, content }),
    /** Messages made between two instants at most a month apart. */
    pages: massMessages(call),
    /** Which members have confirmed. */
    tasks: massTasks(call),
    /** What became of a message at one member's contacts, or, once sent, at the groups. */
    results: massResults(call),
    /** Reminds the members who have not confirmed; at most three times in a day. */
    remind: remind(call),
    /** Stops what is not sent yet. Nothing is taken back. */
    cancel: cancel(call),
  };
}

function askAudience(audience: MassAudience) {
  if (audience.kind === 'groups')
    return { chat_type: 'group' as const, sender: audience.staffId, chat_id_list: audience.chatIds };
  const single = {
    chat_type: 'single' as const,
    sender: audience.staffId,
    allow_select: audience.canChoose,
  };
  if (audience.kind === 'contacts') return { ...single, external_userid: audience.externalUserIds };
  const lists = audience.tagIds.map((tagIds) => ({ tag_list: tagIds }));
  return { ...single, tag_filter: { group_list: lists } };
}
