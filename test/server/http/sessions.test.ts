import type { Context } from 'koa';
import { describe, expect, it } from 'vitest';
import { readCaller } from '../../../server/http/read-caller.ts';
import { createSessions } from '../../../server/http/sessions.ts';
import { createSigner } from '../../../server/signer.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

const DAY_MS = 24 * 3_600_000;
const signer = createSigner(['a secret of at least thirty-two letters']);

/** An app that begins, reads and ends sessions; `visit` sends a cookie and gives the status, the text and the cookies set. */
async function anApp({ isSecure = false } = {}) {
  const clock = { ms: Date.parse('2026-03-11T02:00:00Z') };
  const sessions = createSessions(signer, { isSecure, now: () => new Date(clock.ms) });
  const routes: Record<string, (ctx: Context) => unknown> = {
    '/begin': (ctx) => sessions.begin(ctx, String(ctx.query['as'])),
    '/who': (ctx) => sessions.staffId(ctx),
    '/end': (ctx) => sessions.end(ctx),
    '/leave': (ctx) => sessions.keepSignIn(ctx, { state: 'abc123', next: '/sidebar/?x=1&y=2' }),
    '/back': (ctx) => sessions.takeSignIn(ctx, String(ctx.query['state'])),
  };
  const app = await aTinyApp((ctx) => void (ctx.body = { got: routes[ctx.path]?.(ctx) ?? null }));
  const visit = async (path: string, cookie = '') => {
    const answer = await app.send(path, { headers: { cookie } });
    const set = answer.headers.getSetCookie();
    const { got } = (await answer.json()) as { got: unknown };
    return { status: answer.status, got, set, cookie: set.map((one) => one.split(';')[0]).join('; ') };
  };
  return { visit, clock };
}

describe('a session', () => {
  it('tells who is signed in', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=Zhang%20San|1');
    expect((await visit('/who', cookie)).got).toBe('Zhang San|1');
  });

  it('lasts seven days', async () => {
    const { visit, clock } = await anApp();
    const { cookie } = await visit('/begin?as=lisi');
    clock.ms += 7 * DAY_MS - 1;
    expect((await visit('/who', cookie)).got).toBe('lisi');
    clock.ms += 1;
    expect((await visit('/who', cookie)).got).toBeNull();
  });

  it('is out of reach for scripts and other sites', async () => {
    const { visit } = await anApp();
    const [cookie = ''] = (await visit('/begin?as=lisi')).set;
    expect(cookie.toLowerCase()).toMatch(/; httponly/);
    expect(cookie.toLowerCase()).toMatch(/; samesite=lax/);
    expect(cookie.toLowerCase()).toMatch(/; path=\//);
    expect(cookie.toLowerCase()).not.toMatch(/; secure/);
  });

  it('ends when asked to', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=lisi');
    const [ended = ''] = (await visit('/end', cookie)).set;
    expect(ended).toMatch(/^genjin_session=;.*expires=Thu, 01 Jan 1970/i);
  });

  const until = Date.parse('2027-01-01T00:00:00Z');
  it.each([
    ['nothing', ''],
    ['a made-up text', 'genjin_session=lisi'],
    ['a payload without seal', `genjin_session=${Buffer.from(`${until}|lisi`).toString('base64url')}`],
    [
      'a seal of another secret',
      `genjin_session=${createSigner(['x'.repeat(32)]).seal('genjin_session', `${until}|admin`)}`,
    ],
    ['a seal for another purpose', `genjin_session=${signer.seal('survey', `${until}|admin`)}`],
    ['a sign-in cookie', `genjin_session=${signer.seal('genjin_sign_in', `${until}|admin`)}`],
    ['a sealed text without time', `genjin_session=${signer.seal('genjin_session', 'admin')}`],
    ['a time that is no number', `genjin_session=${signer.seal('genjin_session', 'never|admin')}`],
  ])('is not begun by %s', async (_, cookie) => {
    const { visit } = await anApp();
    expect(await visit('/who', cookie)).toMatchObject({ status: 200, got: null });
  });

  it('is not another’s after a change of a letter', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=lisi');
    const body = cookie.replace('genjin_session=', '').split('.')[0] ?? '';
    const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('lisi', 'lisj')).toString(
      'base64url',
    );
    expect((await visit('/who', cookie.replace(body, other))).got).toBeNull();
  });
});

describe('on https behind a proxy that does not say so', () => {
  it('the whole round works, with cookies for https only', async () => {
    const { visit } = await anApp({ isSecure: true });
    const left = await visit('/leave');
    const back = await visit('/back?state=abc123', left.cookie);
    expect(back).toMatchObject({ status: 200, got: { next: '/sidebar/?x=1&y=2' } });
    const begun = await visit('/begin?as=lisi');
    const ended = await visit('/end', begun.cookie);
    expect(ended.status).toBe(200);
    for (const { set } of [left, back, begun, ended]) expect(set[0]?.toLowerCase()).toMatch(/; secure/);
  });
});

describe('where a visitor wanted to go', () => {
  it('is given back to the same state, once', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/leave');
    const back = await visit('/back?state=abc123', cookie);
    expect(back.got).toEqual({ state: 'abc123', next: '/sidebar/?x=1&y=2' });
    expect(back.set[0]).toMatch(/^genjin_sign_in=;/);
  });

  it.each(['other', '', 'abc123 '])('is forgotten when the state is “%s”', async (state) => {
    const { visit } = await anApp();
    const { cookie } = await visit('/leave');
    const back = await visit(`/back?state=${encodeURIComponent(state)}`, cookie);
    expect(back.got).toBeNull();
    expect(back.set[0]).toMatch(/^genjin_sign_in=;/);
  });

  it('is kept for ten minutes', async () => {
    const { visit, clock } = await anApp();
    const { cookie } = await visit('/leave');
    clock.ms += 600_000;
    expect((await visit('/back?state=abc123', cookie)).got).toBeNull();
  });
});

const identify = async (staffId: string) => ({ staffId, role: 'sales' });

describe('a route for those who are signed in', () => {
  it('knows the caller, and turns others away with 401', async () => {
    const sessions = createSessions(signer, { isSecure: false, now: () => new Date() });
    const { send } = await aTinyApp(
      async (ctx, next) =>
        ctx.path === '/begin' ? void (sessions.begin(ctx, 'lisi'), (ctx.body = '')) : next(),
      readCaller(sessions, identify),
      (ctx) => void (ctx.body = ctx.state['caller']),
    );
    const refused = await send('/api/x');
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'signed_out' } }]);
    const cookie = (await send('/begin')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await (await send('/api/x', { headers: { cookie } })).json()).toEqual({
      staffId: 'lisi',
      role: 'sales',
    });
  });
});
