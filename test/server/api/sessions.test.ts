import { expect, it } from 'vitest';
import { createConnection } from 'mongoose';
import type { Context } from '../../../server/context.ts';
import { createSessionStore } from '../../../server/store/sessions.ts';
import { aSession, aVisitor, type Visitor } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

const SESSION = 'genjin_session';
const aSmallWorld = () =>
  aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]), settings: { ADMIN_USERIDS: 'olga' } });

const isIn = async (visitor: Visitor) => (await visitor.go('/api/v1/me')).status === 200;

/** Another browser that holds the same cookie, e.g. one that was copied. */
function aCopy(origin: string, of: Visitor): Visitor {
  const copy = aVisitor(origin);
  copy.jar.set(SESSION, of.jar.get(SESSION) ?? '');
  return copy;
}

/** What is on record about signing in, the oldest first. */
async function recordOf({ audit }: Context) {
  await audit.drain();
  const entries = await audit.list({ limit: 500 });
  return entries
    .filter(({ act }) => /^(session|sign-in|key)\./.test(act))
    .map(({ act, by, subject, to }) => ({ act, by, subject, ...(to as object) }))
    .toReversed();
}

it('ends with the logout of the browser, also for whoever copied its cookie', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const [copy, phone] = [aCopy(world.origin, anna), await aSession(world.origin, 'anna')];
  expect(await isIn(copy)).toBe(true);
  expect((await anna.go('/auth/logout')).status).toBe(204);
  expect([await isIn(copy), await isIn(phone)]).toEqual([false, true]);
});

it('shows people who leave a page with a button, and nothing signs them in again by itself', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const left = await anna.go('/auth/logout', { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect([left.status, await left.text()]).toEqual([
    200,
    expect.stringContaining('href="/auth/login?next=%2Fconsole%2F"'),
  ]);
  expect(await isIn(anna)).toBe(false);
});

it('lasts twelve hours after its last use, and seven days in all', async () => {
  const world = await aSmallWorld();
  const [busy, idle] = [await aSession(world.origin, 'anna'), await aSession(world.origin, 'ben')];
  const begun = world.context.now().getTime();
  const hours = (count: number) => world.setNow(new Date(begun + count * 3_600_000));
  for (let at = 11; at < 168; at += 11) {
    hours(at);
    expect(await isIn(busy)).toBe(true);
  }
  expect(await isIn(idle)).toBe(false);
  hours(167.9);
  expect(await isIn(busy)).toBe(true);
  hours(168);
  expect(await isIn(busy)).toBe(false);
});

it('ends everywhere when the member asks for it', async () => {
  const world = await aSmallWorld();
  const [anna, phone] = [await aSession(world.origin, 'anna'), await aSession(world.origin, 'anna')];
  const ben = await aSession(world.origin, 'ben');
  const ended = await anna.send('/api/v1/me/sessions/end', { everywhere: true });
  expect(await ended.json()).toEqual({ ended: 2 });
  expect([await isIn(anna), await isIn(phone), await isIn(ben)]).toEqual([false, false, true]);
});

it('ends when an administrator ends all of a member’s, who are listed by when they were last seen', async () => {
  const world = await aSmallWorld();
  const [anna] = [await aSession(world.origin, 'anna'), await aSession(world.origin, 'anna')];
  const olga = await aSession(world.origin, 'olga');
  expect(await olga.read('/api/v1/sessions')).toMatchObject({
    members: expect.arrayContaining([
      expect.objectContaining({ member: { staffId: 'anna', name: 'anna' }, browsers: 2 }),
      expect.objectContaining({ member: { staffId: 'olga', name: 'olga' }, browsers: 1 }),
    ]),
  });
  expect(await (await olga.send('/api/v1/members/ANNA/sessions/end', {})).json()).toEqual({ ended: 2 });
  expect([await isIn(anna), await isIn(olga)]).toEqual([false, true]);
  const { members } = (await olga.read('/api/v1/sessions')) as { members: { member: object }[] };
  expect(members.map(({ member }) => member)).toEqual([{ staffId: 'olga', name: 'olga' }]);
});

it('ends when the member leaves the corp, so that it does not hold again for who comes back', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  world.platform.actions.removeStaff({ userid: 'anna' });
  await world.settled();
  const member = await world.context.staff.find('anna');
  if (!member) throw new Error('nobody is forgotten');
  await world.context.staff.saveAll([{ ...member, isActive: true, standing: 'active', inactiveAt: null }]);
  expect((await anna.go('/api/v1/me')).status).toBe(401);
});

