import { z } from 'zod';
import { words } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { checkRequest, defineCall } from '../client/define-call.ts';
import { bytes } from '../client/request-shapes.ts';

/** Who opened the page: a member, a customer of a member, or somebody else. */
export type Visitor =
  { kind: 'staff'; staffId: string } | { kind: 'contact'; externalUserId: string } | { kind: 'stranger' };

/** The app, and where visitors are recognised. */
export type OauthCorp = { corpId: string; agentId: string; oauthUrl: string };

/** A visitor's way back. */
const WayBack = z.strictObject({
  redirect_uri: z.url({ protocol: /^https?$/, error: 'is no address' }),
  state: bytes(128).regex(/^[a-zA-Z0-9]*$/, 'has letters and digits only'),
});

/**
 * Where to send a visitor, who comes back to `redirectUri` with `code` and `state`.
 *
 * @throws {WecomLimitError} unless `state` has letters and digits only, at most 128.
 */
export function authorizeUrl(corp: OauthCorp, redirectUri: string, state: string): string {
  checkWayBack(redirectUri, state);
  const query = new URLSearchParams({
    appid: corp.corpId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: corp.agentId,
  });
  return `${corp.oauthUrl}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

const visitor = defineCall({
  path: '/cgi-bin/auth/getuserinfo',
  method: 'GET',
  request: z.strictObject({ code: bytes(512, 1) }),
  encode: (code: string) => ({ code }),
  answer: z.object({ userid: words, external_userid: words }),
  decode: ({ userid: staffId, external_userid: externalUserId }): Visitor => {
    if (staffId) return { kind: 'staff', staffId };
    return externalUserId ? { kind: 'contact', externalUserId } : { kind: 'stranger' };
  },
});

/** Web sign-in. @see https://developer.work.weixin.qq.com/document/path/91022, 91023, 95833 */
export function createOauthApi(call: WecomCall, corp: OauthCorp) {
  return {
    /** False for platforms that stand in for WeCom: they recognise every browser. */
    hasQrLogin: corp.oauthUrl === WECOM_OAUTH,
    authorizeUrl: (redirectUri: string, state: string) => authorizeUrl(corp, redirectUri, state),
    /** A page for a computer, which shows a QR code to be scanned with WeCom. @throws {WecomLimitError} */
    qrLoginUrl(redirectUri: string, state: string): string {
      checkWayBack(redirectUri, state);
      const query = new URLSearchParams({
        login_type: 'CorpApp',
        appid: corp.corpId,
        agentid: corp.agentId,
        redirect_uri: redirectUri,
        state,
      });
      return `${QR_LOGIN}?${query}`;
    },
    /** Tells who came back with `code`. @throws {WecomError} 40029 or 42022 for a wrong or used code. */
    visitor: visitor(call),
  };
}

const WECOM_OAUTH = 'https://open.weixin.qq.com';
const QR_LOGIN = 'https://login.work.weixin.qq.com/wwlogin/sso/login';

function checkWayBack(redirectUri: string, state: string): void {
  checkRequest('/connect/oauth2/authorize', WayBack, { redirect_uri: redirectUri, state });
}
