import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { JoinWay } from '../slices/groups.ts';
import { nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { zeroOrOne } from './field-limits.ts';
import { groupNamed } from './find-groups.ts';

/** `remark` is cut after 30 characters, the others are refused when too long. */
const wayFields = z.object({
  scene: z.union([z.literal(1), z.literal(2)]),
  remark: z.string().default(''),
  auto_create_room: zeroOrOne.default(1),
  room_base_name: z.string().max(40).default(''),
  room_base_id: z.number().int().min(0).default(0),
  chat_id_list: z.array(z.string()).min(1).max(5),
  state: z.string().max(30).default(''),
  mark_source: z.boolean().default(true),
});

/** What the fields say. @throws {ApiError} as `groupNamed`, for one of the groups. */
function wayOf(
  platform: Platform,
  fields: z.infer<typeof wayFields>,
): Omit<JoinWay, 'configId' | 'createdAt'> {
  return {
    scene: fields.scene,
    remark: fields.remark.slice(0, 30),
    autoCreateRoom: fields.auto_create_room,
    roomBaseName: fields.room_base_name,
    roomBaseId: fields.room_base_id,
    chatIds: fields.chat_id_list.map((chatId) => groupNamed(platform, chatId).chatId),
    state: fields.state,
    markSource: fields.mark_source,
  };
}

/** @throws {ApiError} 41044 for a config_id that was never given out, or deleted. */
function wayNamed({ state }: Platform, configId: string): JoinWay {
  const way = state.joinWays.find((candidate) => candidate.configId === configId);
  if (!way) throw new ApiError(41044);
  return way;
}

const missing = { config_id: 41043 };
const configFields = z.object({ config_id: z.string() });

/** Shares its number with the contact ways (41045). */
const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/add_join_way',
  title: '配置客户群进群方式',
  writes: true,
  fields: wayFields,
  run: (platform, fields) => {
    const { state, rules } = platform;
    if (state.joinWays.length + state.contactWays.length >= rules.contactWays) throw new ApiError(41045);
    const way = wayOf(platform, fields);
    const configId = nextSecret(state, 'join way', 32).toLowerCase();
    state.joinWays.push({ ...way, configId, createdAt: unixNow(platform) });
    return { config_id: configId };
  },
});

const get = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/get_join_way',
  title: '获取客户群进群方式配置',
  empty: { join_way: {} },
  fields: configFields,
  missing,
  run: (platform, { config_id: configId }) => {
    const way = wayNamed(platform, configId);
    return {
      join_way: {
        config_id: way.configId,
        scene: way.scene,
        remark: way.remark,
        auto_create_room: way.autoCreateRoom,
        room_base_name: way.roomBaseName,
        room_base_id: way.roomBaseId,
        chat_id_list: way.chatIds,
        // Only what can be scanned has a picture.
        ...(way.scene === 2 && { qr_code: `https://wework.qpic.cn/wwpic/${way.configId}/0` }),
        state: way.state,
        mark_source: way.markSource,
      },
    };
  },
});

/** Replaces everything, what is not sent included. */
const update = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/update_join_way',
  title: '更新客户群进群方式配置',
  writes: true,
  fields: wayFields.extend({ config_id: z.string() }),
  missing,
  run: (platform, fields) => {
    Object.assign(wayNamed(platform, fields.config_id), wayOf(platform, fields));
    return {};
  },
});

const del = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/groupchat/del_join_way',
  title: '删除客户群进群方式配置',
  writes: true,
  fields: configFields,
  missing,
  run: (platform, { config_id: configId }) => {
    const way = wayNamed(platform, configId);
    platform.state.joinWays = platform.state.joinWays.filter((other) => other !== way);
    return {};
  },
});

/** Ways to join a customer group 加入群聊. Source: wecom.md §3.9. */
export const joinWayApis = [add, get, update, del];
