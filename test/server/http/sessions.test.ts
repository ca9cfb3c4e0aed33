import type { Context } from 'koa';
import { describe, expect, it } from 'vitest';
import { readCaller } from '../../../server/http/read-caller.ts';
import { createSessions } from '../../../server/http/sessions.ts';
import { createSigner } from '../../../server/infra/signer.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

const signer = createSigner(['a secret of at least thirty-two letters']);

/** An app that begins, reads and ends sessions; `visit` sends a cookie and gives the status, the text and the cookies set. */
async function anApp({ isSecure = false } = {}) {
  const clock = { ms: Date.parse('2026-03-11T02:00:00Z') };
  const sessions = createSessions(signer, { isSecure, now: () => new Date(clock.ms) });
  const routes: Record<string, (ctx: Context) => unknown> = {
    '/begin': (ctx) => sessions.begin(ctx, String(ctx.query['as'])),
    '/who': (ctx) => sessions.sessionId(ctx),
    '/end': (ctx) => sessions.end(ctx),
    '/leave': (ctx) => {
      const state = String(ctx.query['state'] ?? 'abc123');
      sessions.keepSignIn(ctx, { state, next: `/sidebar/?x=1&for=${state}` });
    },
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

describe('the cookie of a session', () => {
  it('names the session', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=0af3');
    expect((await visit('/who', cookie)).got).toBe('0af3');
    expect((await visit('/who')).got).toBeNull();
  });

  it('is out of reach for scripts and other sites', async () => {
    const { visit } = await anApp();
    const [cookie = ''] = (await visit('/begin?as=0af3')).set;
    expect(cookie.toLowerCase()).toMatch(/; httponly/);
    expect(cookie.toLowerCase()).toMatch(/; samesite=lax/);
    expect(cookie.toLowerCase()).toMatch(/; path=\//);
    expect(cookie.toLowerCase()).not.toMatch(/; secure/);
  });

  it('goes when asked to', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=0af3');
    const [ended = ''] = (await visit('/end', cookie)).set;
    expect(ended).toMatch(/^genjin_session=;.*expires=Thu, 01 Jan 1970/i);
  });

  it.each([
    ['a made-up text', 'lisi'],
    ['a payload without seal', Buffer.from('0af3').toString('base64url')],
    ['a seal of another secret', createSigner(['x'.repeat(32)]).seal('session', '0af3')],
    ['a seal for another purpose', signer.seal('survey', '0af3')],
    ['a sign-in', signer.seal('sign-in', '0af3')],
    ['a cookie of before sessions were kept', signer.seal('genjin_session', '1900000000000|admin')],
  ])('is not ours when it is %s', async (_, value) => {
    const { visit } = await anApp();
    expect(await visit('/who', `genjin_session=${value}`)).toMatchObject({ status: 200, got: '' });
  });

  it('is not another’s after a change of a letter', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/begin?as=0af3');
    const body = cookie.replace('genjin_session=', '').split('.')[0] ?? '';
    const other = Buffer.from('0af4').toString('base64url');
    expect((await visit('/who', cookie.replace(body, other))).got).toBe('');
  });
});

describe('on https behind a proxy that does not say so', () => {
  it('the whole round works, with cookies that no neighbour can set', async () => {
    const { visit } = await anApp({ isSecure: true });
    const left = await visit('/leave');
    const back = await visit('/back?state=abc123', left.cookie);
    expect(back).toMatchObject({ status: 200, got: { next: '/sidebar/?x=1&for=abc123' } });
    const begun = await visit('/begin?as=0af3');
    expect((await visit('/who', begun.cookie)).got).toBe('0af3');
    const ended = await visit('/end', begun.cookie);
    for (const { set } of [left, back, begun, ended]) {
      expect(set[0]).toMatch(/^__Host-genjin_/);
      expect(set[0]?.toLowerCase()).toMatch(/; secure/);
      expect(set[0]?.toLowerCase()).not.toMatch(/; domain/);
    }
  });

  it('a cookie of the plain name is not looked at', async () => {
    const { visit } = await anApp({ isSecure: true });
    expect((await visit('/who', `genjin_session=${signer.seal('session', '0af3')}`)).got).toBeNull();
  });
});

describe('where a visitor wanted to go', () => {
  it('is given back to the same state, once', async () => {
    const { visit } = await anApp();
    const { cookie } = await visit('/leave');
    const back = await visit('/back?state=abc123', cookie);
    expect(back.got).toEqual({ state: 'abc123', next: '/sidebar/?x=1&for=abc123', isOver: false });
    expect(back.set[0]).toMatch(/^genjin_sign_in_abc123=;/);
  });

  it.each(['other', '', 'abc123 '])('is not told when the state is “%s”', async (state) => {
    const { visit } = await anApp();
    const { cookie } = await visit('/leave');
    expect((await visit(`/back?state=${encodeURIComponent(state)}`, cookie)).got).toBeNull();
  });

  it('is kept for each of two tabs that begin at once', async () => {
    const { visit } = await anApp();
    const [one, two] = await Promise.all([visit('/leave?state=one'), visit('/leave?state=two')]);
    const jar = `${one.cookie}; ${two.cookie}`;
    expect((await visit('/back?state=two', jar)).got).toMatchObject({ next: '/sidebar/?x=1&for=two' });
    expect((await visit('/back?state=one', jar)).got).toMatchObject({ next: '/sidebar/?x=1&for=one' });
  });

  it('is good to sign in by for ten minutes, and is known still afterwards', async () => {
    const { visit, clock } = await anApp();
    const { cookie } = await visit('/leave');
    clock.ms += 599_999;
    expect((await visit('/back?state=abc123', cookie)).got).toMatchObject({ isOver: false });
    clock.ms += 1;
    expect((await visit('/back?state=abc123', cookie)).got).toMatchObject({
      isOver: true,
      next: '/sidebar/?x=1&for=abc123',
    });
  });

  it('is forgotten for the oldest of many tabs, so that the header stays small', async () => {
    const { visit, clock } = await anApp();
    const jar = new Map<string, string>();
    for (let tab = 0; tab < 9; tab += 1) {
      clock.ms += 1000;
      const { set } = await visit(
        `/leave?state=tab${tab}`,
        [...jar].map((pair) => pair.join('=')).join('; '),
      );
      for (const line of set) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value) jar.set(name, value);
        else jar.delete(name);
      }
    }
    expect([...jar.keys()]).toEqual([4, 5, 6, 7, 8].map((tab) => `genjin_sign_in_tab${tab}`));
  });
});

const bySession = async (sessionId: string) => ({ staffId: `of ${sessionId}` });

describe('a route for those who are signed in', () => {
  it('knows the caller, and turns others away with 401', async () => {
    const sessions = createSessions(signer, { isSecure: false, now: () => new Date() });
    const counter = { count: async () => 1 };
    const { send } = await aTinyApp(
      async (ctx, next) =>
        ctx.path === '/begin' ? void (sessions.begin(ctx, '0af3'), (ctx.body = '')) : next(),
      readCaller(sessions, { bySession }, counter),
      (ctx) => void (ctx.body = ctx.state['caller']),
    );
    const refused = await send('/api/x');
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'signed_out' } }]);
    const cookie = (await send('/begin')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await (await send('/api/x', { headers: { cookie } })).json()).toEqual({ staffId: 'of 0af3' });
  });
});