it('stays with a member whose userid was changed', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  world.platform.actions.updateStaff({ userid: 'anna', newUserid: 'anna.li' });
  await world.settled();
  expect(await anna.read('/api/v1/me')).toMatchObject({ staffId: 'anna.li' });
  const ended = await anna.send('/api/v1/me/sessions/end', { everywhere: true });
  expect(await ended.json()).toEqual({ ended: 1 });
});

it('is refused by every process within seconds of its end on another', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  expect(await isIn(anna)).toBe(true);
  const connection = await createConnection(world.uri, { autoIndex: false, autoCreate: false }).asPromise();
  const [by, why, at] = ['olga', 'by_admin' as const, world.context.now()];
  expect(await createSessionStore(connection).endAll('anna', { by, why, at })).toBe(1);
  await expect.poll(() => isIn(anna), { timeout: 10_000 }).toBe(false);
  await connection.destroy();
});

it('is on record when it begins, when it ends, and when it is refused', async () => {
  const world = await aSmallWorld();
  const anna = await aSession(world.origin, 'anna');
  const copy = aCopy(world.origin, anna);
  await anna.go('/auth/logout');
  await copy.go('/api/v1/me');
  await aVisitor(world.origin, 'customer:wm1').follow('/auth/login');
  const [begun, ended, refused, stranger] = await recordOf(world.context);
  expect(begun).toMatchObject({ act: 'session.begin', by: 'anna', subject: 'staff:anna' });
  expect(ended).toMatchObject({ act: 'session.end', by: 'anna', why: 'signed_out' });
  expect(refused).toMatchObject({ act: 'session.refuse', by: 'anna', reason: 'ended', count: 1 });
  expect(stranger).toMatchObject({ act: 'sign-in.refuse', by: 'anonymous', reason: 'not_a_member' });
});

it('leaves little on record of a flood of refused keys and sessions, and says how many there were', async () => {
  const world = await aSmallWorld();
  const visitor = aVisitor(world.origin);
  for (let each = 0; each < 25; each += 1) {
    await visitor.go('/api/v1/me', { headers: { authorization: `Bearer gk_${each}` } });
    visitor.jar.set(SESSION, `made-up.${each}`);
    await visitor.go('/api/v1/me');
  }
  const record = await recordOf(world.context);
  const counts = (act: string) =>
    record.filter((each) => each.act === act).map((each) => 'count' in each && each.count);
  expect([counts('key.refuse'), counts('session.refuse')]).toEqual([
    [1, 10],
    [1, 10],
  ]);
});

it('tells on record which key was refused after it was revoked', async () => {
  const world = await aSmallWorld();
  const olga = await aSession(world.origin, 'olga');
  const wish = { name: 'ERP', scopes: ['export'], perMinute: 60 };
  const { id, secret } = (await (await olga.send('/api/v1/api-keys', wish)).json()) as {
    id: string;
    secret: string;
  };
  await olga.send(`/api/v1/api-keys/${id}/revoke`, {});
  const asked = await fetch(`${world.origin}/api/v1/exports/accounts`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(asked.status).toBe(401);
  expect((await recordOf(world.context)).at(-1)).toMatchObject({
    act: 'key.refuse',
    by: `key:${id}`,
    reason: 'revoked',
  });
});
