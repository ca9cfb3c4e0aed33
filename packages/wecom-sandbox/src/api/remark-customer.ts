import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { defineApi } from './define-api.ts';
import { knownCustomer, relationBetween } from './find-people.ts';

/** `remark_pic_mediaid` is accepted and forgotten: the sandbox keeps no media. */
const remarkFields = z.object({
  userid: z.string(),
  external_userid: z.string(),
  remark: z.string().max(20).optional(),
  description: z.string().max(150).optional(),
  remark_company: z.string().max(20).optional(),
  remark_mobiles: z.array(z.string()).optional(),
  remark_pic_mediaid: z.string().optional(),
});

/** Lengths are checked, absent fields stay as they are, and no callback tells of it. */
const remark = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/remark',
  title: '修改客户备注信息',
  writes: true,
  isGuarded: true,
  fields: remarkFields,
  missing: { userid: 40003, external_userid: 41035 },
  run: (platform, fields) => {
    const { userid, external_userid: externalUserId, ...changes } = fields;
    if (Object.values(changes).every((value) => value === undefined)) throw new ApiError(40058, 'remark');
    const relation = relationBetween(platform, userid, externalUserId);
    relation.remark = changes.remark ?? relation.remark;
    relation.description = changes.description ?? relation.description;
    // A WeCom user's company is his own to state; the platform leaves it alone.
    if (knownCustomer(platform, externalUserId).type === 1)
      relation.remarkCorpName = changes.remark_company ?? relation.remarkCorpName;
    const mobiles = changes.remark_mobiles;
    if (mobiles) relation.remarkMobiles = mobiles.filter((mobile) => mobile !== '');
    return {};
  },
});

/** What a member notes about a customer. Source: wecom.md §3.3. */
export const remarkApis = [remark];
