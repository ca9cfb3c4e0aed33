import { randomBytes } from 'node:crypto';
import { Router } from '@koa/router';
import type { Context as KoaContext, Middleware } from 'koa';
import type { Context } from '../context.ts';
import { SURVEY_SEAL } from '../domain/nps/nps.ts';
import { AppError } from '../errors.ts';
import { loadSurvey } from '../flows/nps/load-survey.ts';
import { authorizeUrl } from '../flows/staff/authorize-url.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Visitors } from '../http/visitors.ts';

const WORDS = {
  noCookies:
    '没能确认您的身份：浏览器没有保存 Cookie。请允许本站的 Cookie（并关闭无痕模式），或回到微信聊天里重新点开问卷链接。',
  notRecognised: '微信没有告诉我们您是谁，所以暂时打不开问卷。请回到微信聊天里重新点开问卷链接。',
  again: '再试一次',
};

/** Longer ones are not WeCom's. */
const LONGEST_CODE = 512;

type Door = { sessions: Sessions; visitors: Visitors };

/**
 * `/s/c/:campaign`: a customer is sent to WeCom to be recognised, and on to their questionnaire. Who comes back without what
 * we gave them (another browser, an old page) is sent once more; who keeps no cookie at all gets a page that says so.
 */
export function surveyDoorRoutes(context: Context, { sessions, visitors }: Door): Router {
  return new Router().get('/s/c/:campaign', async (ctx) => {
    const campaignId = ctx.params['campaign'] ?? '';
    const path = `/s/c/${encodeURIComponent(campaignId)}`;
    const isSecondTry = ctx.query['again'] === '1';
    const code = codeOf(ctx);
    if (code === null) return leave(ctx, { back: isSecondTry ? `${path}?again=1` : path, next: path });
    const end = endingWith(ctx, path);
    if (!code) return end('not_recognised', WORDS.notRecognised);
    if (isKept(sessions.takeSignIn(ctx, String(ctx.query['state'])))) {
      const { token, externalUserId } = await loadSurvey(context, { campaignId, code });
      visitors.recognise(ctx, externalUserId);
      ctx.redirect(`/s/${token}`);
    } else if (isSecondTry) end('cookies_needed', WORDS.noCookies);
    else ctx.redirect(`${path}?again=1`);
  });

  function leave(ctx: KoaContext, { back, next }: { back: string; next: string }) {
    const state = randomBytes(16).toString('hex');
    sessions.keepSignIn(ctx, { state, next });
    ctx.redirect(authorizeUrl(context, { back, state, userAgent: null }));
  }
}

/**
 * In WeChat we can know who opens a questionnaire, also by its own address, e.g. because it was forwarded: they go through the
 * door of its campaign first, and on to their own. Other browsers are told apart by their cookie alone.
 */
export const recogniseInWeChat =
  ({ signer }: Pick<Context, 'signer'>, visitors: Visitors): Middleware =>
  async (ctx, next) => {
    const [, token] = /^\/s\/([^/]+)$/.exec(ctx.path) ?? [];
    const isAsked = token && /MicroMessenger/i.test(ctx.get('user-agent')) && !visitors.isRecognised(ctx);
    const [campaignId] = isAsked ? (signer.open(SURVEY_SEAL, token)?.split(':') ?? []) : [];
    if (!campaignId) return next();
    ctx.redirect(`/s/c/${encodeURIComponent(campaignId)}`);
  };

const isKept = (kept: ReturnType<Sessions['takeSignIn']>): boolean => kept !== null && !kept.isOver;

/** What WeCom gave; null for somebody who has not been there, '' where it gave nothing usable. */
function codeOf({ query: { code, state } }: KoaContext): string | null {
  if (code === undefined && state === undefined) return null;
  return typeof code === 'string' && code.length <= LONGEST_CODE ? code : '';
}

/** The end of a chain of redirects: a page with one button that begins it anew. */
const endingWith = (ctx: KoaContext, path: string) => (code: string, message: string) => {
  ctx.state['wayOn'] = { href: path, label: WORDS.again };
  throw new AppError(403, code, { message });
};
