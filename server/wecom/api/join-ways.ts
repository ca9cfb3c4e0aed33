import { z } from 'zod';
import { code, eachOfRows, flag, idText, words } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { chars, id, list, whole } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact/groupchat';
const SCENES = { mini_program: 1, qr: 2 } as const;

/** A way into up to five groups. With `opensMore` WeCom makes `baseName1`, `baseName2` … when they are full. */
export type JoinWay = {
  scene: keyof typeof SCENES;
  chatIds: readonly string[];
  remark?: string;
  state?: string;
  opensMore?: boolean;
  baseName?: string;
  baseNumber?: number;
  markSource?: boolean;
};

const fields = {
  scene: whole(1, 2),
  chat_id_list: list(id, 5, 1),
  remark: chars(30).optional(),
  state: chars(30).optional(),
  auto_create_room: whole(0, 1).optional(),
  room_base_name: chars(40).optional(),
  room_base_id: z.int().optional(),
  mark_source: z.boolean().optional(),
};

const add = defineCall({
  path: `${ROOT}/add_join_way`,
  request: z.strictObject(fields),
  encode: askWay,
  answer: z.object({ config_id: z.string().min(1) }),
  decode: ({ config_id: configId }) => configId,
  isRepeatable: false,
});

const ofConfig = {
  request: z.strictObject({ config_id: id }),
  encode: (configId: string) => ({ config_id: configId }),
};

const get = defineCall({
  path: `${ROOT}/get_join_way`,
  ...ofConfig,
  answer: z.object({
    join_way: z.object({
      config_id: z.string().min(1),
      scene: code,
      remark: words,
      auto_create_room: flag,
      room_base_name: words,
      room_base_id: code.optional(),
      chat_id_list: eachOfRows(idText),
      qr_code: words,
      state: words,
    }),
  }),
  decode: ({ join_way: way }) => ({
    configId: way.config_id,
    scene: way.scene === SCENES.qr ? ('qr' as const) : ('mini_program' as const),
    chatIds: way.chat_id_list,
    remark: way.remark,
    state: way.state,
    opensMore: way.auto_create_room,
    baseName: way.room_base_name,
    baseNumber: way.room_base_id ?? null,
    qrCodeUrl: way.qr_code,
  }),
});

const update = defineCall({
  path: `${ROOT}/update_join_way`,
  request: z.strictObject({ config_id: id, ...fields }),
  encode: ({ configId, way }: { configId: string; way: JoinWay }) => ({
    config_id: configId,
    ...askWay(way),
  }),
  ...decodesNothing,
});

const remove = defineCall({ path: `${ROOT}/del_join_way`, ...ofConfig, ...decodesNothing });

/** Ways into groups (「加入群聊」). @see https://developer.work.weixin.qq.com/document/path/92229 */
export function createJoinWaysApi(call: WecomCall) {
  return {
    /** Makes one. @returns its id; `get` knows the QR code. */
    add: add(call),
    get: get(call),
    /** Replaces everything. */
    update: (configId: string, way: JoinWay): Promise<void> => update(call)({ configId, way }),
    remove: remove(call),
  };
}

function askWay(way: JoinWay) {
  return {
    scene: SCENES[way.scene],
    chat_id_list: way.chatIds,
    remark: way.remark,
    state: way.state,
    auto_create_room: way.opensMore === undefined ? undefined : Number(way.opensMore),
    room_base_name: way.baseName,
    room_base_id: way.baseNumber,
    mark_source: way.markSource,
  };
}
