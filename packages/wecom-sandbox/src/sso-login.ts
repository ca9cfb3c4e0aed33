import type { Context } from 'koa';
import { PERSON_COOKIE, personOf } from './authorize.ts';
import type { Platform } from './platform.ts';

/** The newer and the older page with a QR code, on the product's own origin below /sandbox. Source: wecom.md §3.15. */
const PAGES = /^(\/sandbox)?\/(wwlogin\/sso\/login|wwopen\/sso\/qrConnect)$/;

/** Whether a path is a login page for computers. */
export function isSsoPage(path: string): boolean {
  return PAGES.test(path);
}

/**
 * Stands in for the page whose QR code a member scans: goes on to the authorize page, where the member of the cookie is
 * let in at once and anybody else is asked who he is. Customers cannot log in here.
 */
export function ssoLogin(platform: Platform, ctx: Context): void {
  const query = new URLSearchParams(ctx.querystring);
  const valueOf = (name: string) => query.get(name) ?? '';
  const [, prefix = ''] = PAGES.exec(ctx.path) ?? [];
  const isNew = ctx.path.endsWith('/login');
  const person = personOf(platform, query.get(PERSON_COOKIE) ?? ctx.cookies.get(PERSON_COOKIE));
  const refusal =
    refusalOf(platform, { isNew, query }) ??
    (person?.startsWith('customer:') ? '请使用企业微信扫码登录' : null);
  if (refusal !== null) {
    ctx.type = 'html';
    ctx.body = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>企业微信登录</title></head><body><p>${refusal}</p></body></html>`;
    return;
  }
  const target = new URLSearchParams({
    appid: valueOf('appid'),
    agentid: valueOf('agentid'),
    redirect_uri: valueOf('redirect_uri'),
    response_type: 'code',
    scope: 'snsapi_base',
    state: valueOf('state'),
  });
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(`${prefix}/connect/oauth2/authorize?${target}`);
}

/** What the login page checks by itself, in its words; the rest is left to the authorize page. */
function refusalOf(
  { state }: Platform,
  { isNew, query }: { isNew: boolean; query: URLSearchParams },
): string | null {
  if (isNew && query.get('login_type') !== 'CorpApp') return 'login_type 参数错误';
  if (query.get('agentid') !== state.corp.agentId) return 'agentid 参数错误(40056)';
  return null;
}
