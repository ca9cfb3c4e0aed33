import { z } from 'zod';
import { eachRow, idText, words } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall } from '../client/define-call.ts';
import { id, list, staff } from '../client/request-shapes.ts';

const CONTACT = '/cgi-bin/externalcontact';

const contactOpenId = defineCall({
  path: `${CONTACT}/convert_to_openid`,
  request: z.strictObject({ external_userid: id.startsWith('wm', 'is of a WeChat user, wm…') }),
  ask: (externalUserId: string) => ({ external_userid: externalUserId }),
  answer: z.object({ openid: z.string().min(1) }),
  tell: ({ openid }) => openid,
});

const staffOpenId = defineCall({
  path: '/cgi-bin/user/convert_to_openid',
  request: z.strictObject({ userid: staff }),
  ask: (staffId: string) => ({ userid: staffId }),
  answer: z.object({ openid: z.string().min(1) }),
  tell: ({ openid }) => openid,
});

/** A visitor of a mini program or page of the same subject, as WeChat knows them. */
export type WechatIds = { unionid: string; openid: string };

const ofUnionId = defineCall({
  path: `${CONTACT}/unionid_to_external_userid`,
  request: z.strictObject({ unionid: id, openid: id }),
  ask: (ids: WechatIds) => ids,
  answer: z.object({ external_userid: words }),
  tell: ({ external_userid: externalUserId }) => externalUserId || null,
});

const SUBJECTS = { corp: 0, provider: 1 } as const;
const ofWechat = defineCall({
  path: '/cgi-bin/idconvert/unionid_to_external_userid',
  request: z.strictObject({ unionid: id, openid: id, subject_type: z.int() }),
  ask: ({ subject, ...ids }: WechatIds & { subject: keyof typeof SUBJECTS }) => ({
    ...ids,
    subject_type: SUBJECTS[subject],
  }),
  answer: z.object({ external_userid: words, pending_id: words }),
  tell: ({ external_userid: externalUserId, pending_id: pendingId }) => ({
    externalUserId: externalUserId || null,
    pendingId: pendingId || null,
  }),
});

const Contact = z.object({ external_userid: idText });
const asContactId = ({ external_userid: externalUserId }: z.infer<typeof Contact>) => externalUserId;

const toProvider = defineCall({
  path: `${CONTACT}/to_service_external_userid`,
  request: z.strictObject({ external_userid: id }),
  ask: (externalUserId: string) => ({ external_userid: externalUserId }),
  answer: Contact,
  tell: asContactId,
});

const fromProvider = defineCall({
  path: `${CONTACT}/from_service_external_userid`,
  request: z.strictObject({ external_userid: id, source_agentid: z.int() }),
  ask: ({ externalUserId, agentId }: { externalUserId: string; agentId: number }) => ({
    external_userid: externalUserId,
    source_agentid: agentId,
  }),
  answer: Contact,
  tell: asContactId,
});

const renewed = defineCall({
  path: `${CONTACT}/get_new_external_userid`,
  request: z.strictObject({ external_userid_list: list(id, 1000, 1) }),
  ask: (externalUserIds: readonly string[]) => ({ external_userid_list: externalUserIds }),
  answer: z.object({
    items: eachRow(z.object({ external_userid: idText, new_external_userid: idText })),
  }),
  tell: ({ items }) => new Map(items.map((item) => [item.external_userid, item.new_external_userid])),
});

/** Ids of one world in those of another. @see https://developer.work.weixin.qq.com/document/path/92323, 93274, 95878 */
export function createIdsApi(app: WecomCall, customer: WecomCall) {
  return {
    /** openid of a contact in WeChat. @throws {WecomError} 41056 for a user of WeCom. */
    contactOpenId: contactOpenId(customer),
    /** openid of a member in WeChat. */
    staffOpenId: staffOpenId(app),
    /** The contact whom WeChat knows so; null when they are none. Not every kind of app may ask. */
    ofUnionId: ofUnionId(customer),
    /** The same for apps of providers; `pendingId` waits for somebody who is no contact yet. */
    ofWechat: ofWechat(customer),
    /** The id by which a provider knows a contact, and back. */
    toProvider: toProvider(customer),
    fromProvider: fromProvider(customer),
    /** New ids by old ones, after a corp went over to a provider. */
    renewed: renewed(customer),
  };
}
