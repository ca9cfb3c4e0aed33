import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxRelation } from '../corp.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import type { MassTask } from '../state.ts';
import { messageFields, messageOf } from './attachments.ts';
import { defineApi } from './define-api.ts';
import { groupsOf } from './find-groups.ts';
import { followingStaff, visibleRelations } from './find-people.ts';

/** At most 100 tags per group. */
const tagFilter = z.object({ group_list: z.array(z.object({ tag_list: z.array(z.string()).max(100) })) });

const addFields = messageFields.extend({
  chat_type: z.enum(['single', 'group']).default('single'),
  external_userid: z.array(z.string()).max(10_000).default([]),
  chat_id_list: z.array(z.string()).max(2000).default([]),
  sender: z.string().optional(),
  tag_filter: tagFilter.optional(),
  allow_select: z.boolean().default(false),
});
type AddFields = z.infer<typeof addFields>;

/** OR inside one group, AND between groups; counts only when no customer is named. */
function hasTags({ tagIds }: SandboxRelation, { tag_filter: filter }: AddFields): boolean {
  return (filter?.group_list ?? []).every(({ tag_list: tags }) => tags.some((id) => tagIds.includes(id)));
}

/** When the two last had to do with each other, unix seconds. */
const touchedAt = (row: SandboxRelation) => Math.max(row.talkedAt, row.createdAt);

/** One relation per customer: of several followers the one who talked with him last. Source: wecom.md §3.7. */
function lastTalkers(relations: SandboxRelation[]): SandboxRelation[] {
  const best = new Map<string, SandboxRelation>();
  for (const relation of relations) {
    const other = best.get(relation.externalUserId);
    if (!other || touchedAt(relation) > touchedAt(other)) best.set(relation.externalUserId, relation);
  }
  return [...best.values()];
}

type Plan = { tasks: MassTask[]; failed: string[] };

/** The owner's task for his groups: those named, or all of them. @throws {ApiError} 40058 without sender, 40003, 60011, 84074 */
function groupTasks(platform: Platform, { sender, chat_id_list: named }: AddFields): Plan {
  if (!sender) throw new ApiError(40058, 'sender');
  const { userid } = followingStaff(platform, sender);
  const own = groupsOf(platform, [userid]).map((group) => group.chatId);
  const chosen = named.length > 0 ? [...new Set(named)].filter((chatId) => own.includes(chatId)) : own;
  const recipients = chosen.map((chatId) => ({
    externalUserId: '',
    chatId,
    status: 0 as const,
    sentAt: null,
  }));
  return {
    tasks: recipients.length > 0 ? [{ userid, status: 'waiting', sentAt: null, recipients }] : [],
    failed: named.filter((chatId) => !own.includes(chatId)),
  };
}

/** The members' tasks, and the ids that cannot be sent to. @throws {ApiError} 40058, 40003, 60011, 84074 */
function customerTasks(platform: Platform, fields: AddFields): Plan {
  const { external_userid: named, sender } = fields;
  if (named.length === 0 && !sender && !fields.tag_filter) throw new ApiError(40058, 'external_userid');
  const senderId = sender ? followingStaff(platform, sender).userid : null;
  const wanted = new Set(named);
  const relations = lastTalkers(
    visibleRelations(platform)
      .filter((relation) => senderId === null || relation.userid === senderId)
      .filter((relation) =>
        wanted.size > 0 ? wanted.has(relation.externalUserId) : hasTags(relation, fields),
      ),
  );
  const reached = new Set(relations.map((relation) => relation.externalUserId));
  const userids = [...new Set(relations.map((relation) => relation.userid))];
  const tasks = userids.map((userid): MassTask => ({
    userid,
    status: 'waiting',
    sentAt: null,
    recipients: relations
      .filter((relation) => relation.userid === userid)
      .map(({ externalUserId }) => ({ externalUserId, status: 0, sentAt: null })),
  }));
  return { tasks, failed: [...wanted].filter((id) => !reached.has(id)) };
}

/** Creates tasks only; nothing reaches a customer before each member confirms. */
const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_msg_template',
  title: '创建企业群发',
  writes: true,
  empty: { fail_list: [] },
  fields: addFields,
  run: (platform, fields) => {
    const { state } = platform;
    const { text, links } = messageOf(platform, fields);
    const isForGroups = fields.chat_type === 'group';
    const { tasks, failed } = (isForGroups ? groupTasks : customerTasks)(platform, fields);
    if (tasks.length === 0) throw new ApiError(41048, '', { fail_list: failed });
    const msgid = nextId(state, 'msg');
    state.massMessages.push({
      msgid,
      chatType: fields.chat_type,
      isSelectable: fields.allow_select && !isForGroups,
      createdAt: unixNow(platform),
      text,
      attachments: fields.attachments,
      links,
      tasks,
      remindedAt: [],
    });
    return { fail_list: failed, msgid };
  },
});

/** Making a mass message. Source: wecom.md §3.7. */
export const massMessageApis = [add];
