import type { Context as KoaContext } from 'koa';

/** Seals small facts; see signer.ts. */
export type Sealer = {
  seal: (purpose: string, payload: string) => string;
  open: (purpose: string, sealed: string) => string | null;
};

/** Without https a browser takes no `__Host-` cookie, which no neighbour of our host can set. */
export const cookieName = (name: string, isSecure: boolean) => (isSecure ? `__Host-${name}` : name);

/** The cookie lives as long as a session can; whether the session holds, its record decides. */
const COOKIE_MS = 7 * 24 * 3_600_000;
const SIGN_IN_MS = 10 * 60_000;
/** So long it is remembered where a visitor wanted to go who was away too long. */
const WAY_MS = 24 * 3_600_000;
/** Sign-ins of one browser that may be under way at once, one for each tab. */
const MOST_SIGN_INS = 5;

/** Where a visitor wants to go, kept while WeCom finds out who it is. */
export type SignIn = { state: string; next: string };

export type Sessions = ReturnType<typeof createSessions>;
type Options = { isSecure: boolean; now: () => Date };

/** What the browser keeps: which session is its own, and which sign-ins it began. */
export function createSessions(sealer: Sealer, options: Options) {
  const sessionCookie = cookieName('genjin_session', options.isSecure);
  const set = cookieSetter(options.isSecure);
  return {
    /** What the cookie is called, for who describes the API. */
    cookie: sessionCookie,
    begin: (ctx: KoaContext, sessionId: string) =>
      set(ctx, sessionCookie, { value: sealer.seal('session', sessionId), maxAge: COOKIE_MS }),
    /** The session that the browser names; '' for a cookie that is not ours, null without any. */
    sessionId(ctx: KoaContext): string | null {
      const cookie = ctx.cookies.get(sessionCookie);
      return cookie === undefined ? null : (sealer.open('session', cookie) ?? '');
    },
    end: (ctx: KoaContext) => set(ctx, sessionCookie, { value: null }),
    ...signIns(sealer, options),
  };
}

/** One cookie for each sign-in: two tabs that begin at once do not take each other's away. */
function signIns(sealer: Sealer, { isSecure, now }: Options) {
  const prefix = cookieName('genjin_sign_in_', isSecure);
  const cookieOf = (state: string) => prefix + state.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 32);
  const set = cookieSetter(isSecure);
  const read = (ctx: KoaContext, name: string) => {
    const opened = sealer.open('sign-in', ctx.cookies.get(name) ?? '') ?? '';
    const [, until = '', state = '', next = ''] = /^(\d+)\|(\S+) (\S+)$/.exec(opened) ?? [];
    return { until: Number(until), state, next };
  };
  /** The oldest go, so that the header cannot grow. */
  const makeRoom = (ctx: KoaContext) => {
    const names = ctx
      .get('cookie')
      .split(/;\s*/)
      .map((pair) => pair.split('=')[0] ?? '');
    const begun = names.filter((name) => name.startsWith(prefix));
    const byAge = begun.toSorted((a, b) => read(ctx, b).until - read(ctx, a).until);
    for (const name of byAge.slice(MOST_SIGN_INS - 1)) set(ctx, name, { value: null });
  };
  return {
    keepSignIn(ctx: KoaContext, { state, next }: SignIn): void {
      makeRoom(ctx);
      const until = now().getTime() + SIGN_IN_MS;
      const value = sealer.seal('sign-in', `${until}|${state} ${next}`);
      set(ctx, cookieOf(state), { value, maxAge: WAY_MS });
    },
    /** What was kept, when the visitor comes back with the same state; it can be used once. `isOver`: too late to sign in by. */
    takeSignIn(ctx: KoaContext, state: string): (SignIn & { isOver: boolean }) | null {
      const name = cookieOf(state);
      const kept = read(ctx, name);
      if (ctx.cookies.get(name) !== undefined) set(ctx, name, { value: null });
      if (!kept.state || kept.state !== state) return null;
      return { state, next: kept.next, isOver: kept.until <= now().getTime() };
    },
  };
}

/** Proxies need not tell that the visitor came by https, so the setting decides. */
function cookieSetter(isSecure: boolean) {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, overwrite: true } as const;
  return (ctx: KoaContext, name: string, { value, maxAge }: { value: string | null; maxAge?: number }) => {
    ctx.cookies.secure = isSecure;
    ctx.cookies.set(name, value, { ...cookie, ...(maxAge === undefined ? {} : { maxAge }) });
  };
}
