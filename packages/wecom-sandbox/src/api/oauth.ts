import { z } from 'zod';
import { splitPerson } from '../actions/send-chat.ts';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { nextSecret } from '../state.ts';
import type { OAuthCode } from '../state.ts';
import { defineApi } from './define-api.ts';
import { followersInSight } from './find-people.ts';

/** A user_ticket lives half an hour. Source: wecom.md §3.15. */
const TICKET_MS = 1_800_000;

type Visitor = { userid: string } | { openid: string; externalUserId: string | null };

/** A member, in the visible range or not; others by openid, and by external_userid if a visible member follows them. */
function visitorOf(platform: Platform, { person }: OAuthCode): Visitor {
  const { kind, id } = splitPerson(person);
  if (kind === 'staff') return { userid: id };
  const openid = platform.book.customer(id)?.openId ?? '';
  return { openid, externalUserId: followersInSight(platform, id).length > 0 ? id : null };
}

/** Only a member in range who was asked for private details gets one. */
function userTicket(platform: Platform, userid: string, { scope }: OAuthCode): Record<string, unknown> {
  if (scope !== 'snsapi_privateinfo' || !platform.book.staff(userid)?.isVisible) return {};
  const { state } = platform;
  const ticket = nextSecret(state, 'user_ticket', 128);
  state.userTickets.push({ ticket, userid, expiresAt: platform.now().getTime() + TICKET_MS });
  return { user_ticket: ticket };
}

/** Uses a code up. @throws {ApiError} 40029 unknown or older than 5 minutes, 42022 used. */
function redeem(platform: Platform, value: string): OAuthCode {
  const code = platform.state.codes.find((candidate) => candidate.code === value);
  if (!code || code.expiresAt <= platform.now().getTime()) throw new ApiError(40029);
  if (code.isUsed) throw new ApiError(42022);
  code.isUsed = true;
  return code;
}

/** Whether asking with this code would tell something. */
export function isLivingCode({ state, now }: Platform, value: unknown): boolean {
  return state.codes.some((code) => code.code === value && !code.isUsed && code.expiresAt > now().getTime());
}

const fields = z.object({ code: z.string() });
const missing = { code: 40029 };

/** OAuth: a code tells once who came. Source: wecom.md §3.15. */
export const oauthApis = [
  defineApi({
    method: 'GET',
    path: '/cgi-bin/auth/getuserinfo',
    title: '获取访问用户身份',
    writes: true,
    fields,
    missing,
    run: (platform, given) => {
      const code = redeem(platform, given.code);
      const visitor = visitorOf(platform, code);
      if ('userid' in visitor)
        return { userid: visitor.userid, ...userTicket(platform, visitor.userid, code) };
      const { openid, externalUserId } = visitor;
      return { openid, ...(externalUserId !== null && { external_userid: externalUserId }) };
    },
  }),
  defineApi({
    method: 'GET',
    path: '/cgi-bin/user/getuserinfo',
    title: '获取访问用户身份（旧）',
    writes: true,
    fields,
    missing,
    run: (platform, given) => {
      const visitor = visitorOf(platform, redeem(platform, given.code));
      if ('userid' in visitor) return { UserId: visitor.userid, DeviceId: '' };
      const { openid, externalUserId } = visitor;
      return {
        OpenId: openid,
        DeviceId: '',
        ...(externalUserId !== null && { external_userid: externalUserId }),
      };
    },
  }),
];
