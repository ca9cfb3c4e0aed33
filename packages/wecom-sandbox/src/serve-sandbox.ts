import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Middleware, Next } from 'koa';
import mount from 'koa-mount';
import serve from 'koa-static';
import { authorize } from './authorize.ts';
import type { Actions } from './bind-actions.ts';
import { BRIDGE_SCRIPT } from './bridge-script.ts';
import { serveControl } from './control/serve-control.ts';
import type { Platform } from './platform.ts';
import { isSsoPage, ssoLogin } from './sso-login.ts';

/** Where WeChat's authorize page answers; on the product's own origin it is below /sandbox. */
const AUTHORIZE = /^(\/sandbox)?\/connect\/oauth2\/authorize$/;

/** Everything that is no server API: the authorize page, the bridge, the control API, and the client page. */
export function serveSandbox(
  platform: Platform,
  { actions, pagesDir }: { actions: Actions; pagesDir: string },
): Middleware {
  let control: Middleware | null = null; // its many routes wait for the first who asks
  const pages = existsSync(join(pagesDir, 'index.html')) ? mount('/sandbox', serve(pagesDir)) : notBuilt;
  return async (ctx, next) => {
    if (AUTHORIZE.test(ctx.path)) return authorize(platform, ctx);
    if (isSsoPage(ctx.path)) return ssoLogin(platform, ctx);
    if (ctx.path === '/sandbox') return ctx.redirect('/sandbox/');
    if (!ctx.path.startsWith('/sandbox/')) return next();
    if (ctx.path === '/sandbox/bridge.js') return sendBridge(ctx);
    if (ctx.path.startsWith('/sandbox/control/'))
      return (control ??= serveControl(platform, actions))(ctx, stop);
    return pages(ctx, stop);
  };
}

/** Nothing below /sandbox reaches the product; what nobody answers stays a 404. */
const stop: Next = () => Promise.resolve();

/** Revalidated every time, so that a new version of the script is never missed. */
function sendBridge(ctx: Context): void {
  ctx.type = 'text/javascript';
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = BRIDGE_SCRIPT;
}

/** In place of the client page while it is not built. */
const notBuilt: Middleware = (ctx) => {
  ctx.status = 404;
  ctx.body = '沙箱页面尚未构建，请先运行 npm run build';
};
