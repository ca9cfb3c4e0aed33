import { z } from 'zod';
import { splitPerson } from '../actions/send-chat.ts';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { visibleRelations } from './find-people.ts';

/** Who a visitor is: a member by userid; others by openid, and by external_userid if a visible member follows them. */
function identityOf(
  platform: Platform,
  { person, scope }: { person: string; scope: string },
): Record<string, unknown> {
  const { state } = platform;
  const { kind, id } = splitPerson(person);
  if (kind === 'staff') {
    const ticket =
      scope === 'snsapi_privateinfo' ? { user_ticket: nextSecret(state, 'user_ticket', 128) } : {};
    return { userid: id, ...ticket };
  }
  const openId = state.corp.customers.find((customer) => customer.externalUserId === id)?.openId ?? '';
  const isCustomer = visibleRelations(platform).some((relation) => relation.externalUserId === id);
  return { openid: openId, ...(isCustomer && { external_userid: id }) };
}

/** OAuth: a code tells once who came. Source: wecom.md §3.15. */
export const oauthApis = [
  defineApi({
    method: 'GET',
    path: '/cgi-bin/auth/getuserinfo',
    title: '获取访问用户身份',
    writes: true,
    fields: z.object({ code: z.string() }),
    missing: { code: 40029 },
    run: (platform, fields) => {
      const code = platform.state.codes.find((candidate) => candidate.code === fields.code);
      if (!code || code.expiresAt <= platform.now().getTime()) throw new ApiError(40029);
      if (code.isUsed) throw new ApiError(42022);
      code.isUsed = true;
      return identityOf(platform, code);
    },
  }),
];
