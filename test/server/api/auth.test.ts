import { expect, it, vi } from 'vitest';
import { aSession, aVisitor, type Visitor } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aNote } from '../../support/a-note.ts';
import { aSyncedWorld } from '../../support/a-world.ts';
import type { World } from '../../support/open-world.ts';
import { onlyActive } from '../../support/only-active.ts';

const SESSION = 'genjin_session';
const aSmallWorld = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });

it('signs a member in through WeCom and leads on to where they wanted', async () => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const login = await anna.go('/auth/login?next=/sidebar/%3Fcontact%3Dwm1');
  const authorize = new URL(login.headers.get('location') ?? '');
  expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
    redirect_uri: `${world.origin}/auth/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: expect.stringMatching(/^[a-zA-Z0-9]{16,128}$/),
  });
  const back = await anna.go(authorize.href);
  const done = await anna.go(back.headers.get('location') ?? '');
  expect([done.status, done.headers.get('location')]).toEqual([302, '/sidebar/?contact=wm1']);
  expect(done.headers.getSetCookie().find((line) => line.startsWith(SESSION))).toMatch(
    /; path=\/; expires=[^;]+; samesite=lax; httponly/i,
  );
  expect(await anna.read('/api/v1/me')).toMatchObject({ staffId: 'anna', role: 'sales', name: 'anna' });
});

it.each([
  ['', '/console/'],
  ['?next=/sidebar/', '/sidebar/'],
  ['?next=//evil.example', '/console/'],
])('shows people who left, logout%s, a page whose way in leads to %s', async (query, next) => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const page = await anna.go(`/auth/logout${query}`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain(`href="/auth/login?next=${encodeURIComponent(next)}"`);
});

it('ends the session at logout', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  expect((await anna.go('/auth/logout')).status).toBe(204);
  expect((await anna.go('/api/v1/me')).status).toBe(401);
});

it.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/a b',
  '/\u0009/evil.example',
  'sidebar',
])('leads nobody to %s', async (next) => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const { url } = await anna.follow(`/auth/login?next=${encodeURIComponent(next)}`);
  expect([url.origin, url.pathname]).toEqual([world.origin, '/sidebar/']);
});

it('lets customers and strangers in nowhere', async () => {
  const world = await aSmallWorld();
  for (const person of ['customer:wm1', 'customer:wmStranger']) {
    const visitor = aVisitor(world.origin, person);
    const { answer } = await visitor.follow('/auth/login');
    expect(answer.status).toBe(403);
    expect(visitor.jar.has(SESSION)).toBe(false);
    expect((await visitor.go('/api/v1/me')).status).toBe(401);
  }
});

it('lets a member whom the app does not know no further than the door', async () => {
  const world = await aSmallWorld();
  await onlyActive(world.context, ['ben']);
  const anna = await aSession(world.origin, 'anna');
  expect((await anna.go('/api/v1/me')).status).toBe(403);
});

it('believes neither a forged session, nor one of another purpose', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const good = anna.jar.get(SESSION) ?? '';
  const until = world.context.now().getTime() + 1e9;
  const forged = [
    good.slice(0, -2),
    `${good}A`,
    `x${good}`,
    'anna',
    world.context.signer.seal('survey', good.split('.')[0] ?? ''),
    world.context.signer.seal('session', 'f'.repeat(32)),
    world.context.signer.seal(SESSION, `${until}|anna`),
  ];
  for (const cookie of forged) {
    anna.jar.set(SESSION, cookie);
    expect((await anna.go('/api/v1/me')).status).toBe(401);
  }
  anna.jar.set(SESSION, good);
  expect((await anna.go('/api/v1/me')).status).toBe(200);
});

/** The address to which WeCom sends somebody back who began to sign in. */
async function comeBack(visitor: Visitor, next = ''): Promise<string> {
  const login = await visitor.go(`/auth/login${next && `?next=${next}`}`);
  return (await visitor.go(login.headers.get('location') ?? '')).headers.get('location') ?? '';
}

/** How a browser's visit ended: where it was led on to, or what the page's button leads to. */
async function endOf(answer: Response): Promise<{ to: string } | { page: number; button: string }> {
  if (answer.status === 302) return { to: answer.headers.get('location') ?? '' };
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  const [, button = ''] = /<a [^>]*href="([^"]*)"/.exec(await answer.text()) ?? [];
  return { page: answer.status, button };
}

it('takes a code only from whom it sent away, once, and in time', async () => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const first = await comeBack(anna);
  const stranger = aVisitor(world.origin);
  expect((await stranger.go(first)).status).toBe(400);
  const wrongState = new URL(first);
  wrongState.searchParams.set('state', 'another');
  expect((await anna.go(wrongState.href)).status).toBe(400);
  const second = await comeBack(anna);
  world.setNow('2026-03-11T10:06:00+08:00');
  expect((await anna.go(second)).status).toBe(400);
  expect((await anna.go('/auth/callback')).status).toBe(400);
  expect(anna.jar.has(SESSION)).toBe(false);
});

it('signs in two tabs that begin at once, each to its own page', async () => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const [one, two] = await Promise.all([comeBack(anna, '/sidebar/'), comeBack(anna, '/console/')]);
  expect(await endOf(await anna.go(two))).toEqual({ to: '/console/' });
  expect(await endOf(await anna.go(one))).toEqual({ to: '/sidebar/' });
  expect(await anna.read('/api/v1/me')).toMatchObject({ staffId: 'anna' });
});

it('leads on whoever opens the address of WeCom twice at once, again, or by the back button', async () => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const address = await comeBack(anna, '/console/');
  const both = await Promise.all([anna.go(address), anna.go(address)]);
  expect(await Promise.all(both.map(endOf))).toEqual([{ to: '/console/' }, { to: '/console/' }]);
  expect(await endOf(await anna.go(address))).toEqual({ to: '/sidebar/' });
  expect(await endOf(await anna.go('/auth/callback?state=&code='))).toEqual({ to: '/sidebar/' });
  expect(await anna.read('/api/v1/me')).toMatchObject({ staffId: 'anna' });
});

it.each([
  ['was away too long', async (world: World) => world.setNow('2026-03-11T10:11:00+08:00'), '%2Fconsole%2F'],
  ['keeps no cookies', async (_world: World, visitor: Visitor) => visitor.jar.clear(), '%2Fsidebar%2F'],
])('gives a visitor who %s a page with a button that signs in', async (_, happen, next) => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const address = await comeBack(anna, '/console/');
  await happen(world, anna);
  const ended = await endOf(await anna.go(address));
  expect(ended).toEqual({ page: 400, button: `/auth/login?next=${next}` });
  anna.jar.set('sandbox_person', 'staff:anna');
  await anna.follow('button' in ended ? ended.button : '');
  expect(await anna.read('/api/v1/me')).toMatchObject({ staffId: 'anna' });
});

it('tells a program in JSON what a browser is told on a page', async () => {
  const world = await aSmallWorld();
  const visitor = aVisitor(world.origin);
  const asked = { headers: { accept: 'application/json' } };
  expect(await (await visitor.go('/auth/callback?code=1&state=2', asked)).json()).toMatchObject({
    error: { code: 'sign_in_expired' },
  });
  const browser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
  expect(await endOf(await visitor.go('/auth/callback?code=1&state=2', browser))).toMatchObject({
    page: 400,
  });
});

it('gives customers a page with a button, too, when they come to the members’ door', async () => {
  const world = await aSmallWorld();
  const { answer } = await aVisitor(world.origin, 'customer:wm1').follow('/auth/login');
  expect(await endOf(answer)).toEqual({ page: 403, button: '/auth/login?next=%2Fsidebar%2F' });
});

it('says that WeCom does not answer, with a button to try again', async () => {
  const world = await aSmallWorld();
  const anna = aVisitor(world.origin, 'staff:anna');
  const address = await comeBack(anna);
  vi.spyOn(world.context.wecom.oauth, 'visitor').mockRejectedValueOnce(new Error('cut off'));
  expect(await endOf(await anna.go(address))).toMatchObject({ page: 503 });
});

it('takes no change from a foreign page', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const path = '/api/v1/contacts/wm1/follow-ups';
  for (const origin of ['https://evil.example', 'null', `${world.origin}.evil.example`]) {
    const answer = await anna.send(path, aNote(), { origin });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'foreign_origin' } }]);
  }
  expect((await anna.send('/api/v1/survey/x', { score: 1 }, { origin: 'https://evil.example' })).status).toBe(
    403,
  );
  expect((await anna.send(path, aNote(), { origin: world.origin })).status).toBe(200);
});

it('names what is wrong with a request, field by field', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const path = '/api/v1/contacts/wm1/follow-ups';
  const wrong = await anna.send(path, {
    ...aNote(),
    requestId: 'no',
    purpose: ' ',
    channel: 'pigeon',
    nextOn: '2026-02-30',
  });
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { code: 'invalid_body' } }]);
  const broken = await anna.go(path, {
    method: 'POST',
    body: '{"a":',
    headers: { 'content-type': 'application/json' },
  });
  expect(broken.status).toBe(400);
  expect((await anna.send(path, { ...aNote(), notes: 'x'.repeat(70_000) })).status).toBe(413);
  expect((await anna.send(path, [])).status).toBe(400);
});

it('signs only pages of its own for the JS-SDK', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const sign = (url: string) => anna.go(`/api/v1/js-sdk/agent-config?url=${encodeURIComponent(url)}`);
  expect((await sign('https://evil.example/sidebar/')).status).toBe(400);
  expect((await sign('nonsense')).status).toBe(400);
  const { timestamp, nonceStr, signature } = (await (await sign(`${world.origin}/sidebar/?a=1`)).json()) as {
    timestamp: number;
    nonceStr: string;
    signature: string;
  };
  const { corpId: corpid, agentId: agentid } = world.platform.credentials;
  const config = { corpid, agentid, timestamp: String(timestamp), nonceStr, signature };
  const check = await fetch(`${world.origin}/sandbox/control/agent-config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...config, url: `${world.origin}/sidebar/?a=1` }),
  });
  expect(await check.json()).toMatchObject({ err_msg: 'agentConfig:ok' });
});
