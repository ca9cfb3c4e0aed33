import { z } from 'zod';
import { eachRow, flag, instantOrNull, paged, words } from '../client/answer-shapes.ts';
import { always, defineCall, definePages, tellsNothing } from '../client/define-call.ts';
import { chars, id, list, refuse, staff } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';

/** Ids of the customers of one member. */
export const contactIds = defineCall({
  path: `${ROOT}/list`,
  method: 'GET',
  request: z.strictObject({ userid: staff }),
  ask: (staffId: string) => ({ userid: staffId }),
  answer: z.object({ external_userid: eachRow(z.string()) }),
  tell: ({ external_userid: contactIds }) => contactIds,
});

/** What a member notes on a contact; an empty list of phones clears them. `company` for WeChat users only. */
export type ContactRemark = {
  staffId: string;
  externalUserId: string;
  remark?: string;
  description?: string;
  company?: string;
  mobiles?: readonly string[];
  pictureMediaId?: string;
};

const CLEARED = [''];

/** Writes what is given, and leaves the rest. */
export const writeRemark = defineCall({
  path: `${ROOT}/remark`,
  request: z
    .strictObject({
      userid: staff,
      external_userid: id,
      remark: chars(20).optional(),
      description: chars(150).optional(),
      remark_company: chars(20).optional(),
      remark_mobiles: list(z.string()).optional(),
      remark_pic_mediaid: z.string().optional(),
    })
    .superRefine((sent, context) => {
      const { remark, description, remark_company, remark_mobiles, remark_pic_mediaid } = sent;
      const given = { remark, description, remark_company, remark_mobiles, remark_pic_mediaid };
      if (Object.values(given).every((value) => value === undefined))
        refuse(context, 'remark', 'or another field is needed');
    }),
  ask: ({
    staffId,
    externalUserId,
    remark,
    description,
    company,
    mobiles,
    pictureMediaId,
  }: ContactRemark) => ({
    userid: staffId,
    external_userid: externalUserId,
    remark,
    description,
    remark_company: company,
    remark_mobiles: mobiles?.length === 0 ? CLEARED : mobiles,
    remark_pic_mediaid: pictureMediaId,
  }),
  ...tellsNothing,
  lane: 'writes',
});

/** Everybody whom the corp has served: customers, and others by an id that lives four hours. @see …/path/99434 */
export const servedContacts = definePages({
  path: `${ROOT}/contact_list`,
  request: z.strictObject({ limit: z.int() }),
  ask: always({ limit: 1000 }),
  answer: z.object({
    info_list: eachRow(
      z.object({
        is_customer: flag,
        tmp_openid: words,
        external_userid: words,
        follow_userid: words,
        chat_id: words,
        add_time: instantOrNull,
      }),
    ),
    ...paged,
  }),
  tell: ({ info_list: found }) =>
    found.map((row) => ({
      isCustomer: row.is_customer,
      temporaryId: row.tmp_openid,
      externalUserId: row.external_userid || null,
      staffId: row.follow_userid || null,
      chatId: row.chat_id || null,
      addedAt: row.add_time,
    })),
  isStreamed: true,
});
