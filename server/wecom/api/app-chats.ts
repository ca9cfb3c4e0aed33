import { z } from 'zod';
import { eachOfRows, idText, words } from '../client/answer-shapes.ts';
import { ChatContentShape, type ChatContent } from './app-content.ts';
import type { WecomCall } from '../client/call.ts';
import { checkRequest, defineCall, decodesNothing } from '../client/define-call.ts';
import { theirNames } from '../client/our-names.ts';
import { id, list, staff } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/appchat';
const chatId = z.string().regex(/^[0-9A-Za-z]{1,32}$/, 'has 1 to 32 letters and digits');

/** A group chat of members; its id may be chosen. */
export type AppChat = { name?: string; ownerId?: string; staffIds: readonly string[]; chatId?: string };

const create = defineCall({
  path: `${ROOT}/create`,
  request: z.strictObject({
    name: z.string().optional(),
    owner: staff.optional(),
    userlist: list(staff, Infinity, 2),
    chatid: chatId.optional(),
  }),
  encode: ({ name, ownerId, staffIds, chatId }: AppChat) => ({
    name,
    owner: ownerId,
    userlist: staffIds,
    chatid: chatId,
  }),
  answer: z.object({ chatid: z.string().min(1) }),
  decode: ({ chatid }) => chatid,
  isRepeatable: false,
});

/** What to change: members by who comes and who goes. */
export type AppChatChange = {
  name?: string;
  ownerId?: string;
  add?: readonly string[];
  remove?: readonly string[];
};

const update = defineCall({
  path: `${ROOT}/update`,
  request: z.strictObject({
    chatid: chatId,
    name: z.string().optional(),
    owner: staff.optional(),
    add_user_list: list(staff).optional(),
    del_user_list: list(staff).optional(),
  }),
  encode: ({ chatId, change }: { chatId: string; change: AppChatChange }) => ({
    chatid: chatId,
    name: change.name,
    owner: change.ownerId,
    add_user_list: change.add,
    del_user_list: change.remove,
  }),
  ...decodesNothing,
});

const get = defineCall({
  path: `${ROOT}/get`,
  method: 'GET',
  request: z.strictObject({ chatid: chatId }),
  encode: (chatId: string) => ({ chatid: chatId }),
  answer: z.object({
    chat_info: z.object({
      chatid: z.string().min(1),
      name: words,
      owner: words,
      userlist: eachOfRows(idText),
    }),
  }),
  decode: ({ chat_info: chat }) => ({
    chatId: chat.chatid,
    name: chat.name,
    ownerId: chat.owner,
    staffIds: chat.userlist,
  }),
});

const send = defineCall({
  path: `${ROOT}/send`,
  request: z.looseObject({ chatid: id }),
  encode: ({ chatId, content }: { chatId: string; content: ChatContent }) => ({
    chatid: chatId,
    ...checkRequest(`${ROOT}/send`, ChatContentShape, theirNames<z.input<typeof ChatContentShape>>(content)),
  }),
  ...decodesNothing,
  isRepeatable: false,
});

/** Group chats that the app makes; it must see the whole corp. @see https://developer.work.weixin.qq.com/document/path/90244 */
export function createAppChatsApi(call: WecomCall) {
  return {
    /** Makes a chat of two members or more. @returns its id */
    create: create(call),
    update: (chatId: string, change: AppChatChange): Promise<void> => update(call)({ chatId, change }),
    get: get(call),
    send: (chatId: string, content: ChatContent): Promise<void> => send(call)({ chatId, content }),
  };
}
