import { z } from 'zod';
import type { WecomCall } from './call.ts';

/** Who opened the page: a member, a customer of a member, or somebody else. */
export type Visitor =
  { kind: 'staff'; staffId: string } | { kind: 'contact'; externalUserId: string } | { kind: 'stranger' };

/** Web sign-in. @see https://developer.work.weixin.qq.com/document/path/91022, 91023 */
export function createOauthApi(call: WecomCall, corp: { corpId: string; agentId: string; oauthUrl: string }) {
  return {
    /** Where to send a visitor, who comes back to `redirectUri` with `code` and `state` (letters and digits). */
    authorizeUrl(redirectUri: string, state: string): string {
      const query = new URLSearchParams({
        appid: corp.corpId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: corp.agentId,
      });
      return `${corp.oauthUrl}/connect/oauth2/authorize?${query}#wechat_redirect`;
    },
    /** Tells who came back with `code`. @throws {WecomError} 40029 or 42022 for a wrong or used code. */
    async visitor(code: string): Promise<Visitor> {
      const answer = z.object({ userid: z.string().optional(), external_userid: z.string().optional() });
      const found = await call('/cgi-bin/auth/getuserinfo', { query: { code }, answer });
      if (found.userid) return { kind: 'staff', staffId: found.userid };
      if (found.external_userid) return { kind: 'contact', externalUserId: found.external_userid };
      return { kind: 'stranger' };
    },
  };
}
