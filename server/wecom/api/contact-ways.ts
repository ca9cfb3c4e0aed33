import { z } from 'zod';
import { eachRow, idText, paged, words } from '../client/answer-shapes.ts';
import { attachmentFields } from './attachments.ts';
import type { WecomCall } from '../client/call.ts';
import { KeptContactWay } from './contact-way-answer.ts';
import { defineCall, definePages, decodesNothing } from '../client/define-call.ts';
import { theirNames, type OurNames } from '../client/our-names.ts';
import {
  anyOf,
  bytes,
  chars,
  id,
  list,
  refuse,
  spans,
  staff,
  whole,
  window,
} from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';
const FORTNIGHT_SECONDS = 14 * 24 * 3600;
const KINDS = { single: 1, several: 2 } as const;
const SCENES = { mini_program: 1, qr: 2 } as const;
const PEOPLE = 100;

/** What a temporary session ends with. Source: wecom.md §3.5. */
const Conclusions = z.strictObject({
  text: z.strictObject({ content: bytes(4000) }).optional(),
  image: attachmentFields.image,
  link: attachmentFields.link,
  miniprogram: attachmentFields.miniprogram,
});

const changeable = {
  style: z.int().optional(),
  remark: chars(30).optional(),
  skip_verify: z.boolean().optional(),
  state: chars(30).optional(),
  user: list(staff, PEOPLE).optional(),
  party: list(z.int(), PEOPLE).optional(),
  expires_in: whole(1, FORTNIGHT_SECONDS).optional(),
  chat_expires_in: whole(1, FORTNIGHT_SECONDS).optional(),
  unionid: id.optional(),
  conclusions: Conclusions.optional(),
  mark_source: z.boolean().optional(),
};

/** What can be changed later. Sessions that end (medical corps only) have `expiresIn…`, `conclusions`; seconds, ≤14 days. */
export type ContactWayChange = {
  style?: number;
  remark?: string;
  skipVerify?: boolean;
  state?: string;
  staffIds?: readonly string[];
  departmentIds?: readonly number[];
  expiresInSeconds?: number;
  chatExpiresInSeconds?: number;
  unionid?: string;
  conclusions?: OurNames<z.input<typeof Conclusions>>;
  markSource?: boolean;
};

/** A way to add members (渠道活码). 'single' has exactly one member; 'several' up to 100 with those of departments. */
export type ContactWay = ContactWayChange & {
  kind: keyof typeof KINDS;
  scene: keyof typeof SCENES;
  isTemporary?: boolean;
  isExclusive?: boolean;
};

type People = {
  type: number;
  user?: readonly string[] | undefined;
  party?: readonly number[] | undefined;
  is_temp?: boolean | undefined;
};

/** Type 1 is exactly one member, and the only type with sessions that end. Source: wecom.md §3.5. */
function checkKind({ type, user = [], party = [], is_temp: isTemporary }: People, context: z.RefinementCtx) {
  if (type !== KINDS.single) {
    if (isTemporary) refuse(context, 'is_temp', 'goes with type 1 only');
    return;
  }
  if (user.length !== 1) refuse(context, 'user', 'has exactly one entry with type 1');
  if (party.length > 0) refuse(context, 'party', 'goes with type 2 only');
}

const add = defineCall({
  path: `${ROOT}/add_contact_way`,
  request: z
    .strictObject({
      type: whole(1, 2),
      scene: whole(1, 2),
      ...changeable,
      is_temp: z.boolean().optional(),
      is_exclusive: z.boolean().optional(),
    })
    .superRefine(checkKind)
    .superRefine(anyOf('user', 'party')),
  encode: ({ kind, scene, isTemporary, isExclusive, ...rest }: ContactWay) => ({
    type: KINDS[kind],
    scene: SCENES[scene],
    ...askChange(rest),
    is_temp: isTemporary,
    is_exclusive: isExclusive,
  }),
  answer: z.object({ config_id: idText, qr_code: words }),
  decode: ({ config_id: configId, qr_code: qrCodeUrl }) => ({ configId, qrCodeUrl }),
  isRepeatable: false,
});

const ofConfig = {
  request: z.strictObject({ config_id: id }),
  encode: (configId: string) => ({ config_id: configId }),
};

const get = defineCall({
  path: `${ROOT}/get_contact_way`,
  ...ofConfig,
  answer: z.object({ contact_way: KeptContactWay }),
  decode: ({ contact_way: way }) => way,
});

const update = defineCall({
  path: `${ROOT}/update_contact_way`,
  request: z.strictObject({ config_id: id, ...changeable }),
  encode: ({ configId, change }: { configId: string; change: ContactWayChange }) => ({
    config_id: configId,
    ...askChange(change),
  }),
  ...decodesNothing,
});

const remove = defineCall({ path: `${ROOT}/del_contact_way`, ...ofConfig, ...decodesNothing });

const pages = definePages({
  path: `${ROOT}/list_contact_way`,
  request: z
    .strictObject({ start_time: z.int(), end_time: z.int(), limit: z.int() })
    .superRefine(spans('start_time', 'end_time', Infinity)),
  encode: ({ from, to }: { from: Date; to: Date }) => ({ ...window(from, to), limit: 1000 }),
  answer: z.object({ contact_way: eachRow(z.object({ config_id: idText })), ...paged }),
  decode: ({ contact_way: ways }) => ways.map(({ config_id: configId }) => configId),
});

const closeChat = defineCall({
  path: `${ROOT}/close_temp_chat`,
  request: z.strictObject({ userid: staff, external_userid: id }),
  encode: ({ staffId, externalUserId }: { staffId: string; externalUserId: string }) => ({
    userid: staffId,
    external_userid: externalUserId,
  }),
  ...decodesNothing,
});

/** Ways to add members (「联系我」). @see https://developer.work.weixin.qq.com/document/path/92572 */
export function createContactWaysApi(call: WecomCall) {
  return {
    /** Makes one. Its id must be kept: the console does not show it. `qrCodeUrl` is '' for mini programs. */
    add: add(call),
    get: get(call),
    /** Changes what is given; members and departments are replaced. */
    update: (configId: string, change: ContactWayChange): Promise<void> => update(call)({ configId, change }),
    remove: remove(call),
    /** Ids of those made by API in a window, without temporary ones. */
    pages: pages(call),
    /** Ends a temporary session. */
    closeChat: closeChat(call),
  };
}

function askChange(change: ContactWayChange) {
  const { conclusions } = change;
  return {
    style: change.style,
    remark: change.remark,
    skip_verify: change.skipVerify,
    state: change.state,
    user: change.staffIds,
    party: change.departmentIds,
    expires_in: change.expiresInSeconds,
    chat_expires_in: change.chatExpiresInSeconds,
    unionid: change.unionid,
    conclusions: conclusions && theirNames<z.input<typeof Conclusions>>(conclusions),
    mark_source: change.markSource,
  };
}
