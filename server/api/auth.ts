import { randomBytes } from 'node:crypto';
import { Router } from '@koa/router';
import type { Context as KoaContext } from 'koa';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { authorizeUrl } from '../flows/staff/authorize-url.ts';
import { openSurvey } from '../flows/nps/open-survey.ts';
import { signIn } from '../flows/staff/sign-in.ts';
import type { Sessions } from '../http/sessions.ts';

const Returned = z.object({ code: z.string().min(1).max(512), state: z.string().min(1).max(128) });

/** Where people prove who they are: staff for a session, customers for their survey. */
export function authRoutes(context: Context, sessions: Sessions): Router {
  const leave = (ctx: KoaContext, { back, next }: { back: string; next: string }) => {
    const state = randomBytes(16).toString('hex');
    sessions.keepSignIn(ctx, { state, next });
    ctx.redirect(authorizeUrl(context, back, state));
  };
  const router = new Router();
  router.get('/auth/login', (ctx) =>
    leave(ctx, { back: '/auth/callback', next: localPath(ctx.query['next']) }),
  );
  router.get('/auth/callback', async (ctx) => {
    const { code, state } = returned(ctx);
    const kept = sessions.takeSignIn(ctx, state);
    if (!kept) throw new AppError(400, 'sign_in_expired', { message: '登录已过期，请返回重新打开' });
    sessions.begin(ctx, await signIn(context, code));
    ctx.redirect(kept.next);
  });
  router.get('/auth/logout', (ctx) => {
    sessions.end(ctx);
    ctx.status = 204;
  });
  router.get('/s/c/:campaign', async (ctx) => {
    const campaignId = ctx.params['campaign'] ?? '';
    const back = `/s/c/${encodeURIComponent(campaignId)}`;
    if (!ctx.query['code']) return leave(ctx, { back, next: back });
    const { code, state } = returned(ctx);
    if (!sessions.takeSignIn(ctx, state)) return ctx.redirect(back);
    ctx.redirect(`/s/${await openSurvey(context, { campaignId, code })}`);
  });
  return router;
}

function returned(ctx: KoaContext): z.infer<typeof Returned> {
  const query = Returned.safeParse(ctx.query);
  if (query.success) return query.data;
  throw new AppError(400, 'invalid_query', { message: '缺少登录凭证，请返回重新打开' });
}

/** Only a path of our own may follow a sign-in; anything else would make us a springboard. */
function localPath(next: unknown): string {
  const isLocal = typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next);
  return isLocal ? next : '/sidebar/';
}
