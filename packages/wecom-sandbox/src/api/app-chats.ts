import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { AppChat } from '../slices/cards.ts';
import { nextId, nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { isSameUserid, visibleStaff } from './find-people.ts';
import { contentFields, contentOf } from './message-content.ts';

const MOST_PEOPLE = 2000;
/** What cannot be sent into a chat. */
const NOT_IN_CHATS = new Set(['template_card', 'miniprogram_notice']);

/** Chats need the whole corp in sight. @throws {ApiError} 60011 */
function checkRange({ state }: Platform): void {
  if (state.corp.staff.some((member) => !member.isVisible && member.status !== 5)) throw new ApiError(60011);
}

/** @throws {ApiError} 86003 for a chat that was never made */
function chatNamed({ state }: Platform, chatId: string): AppChat {
  const chat = state.appChats.find((candidate) => candidate.chatId === chatId);
  if (!chat) throw new ApiError(86003);
  return chat;
}

/** Two people at least, the owner among them. @throws {ApiError} 86006, 86207 */
function checkPeople(chat: Pick<AppChat, 'ownerId' | 'userids'>): void {
  if (chat.userids.length < 2 || chat.userids.length > MOST_PEOPLE) throw new ApiError(86006);
  if (!chat.userids.includes(chat.ownerId)) throw new ApiError(86207);
}

/** Userids as the corp writes them. @throws {ApiError} 40003, 60011 */
const staffIds = (platform: Platform, userids: readonly string[]) => [
  ...new Set(userids.map((userid) => visibleStaff(platform, userid).userid)),
];

/** The id that was asked for, or a fresh one. @throws {ApiError} 86001, 86215 */
function freshId({ state }: Platform, wanted: string | undefined): string {
  if (wanted === undefined) return nextSecret(state, 'app chat', 32);
  if (!/^[0-9A-Za-z]{1,32}$/.test(wanted)) throw new ApiError(86001);
  if (state.appChats.some(({ chatId }) => chatId === wanted)) throw new ApiError(86215);
  return wanted;
}

const create = defineApi({
  method: 'POST',
  path: '/cgi-bin/appchat/create',
  title: '创建群聊会话',
  writes: true,
  fields: z.object({
    name: z.string().max(50).default(''),
    owner: z.string().optional(),
    userlist: z.array(z.string()),
    chatid: z.string().optional(),
  }),
  run: (platform, { name, owner, userlist, chatid }) => {
    checkRange(platform);
    const userids = staffIds(platform, userlist);
    const ownerId = owner ? visibleStaff(platform, owner).userid : (userids[0] ?? '');
    checkPeople({ ownerId, userids });
    const chatId = freshId(platform, chatid);
    platform.state.appChats.push({ chatId, name, ownerId, userids, messages: [] });
    return { chatid: chatId };
  },
});

/** Who is in it after some came and others went. */
function changedPeople(
  platform: Platform,
  { userids }: AppChat,
  { add, del }: { add: string[]; del: string[] },
): string[] {
  const added = staffIds(platform, add);
  const stays = (userid: string) => !del.some((gone) => isSameUserid(gone, userid));
  return [...new Set([...userids.filter(stays), ...added])];
}

const update = defineApi({
  method: 'POST',
  path: '/cgi-bin/appchat/update',
  title: '修改群聊会话',
  writes: true,
  fields: z.object({
    chatid: z.string(),
    name: z.string().max(50).optional(),
    owner: z.string().optional(),
    add_user_list: z.array(z.string()).default([]),
    del_user_list: z.array(z.string()).default([]),
  }),
  run: (platform, fields) => {
    checkRange(platform);
    const chat = chatNamed(platform, fields.chatid);
    const { add_user_list: add, del_user_list: del } = fields;
    const userids = changedPeople(platform, chat, { add, del });
    const ownerId = fields.owner ? visibleStaff(platform, fields.owner).userid : chat.ownerId;
    checkPeople({ ownerId, userids });
    Object.assign(chat, { userids, ownerId, name: fields.name ?? chat.name });
    return {};
  },
});

const get = defineApi({
  method: 'GET',
  path: '/cgi-bin/appchat/get',
  title: '获取群聊会话',
  fields: z.object({ chatid: z.string() }),
  run: (platform, { chatid }) => {
    const { chatId, name, ownerId, userids } = chatNamed(platform, chatid);
    return { chat_info: { chatid: chatId, name, owner: ownerId, userlist: userids } };
  },
});

/** Everybody in the chat sees it beside the app's own messages. */
const send = defineApi({
  method: 'POST',
  path: '/cgi-bin/appchat/send',
  title: '应用推送消息到群聊',
  writes: true,
  fields: contentFields.extend({ chatid: z.string(), safe: z.number().optional() }),
  run: (platform, fields) => {
    const { state, now } = platform;
    checkRange(platform);
    const chat = chatNamed(platform, fields.chatid);
    if (NOT_IN_CHATS.has(fields.msgtype)) throw new ApiError(40008);
    const content = contentOf(platform, fields);
    const message = { id: nextId(state, 'msg'), at: now().toISOString(), kind: 'app' as const };
    const from = `${state.corp.appName} · ${chat.name || '群聊'}`;
    state.messages.push(...chat.userids.map((to) => ({ ...message, ...content, from, to })));
    chat.messages.push({ at: message.at, text: 'text' in content ? content.text : content.card.title });
    return {};
  },
});

/** Group chats of members that the app makes. Source: wecom.md §3.13. */
export const appChatApis = [create, update, get, send];
