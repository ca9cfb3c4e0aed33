import { z } from 'zod';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { chars, id, list, refuse, staff } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';

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
  encode: ({
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
  ...decodesNothing,
  lane: 'writes',
});
