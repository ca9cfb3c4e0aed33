import type { Context as KoaContext } from 'koa';

/** Seals small facts; see signer.ts. */
export type Sealer = {
  seal: (purpose: string, payload: string) => string;
  open: (purpose: string, sealed: string) => string | null;
};

const SESSION_COOKIE = 'genjin_session';
const SESSION_MS = 7 * 24 * 3_600_000;
const SIGN_IN_COOKIE = 'genjin_sign_in';
const SIGN_IN_MS = 10 * 60_000;

/** Where a visitor wants to go, kept while WeCom finds out who it is. */
export type SignIn = { state: string; next: string };

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions as sealed cookies: nothing to store, and they outlive a restart. */
export function createSessions(sealer: Sealer, { isSecure, now }: { isSecure: boolean; now: () => Date }) {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, overwrite: true } as const;
  /** Proxies need not tell that the visitor came by https, so the setting decides. */
  const set = (
    ctx: KoaContext,
    name: string,
    { value, maxAge }: { value: string | null; maxAge?: number },
  ) => {
    ctx.cookies.secure = isSecure;
    ctx.cookies.set(name, value, { ...cookie, ...(maxAge === undefined ? {} : { maxAge }) });
  };
  const keep = (ctx: KoaContext, name: string, { payload, ttlMs }: { payload: string; ttlMs: number }) => {
    const until = now().getTime() + ttlMs;
    set(ctx, name, { value: sealer.seal(name, `${until}|${payload}`), maxAge: ttlMs });
  };
  const read = (ctx: KoaContext, name: string): string | null => {
    const opened = sealer.open(name, ctx.cookies.get(name) ?? '');
    const [, until, payload] = /^(\d+)\|(.*)$/s.exec(opened ?? '') ?? [];
    return payload !== undefined && Number(until) > now().getTime() ? payload : null;
  };
  return {
    begin: (ctx: KoaContext, staffId: string) =>
      keep(ctx, SESSION_COOKIE, { payload: staffId, ttlMs: SESSION_MS }),
    /** The member who is signed in, or null. */
    staffId: (ctx: KoaContext) => read(ctx, SESSION_COOKIE),
    end: (ctx: KoaContext) => set(ctx, SESSION_COOKIE, { value: null }),
    keepSignIn: (ctx: KoaContext, signIn: SignIn) =>
      keep(ctx, SIGN_IN_COOKIE, { payload: `${signIn.state} ${signIn.next}`, ttlMs: SIGN_IN_MS }),
    /** What was kept, when the visitor comes back with the same state; it can be used once. */
    takeSignIn(ctx: KoaContext, state: string): SignIn | null {
      const [kept, next] = read(ctx, SIGN_IN_COOKIE)?.split(' ') ?? [];
      set(ctx, SIGN_IN_COOKIE, { value: null });
      return kept && next && kept === state ? { state, next } : null;
    },
  };
}
