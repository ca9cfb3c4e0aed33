import type { Context } from 'koa';
import { splitPerson } from './actions/send-chat.ts';
import type { Platform } from './platform.ts';
import { nextSecret } from './state.ts';
import type { PersonId } from './state.ts';

/** The cookie that says who is holding the phone. */
export const PERSON_COOKIE = 'sandbox_person';

/** A code lives 5 minutes. Source: wecom.md §3.15. */
const CODE_MS = 300_000;

/** snsapi_userinfo is an older name that is still accepted. */
const SCOPES = new Set(['snsapi_base', 'snsapi_userinfo', 'snsapi_privateinfo']);

/** WeChat's authorize page: sends the person of the cookie back at once with a code; without cookie it asks who is there. */
export function authorize(platform: Platform, ctx: Context): void {
  const query = new URLSearchParams(ctx.querystring);
  const target = refusalOf(platform, query);
  if (typeof target === 'string') {
    showPage(ctx, '无法访问', `<p>${target}</p>`);
    return;
  }
  const person = personOf(platform, query.get(PERSON_COOKIE) ?? ctx.cookies.get(PERSON_COOKIE));
  if (person === null) {
    showPage(ctx, '你是谁？', choicesOf(platform, ctx));
    return;
  }
  keepPerson(ctx, person);
  target.searchParams.set('code', issueCode(platform, person, query.get('scope') ?? ''));
  target.searchParams.set('state', query.get('state') ?? '');
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(target.toString());
}

/** Sets the cookie that the authorize page reads; scripts may read it too. */
export function keepPerson(ctx: Context, person: PersonId): void {
  ctx.cookies.set(PERSON_COOKIE, person, { path: '/', sameSite: 'lax', httpOnly: false });
}

/** A person of this corp, or null. */
export function personOf({ book }: Platform, raw: string | null | undefined): PersonId | null {
  const person = (raw ?? '').replace('%3A', ':');
  if (!/^(staff|customer):/.test(person)) return null;
  const { kind, id } = splitPerson(person);
  if (kind === 'customer') return book.customer(id) ? person : null;
  const staff = book.staff(id);
  return staff ? `staff:${staff.userid}` : null;
}

/** One condition of the authorize URL. */
type Check = [isWrong: (query: URLSearchParams) => boolean, text: string];
const valueOf = (query: URLSearchParams, name: string) => query.get(name) ?? '';

/** What the page refuses after the app and the domain are right. */
const CHECKS: readonly Check[] = [
  [(query) => valueOf(query, 'response_type') !== 'code', 'response_type 参数错误'],
  [(query) => !SCOPES.has(valueOf(query, 'scope')), 'scope 参数错误或没有 scope 权限(10005)'],
  [
    (query) => valueOf(query, 'scope') === 'snsapi_privateinfo' && valueOf(query, 'agentid') === '',
    '缺少 agentid 参数',
  ],
  [
    (query) => !/^[a-zA-Z0-9]{0,128}$/.test(valueOf(query, 'state')),
    'state 参数错误：只能是 128 字节以内的字母和数字',
  ],
];

/** The redirect target, or why WeChat refuses, in its words. */
function refusalOf({ state, settings }: Platform, query: URLSearchParams): URL | string {
  if (query.get('appid') !== state.corp.corpId) return 'appid 参数错误(40013)';
  const redirect = valueOf(query, 'redirect_uri');
  if (!isTrusted(redirect, settings.trustedOrigin)) return 'redirect_uri 域名与后台配置不一致，错误码：50001';
  return CHECKS.find(([isWrong]) => isWrong(query))?.[1] ?? new URL(redirect);
}

/** Whether a URL's host equals the trusted domain, port included. */
export function isTrusted(url: string, trustedOrigin: string | null): boolean {
  return trustedOrigin !== null && URL.canParse(url) && new URL(url).host === new URL(trustedOrigin).host;
}

/** A fresh code; kept at once, as the product may ask for it after a restart. */
function issueCode(platform: Platform, person: PersonId, scope: string): string {
  const { state, now } = platform;
  const nowMs = now().getTime();
  const code = nextSecret(state, 'code', 43);
  state.codes = state.codes.filter((other) => other.expiresAt > nowMs);
  state.codes.push({ code, person, scope, expiresAt: nowMs + CODE_MS, isUsed: false });
  platform.save();
  return code;
}

/** Everybody who could be holding the phone, each as a link to this very page. */
function choicesOf({ state }: Platform, ctx: Context): string {
  const link = (person: PersonId, label: string) => {
    const href = `${ctx.path}?${ctx.querystring}&${PERSON_COOKIE}=${encodeURIComponent(person)}`;
    return `<li><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></li>`;
  };
  const staff = state.corp.staff.map(({ userid, name, position }) =>
    link(`staff:${userid}`, `${name} ${position}`),
  );
  const customers = state.corp.customers.map(({ externalUserId, name }) =>
    link(`customer:${externalUserId}`, name),
  );
  return `<h2>成员</h2><ul>${staff.join('')}</ul><h2>客户</h2><ul>${customers.join('')}</ul>`;
}

function showPage(ctx: Context, title: string, body: string): void {
  ctx.type = 'html';
  ctx.body =
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"></head><body><h1>${title}</h1>${body}</body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
