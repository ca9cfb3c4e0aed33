import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { sandboxId } from '../ids.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';
import { knownCustomer, visibleStaff } from './find-people.ts';
import { seededCount } from './seeded-count.ts';

/** Private details of a member: made up, the same for ever. What is a number elsewhere is a text here. */
function detailOf({ state }: Platform, userid: string): Record<string, string> {
  const { seed } = state.corp;
  const mobile = `139${String(seededCount(seed, ['mobile', userid], 99_999_999)).padStart(8, '0')}`;
  return {
    userid,
    gender: String(1 + seededCount(seed, ['gender', userid], 1)),
    avatar: `https://wework.qpic.cn/wwhead/${userid}/0`,
    qr_code: `https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=${sandboxId(seed, 'vc', userid)}`,
    mobile,
    email: `${userid.toLowerCase()}@example.com`,
    biz_mail: `${userid.toLowerCase()}@example.com`,
    address: '上海市闵行区申长路 1588 号',
  };
}

const userDetail = defineApi({
  method: 'POST',
  path: '/cgi-bin/auth/getuserdetail',
  title: '获取访问用户敏感信息',
  fields: z.object({ user_ticket: z.string() }),
  missing: { user_ticket: 84015 },
  run: (platform, { user_ticket: value }) => {
    const ticket = platform.state.userTickets.find((candidate) => candidate.ticket === value);
    if (!ticket) throw new ApiError(84015);
    if (ticket.expiresAt <= platform.now().getTime()) throw new ApiError(84014);
    return detailOf(platform, ticket.userid);
  },
});

/** Only a WeChat user has an openid. */
const customerOpenId = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/convert_to_openid',
  title: '外部联系人 openid 转换',
  fields: z.object({ external_userid: z.string() }),
  missing: { external_userid: 41035 },
  run: (platform, { external_userid: externalUserId }) => {
    const customer = knownCustomer(platform, externalUserId);
    if (customer.type !== 1) throw new ApiError(41056);
    return { openid: customer.openId };
  },
});

const staffOpenId = defineApi({
  method: 'POST',
  path: '/cgi-bin/user/convert_to_openid',
  title: 'userid 转 openid',
  fields: z.object({ userid: z.string() }),
  missing: { userid: 40003 },
  run: (platform, { userid }) => ({
    openid: sandboxId(platform.state.corp.seed, 'o', visibleStaff(platform, userid).userid),
  }),
});

const byUnionId = (path: string) =>
  defineApi({
    method: 'POST',
    path,
    title: 'unionid 转换为第三方 external_userid',
    fields: z.object({ unionid: z.string(), openid: z.string() }),
    missing: { unionid: 610014 },
    run: ({ state }, { unionid, openid }) => {
      const { customers, relations } = state.corp;
      // Without a developer account nobody has a unionid.
      if (customers.every(({ unionId }) => unionId === null)) throw new ApiError(41057);
      const person = customers.find(({ unionId, openId }) => unionId === unionid && openId === openid);
      const isFollowed = relations.some(({ externalUserId }) => externalUserId === person?.externalUserId);
      return { external_userid: isFollowed ? (person?.externalUserId ?? '') : '' };
    },
  });

/** Who somebody is elsewhere. Source: wecom.md §3.15, §3.16. */
export const identityApis = [
  userDetail,
  customerOpenId,
  staffOpenId,
  byUnionId('/cgi-bin/externalcontact/unionid_to_external_userid'),
  byUnionId('/cgi-bin/idconvert/unionid_to_external_userid'),
];
