import { randomBytes } from 'node:crypto';
import type { Context as KoaContext, Middleware } from 'koa';
import { cookieName, type Sealer } from './sessions.ts';

/** Longer than a campaign is open. */
const VISITOR_MS = 30 * 24 * 3_600_000;
const BROWSER_ID_BYTES = 16;

/** A browser, and the contact whom WeCom recognised in it, if anybody. */
type Visitor = { browserId: string; externalUserId: string | null };

export type Visitors = ReturnType<typeof createVisitors>;

/** What `readVisitor` leaves for the routes behind it. */
export type Visited = { visitor: Visitor };

/** Who opens questionnaires, as a sealed cookie: which browser it is, and whom WeCom recognised in it. */
export function createVisitors(sealer: Sealer, { isSecure, now }: { isSecure: boolean; now: () => Date }) {
  const name = cookieName('genjin_visitor', isSecure);
  const keep = (ctx: KoaContext, { browserId, externalUserId }: Visitor) => {
    const until = now().getTime() + VISITOR_MS;
    const value = sealer.seal(name, [until, browserId, externalUserId ?? ''].join('|'));
    ctx.cookies.secure = isSecure;
    ctx.cookies.set(name, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      overwrite: true,
      maxAge: VISITOR_MS,
    });
  };
  const read = (ctx: KoaContext): Visitor | null => {
    const sealed = sealer.open(name, ctx.cookies.get(name) ?? '') ?? '';
    const [, until, browserId, externalUserId] = /^(\d+)\|([^|]+)\|(.*)$/s.exec(sealed) ?? [];
    if (!browserId || Number(until) <= now().getTime()) return null;
    return { browserId, externalUserId: externalUserId || null };
  };
  /** Who it is; a browser that was never here gets its cookie. */
  const meet = (ctx: KoaContext): Visitor => {
    const known = read(ctx);
    if (known) return known;
    const visitor = { browserId: randomBytes(BROWSER_ID_BYTES).toString('base64url'), externalUserId: null };
    keep(ctx, visitor);
    return visitor;
  };
  return {
    /** Notes whom WeCom recognised; it stays the same browser. */
    recognise: (ctx: KoaContext, externalUserId: string) => keep(ctx, { ...meet(ctx), externalUserId }),
    isRecognised: (ctx: KoaContext): boolean => Boolean(read(ctx)?.externalUserId),
    /** Puts the visitor into the state. */
    readVisitor: ((ctx, next) => {
      ctx.state.visitor = meet(ctx);
      return next();
    }) as Middleware<Visited>,
  };
}
