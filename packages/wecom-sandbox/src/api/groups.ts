import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { GroupMember, SandboxGroup } from '../slices/groups.ts';
import { defineApi } from './define-api.ts';
import { paging, zeroOrOne } from './field-limits.ts';
import { groupNamed, groupsOf, groupStatus, visibleGroups } from './find-groups.ts';
import { isSameUserid } from './find-people.ts';
import { pageOf } from './page-rows.ts';

const byChat = (group: SandboxGroup) => group.chatId;

/** At most 100 owners; a group has one. */
const ownerFilter = z.object({ userid_list: z.array(z.string()).max(100).default([]) });

/** Where the app sees more than 1000 members, owners must be named (81017). */
const list = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/list',
  title: '获取客户群列表',
  empty: { group_chat_list: [], next_cursor: '' },
  fields: z.object({
    status_filter: z.number().int().min(0).max(3).default(0),
    owner_filter: ownerFilter.optional(),
    ...paging,
    limit: z.number().int().min(1).max(1000),
  }),
  run: (platform, { status_filter: status, owner_filter: filter, cursor, limit }) => {
    const owners = filter?.userid_list ?? [];
    const seen = platform.state.corp.staff.filter((member) => member.isVisible).length;
    if (owners.length === 0 && seen > platform.rules.ownersWithoutFilter) throw new ApiError(81017);
    const rows = groupsOf(platform, owners).filter(
      (group) => status === 0 || groupStatus(platform, group) === status,
    );
    const query = `groups ${status} ${owners.join()}`;
    const page = pageOf(rows, { keyOf: byChat, query, cursor, limit, max: 1000, usual: 1000 });
    return {
      group_chat_list: page.rows.map((group) => ({
        chat_id: group.chatId,
        status: groupStatus(platform, group),
      })),
      next_cursor: page.nextCursor,
    };
  },
});

/** What the group shows somebody as; asked for by `need_name`. */
function nameOf({ state }: Platform, { id, nickname }: GroupMember): string {
  const staff = state.corp.staff.find((member) => isSameUserid(member.userid, id));
  const customer = state.corp.customers.find((person) => person.externalUserId === id);
  return staff?.name ?? customer?.name ?? nickname;
}

/** Only WeChat users of a corp with a developer account show a unionid. */
function unionIdOf({ state }: Platform, { id, type }: GroupMember): Record<string, unknown> {
  const customer = state.corp.customers.find((person) => person.externalUserId === id);
  return type === 2 && customer?.type === 1 && customer.unionId !== null ? { unionid: customer.unionId } : {};
}

/** What is unknown is absent, not empty. */
function memberShape(platform: Platform, member: GroupMember, needsName: boolean): Record<string, unknown> {
  return {
    userid: member.id,
    type: member.type,
    ...unionIdOf(platform, member),
    join_time: member.joinedAt,
    join_scene: member.joinScene,
    ...(member.invitorId !== null && { invitor: { userid: member.invitorId } }),
    group_nickname: member.nickname,
    ...(needsName && { name: nameOf(platform, member) }),
    ...(member.state !== '' && { state: member.state }),
  };
}

const get = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/get',
  title: '获取客户群详情',
  empty: { group_chat: {} },
  fields: z.object({ chat_id: z.string(), need_name: zeroOrOne.default(0) }),
  missing: { chat_id: 40050 },
  run: (platform, { chat_id: chatId, need_name: needsName }) => {
    const group = groupNamed(platform, chatId);
    return {
      group_chat: {
        chat_id: group.chatId,
        name: group.name,
        owner: group.ownerId,
        create_time: group.createdAt,
        notice: group.notice,
        member_list: group.members.map((member) => memberShape(platform, member, needsName === 1)),
        admin_list: group.adminIds.map((userid) => ({ userid })),
        member_version: group.version,
      },
    };
  },
});

/** What a mini program calls the group, as a chat id. */
const convert = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/opengid_to_chatid',
  title: '客户群 opengid 转换',
  fields: z.object({ opengid: z.string() }),
  missing: { opengid: 90511 },
  run: (platform, { opengid }) => {
    const group = visibleGroups(platform).find((candidate) => candidate.openGid === opengid);
    if (!group) throw new ApiError(90511);
    return { chat_id: group.chatId };
  },
});

/** Customer groups. Source: wecom.md §3.9. */
export const groupApis = [list, get, convert];
