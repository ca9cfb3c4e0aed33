import { expect, it, onTestFinished } from 'vitest';
import { EVENT_STATES } from '../../../server/domain/system/event.ts';
import { aDatabase } from '../../support/a-database.ts';
import { aDoor } from '../../support/a-door.ts';
import { aHangingProxy } from '../../support/a-hanging-proxy.ts';
import { aCallback, contactXml, post } from '../../support/a-callback.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** A world whose database can be made to say nothing, behind a door that is soon out of patience. */
async function aFragileWorld() {
  const database = aDatabase();
  onTestFinished(() => database.drop());
  const uri = new URL(database.uri);
  const path = decodeURIComponent(uri.hostname);
  const way = await aHangingProxy(
    path.startsWith('/') ? { path } : { host: path, port: Number(uri.port || 27017) },
  );
  uri.hostname = '127.0.0.1';
  uri.port = String(way.port);
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { MONGODB_URI: uri.href } });
  const door = await aDoor(world.context, { patience: { patienceMs: 150, longestMs: 60_000 } });
  return { world, way, ...door };
}

it('tells a caller, a page and a probe that the database does not answer, and goes on when it is back', async () => {
  const { way, origin, world } = await aFragileWorld();
  const anna = await aMember(origin, 'anna');
  way.hang();
  const answer = await anna.go('/api/v1/due');
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([
    503,
    '5',
    { error: { code: 'database_away', message: '数据库暂时没有响应，请稍后再试' } },
  ]);
  const page = await anna.go('/s/c/some-campaign?code=c&state=s', { headers: { accept: 'text/html' } });
  expect(page.status).toBeLessThan(500);
  const ready = await fetch(`${world.origin}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([
    503,
    { status: 'not_ready', parts: { database: 'late' } },
  ]);
  way.resume();
  await expect.poll(async () => (await anna.go('/api/v1/due')).status).toBe(200);
});

it('does not say yes to an event that it could not keep, and takes it when it is sent again', async () => {
  const { way, origin, world } = await aFragileWorld();
  const letter = aCallback(
    contactXml('add_external_contact', {
      at: '2026-03-11T10:00:00+08:00',
      UserID: 'anna',
      ExternalUserID: 'wm1',
    }),
  );
  way.hang();
  const refused = await post(origin, letter);
  expect([refused.status, await refused.text()]).toEqual([503, expect.not.stringMatching(/^success$/)]);
  way.resume();
  await expect.poll(async () => (await post(origin, letter)).status).toBe(200);
  const counts = await Promise.all(EVENT_STATES.map((state) => world.context.inbox.count(state)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});
