import { randomBytes } from 'node:crypto';
import { Router } from '@koa/router';
import type { Context as KoaContext } from 'koa';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { NOBODY, noteRefusal } from '../flows/audit/note-refusal.ts';
import { beginSession } from '../flows/sessions/begin-session.ts';
import { endSession } from '../flows/sessions/end-session.ts';
import { findSession } from '../flows/sessions/find-session.ts';
import { authorizeUrl } from '../flows/staff/authorize-url.ts';
import { signIn } from '../flows/staff/sign-in.ts';
import { createOnce } from '../http/once.ts';
import { plainPage } from '../http/plain-page.ts';
import type { Sessions } from '../http/sessions.ts';

const Returned = z.object({ code: z.string().min(1).max(512), state: z.string().min(1).max(128) });

/** So long the address that WeCom sent a visitor to may be opened again, with the same end. */
const AGAIN_MS = 60_000;
const USUAL_PAGE = '/sidebar/';

/** Where staff prove who they are. */
export function authRoutes(context: Context, sessions: Sessions): Router {
  const comeBack = returning(context, sessions);
  const router = new Router();
  router.get('/auth/login', (ctx) => {
    const state = randomBytes(16).toString('hex');
    sessions.keepSignIn(ctx, { state, next: localPath(ctx.query['next']) });
    ctx.redirect(authorizeUrl(context, { back: '/auth/callback', state, userAgent: ctx.get('user-agent') }));
  });
  router.get('/auth/callback', (ctx) => comeBack(ctx));
  router.register('/auth/logout', ['get', 'post'], (ctx) => signOut(ctx, context, sessions));
  return router;
}

/**
 * Signs in who comes back from WeCom. However the address is opened (twice at once, again later, by the back button, too late,
 * without cookies), the visitor ends signed in or on a page with a button.
 */
function returning(context: Context, sessions: Sessions) {
  const once = createOnce<{ sessionId: string; staffId: string } | null>(AGAIN_MS);
  const begin = async (code: string, requestId: string) => {
    const visitor = await signIn(context, code);
    if ('staffId' in visitor) {
      const { staffId } = visitor;
      return { staffId, sessionId: await beginSession(context, staffId) };
    }
    if (visitor.refused === 'code_expired') return null;
    const reason = visitor.refused;
    const whose = { act: 'sign-in.refuse' as const, by: NOBODY, subject: 'staff:' };
    await noteRefusal(context, { ...whose, reason, status: 403, requestId });
    throw new AppError(403, 'not_a_member', { message: '这个页面只对本企业成员开放' });
  };
  return async (ctx: KoaContext): Promise<void> => {
    const { code, kept } = takeReturned(ctx, sessions);
    const next = kept?.next ?? USUAL_PAGE;
    ctx.state['wayOn'] = { href: `/auth/login?next=${encodeURIComponent(next)}`, label: '重新登录' };
    const isFresh = kept !== null && !kept.isOver;
    const begun = isFresh ? await once(code, () => begin(code, String(ctx.state['requestId']))) : null;
    if (begun) {
      sessions.begin(ctx, begun.sessionId);
      ctx.state['caller'] = { staffId: begun.staffId };
    } else if (!(await isSignedIn(ctx, context, sessions)))
      throw new AppError(400, 'sign_in_expired', { message: kept ? TOO_LATE : NOT_KEPT });
    ctx.redirect(next);
  };
}

/** The code that WeCom gave, and what was kept for its state. */
function takeReturned(ctx: KoaContext, sessions: Sessions) {
  const query = Returned.safeParse(ctx.query);
  if (!query.success) return { code: '', kept: null };
  return { code: query.data.code, kept: sessions.takeSignIn(ctx, query.data.state) };
}

const TOO_LATE = '登录已过期，请重新登录';
const NOT_KEPT = '没有找到这次登录的记录：可能已过期，或浏览器禁用了 Cookie。请允许 Cookie 后重新登录';

async function isSignedIn(ctx: KoaContext, context: Context, sessions: Sessions): Promise<boolean> {
  const id = sessions.sessionId(ctx);
  return id !== null && (await findSession(context, id)).fault === null;
}

/** Ends the browser's session. People get a page, from which nothing signs them in again by itself, and a new sign-in leads to `next`; programs 204. */
async function signOut(ctx: KoaContext, context: Context, sessions: Sessions): Promise<void> {
  const found = await findSession(context, sessions.sessionId(ctx) ?? '');
  const { staffId } = found;
  if (!found.fault) await endSession(context, { ...found, by: staffId, why: 'signed_out' });
  if (staffId) ctx.state['caller'] = { staffId };
  sessions.end(ctx);
  ctx.status = 204;
  if (ctx.accepts(['json', 'html']) !== 'html') return;
  ctx.status = 200;
  ctx.type = 'html';
  const next = localPath(ctx.query['next'], '/console/');
  const href = `/auth/login?next=${encodeURIComponent(next)}`;
  ctx.body = plainPage('您已退出登录', { href, label: '重新登录' });
}

/** Only a path of our own may follow a sign-in; anything else would make us a springboard. */
function localPath(next: unknown, usual = USUAL_PAGE): string {
  const isLocal = typeof next === 'string' && next.length <= 2000 && /^\/(?![/\\])[^\s\\]*$/.test(next);
  return isLocal ? next : usual;
}
