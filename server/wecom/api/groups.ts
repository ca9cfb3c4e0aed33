import { z } from 'zod';
import {
  code,
  count,
  eachOfRows,
  eachRow,
  idText,
  instant,
  paged,
  rows,
  words,
} from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, definePages } from '../client/define-call.ts';
import { id, list, staff } from '../client/request-shapes.ts';

/** Somebody in a group. `joinScene`: 1 invited, 2 link, 3 QR code. `state` tells the join way; '' without one. */
export type WecomGroupMember = {
  id: string;
  isStaff: boolean;
  joinedAt: Date;
  joinScene: number;
  invitorId: string | null;
  state: string;
  name: string;
};

/** A customer group. `version` changes with its members. */
export type WecomGroup = {
  chatId: string;
  name: string;
  ownerId: string;
  createdAt: Date;
  notice: string;
  members: WecomGroupMember[];
  adminIds: string[];
  version: string;
};

/** A row of the list. `status`: 0 usual, 1 the owner left, 2 being inherited, 3 inherited. */
export type WecomGroupRow = { chatId: string; status: number };

const ROOT = '/cgi-bin/externalcontact';
const STAFF = 1;
const OWNERS = 100;

const pages = definePages({
  path: `${ROOT}/groupchat/list`,
  request: z.strictObject({
    owner_filter: z.strictObject({ userid_list: list(staff, OWNERS, 1) }).optional(),
    limit: z.int(),
  }),
  encode: (ownerIds: readonly string[] | undefined) => ({
    owner_filter: ownerIds && { userid_list: ownerIds },
    limit: 1000,
  }),
  answer: z.object({ group_chat_list: eachRow(z.object({ chat_id: idText, status: count })), ...paged }),
  decode: ({ group_chat_list: groups }): WecomGroupRow[] =>
    groups.map(({ chat_id: chatId, status }) => ({ chatId, status })),
});

const Member = z.object({
  userid: idText,
  type: code,
  join_time: instant,
  join_scene: count,
  invitor: z.object({ userid: words }).nullish(),
  group_nickname: words,
  name: words,
  state: words,
});

const get = defineCall({
  path: `${ROOT}/groupchat/get`,
  request: z.strictObject({ chat_id: id, need_name: z.int() }),
  encode: (chatId: string) => ({ chat_id: chatId, need_name: 1 }),
  answer: z.object({
    group_chat: z.object({
      chat_id: idText,
      name: words,
      owner: words,
      create_time: instant,
      notice: words,
      member_list: rows(Member), // whole or not at all: who is missing has left the group
      admin_list: eachOfRows(z.object({ userid: idText })),
      member_version: words,
    }),
  }),
  decode: ({ group_chat: group }): WecomGroup => ({
    chatId: group.chat_id,
    name: group.name,
    ownerId: group.owner,
    createdAt: group.create_time,
    notice: group.notice,
    members: group.member_list.map(asMember),
    adminIds: group.admin_list.map(({ userid }) => userid),
    version: group.member_version,
  }),
});

/** Customer groups. @see https://developer.work.weixin.qq.com/document/path/92120, 92122 */
export function createGroupsApi(call: WecomCall) {
  return {
    /** Every group of the owners, or of everybody in range. @throws {WecomError} 81017 when that is more than 1000 members. */
    async *pages(ownerIds?: readonly string[]): AsyncGenerator<WecomGroupRow[]> {
      if (!ownerIds) return yield* pages(call)(undefined);
      for (let from = 0; from < ownerIds.length; from += OWNERS)
        yield* pages(call)(ownerIds.slice(from, from + OWNERS));
    },
    /** One group with everybody in it. @throws {WecomError} 90501 for what is no customer group. */
    get: get(call),
  };
}

function asMember(member: z.infer<typeof Member>): WecomGroupMember {
  return {
    id: member.userid,
    isStaff: member.type === STAFF,
    joinedAt: member.join_time,
    joinScene: member.join_scene,
    invitorId: member.invitor?.userid || null,
    state: member.state,
    name: member.name || member.group_nickname,
  };
}
