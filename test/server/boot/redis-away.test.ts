import { expect, it, onTestFinished } from 'vitest';
import { aHangingProxy } from '../../support/a-hanging-proxy.ts';
import { openRedis } from '../../support/open-redis.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';

/** A world with a Redis that can die, or say nothing. */
async function aWorldOnRedis() {
  const redis = await openRedis();
  const way = await aHangingProxy({ host: '127.0.0.1', port: Number(new URL(redis.url).port) });
  const settings = { REDIS_URL: `redis://127.0.0.1:${way.port}`, ADMIN_USERIDS: 'olga' };
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]), settings });
  onTestFinished(() => redis.close());
  await world.run(syncContactsJob);
  return { world, redis, way };
}

/** Signs in, makes a key and uses it, and opens a survey that does not exist: what each is answered with. */
async function tour({ origin }: LivingWorld, name: string) {
  const olga = await aMember(origin, 'olga');
  const made = await olga.send('/api/v1/api-keys', { name, scopes: ['accounts:read'] });
  const { secret } = (await made.json()) as { secret: string };
  const byKey = await fetch(`${origin}/api/v1/accounts`, { headers: { authorization: `Bearer ${secret}` } });
  const survey = await fetch(`${origin}/api/v1/survey/unknown`);
  const ready = await fetch(`${origin}/readyz`);
  return {
    me: (await olga.go('/api/v1/me')).status,
    made: made.status,
    byKey: byKey.status,
    survey: survey.status,
    ready: ready.status,
  };
}
const WELL = { me: 200, made: 200, byKey: 200, survey: 404, ready: 200 };

it.each(['dies', 'says nothing'])(
  'signs in, takes keys and answers surveys while Redis %s',
  async (trouble) => {
    const { world, redis, way } = await aWorldOnRedis();
    expect(await tour(world, 'before')).toEqual(WELL);
    if (trouble === 'dies') await redis.close();
    else way.hang();
    expect(await tour(world, 'during')).toEqual(WELL);
    await world.run(syncContactsJob);
  },
);

it('counts callers by itself while Redis is away', async () => {
  const { world, redis } = await aWorldOnRedis();
  await redis.close();
  const statuses: number[] = [];
  for (let n = 0; n < 121; n += 1) statuses.push((await fetch(`${world.origin}/api/v1/openapi.json`)).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

it('shows Redis as degraded while it is away', async () => {
  const { world, redis } = await aWorldOnRedis();
  await redis.close();
  const answer = await fetch(`${world.origin}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { status: 'degraded', parts: { database: 'ok' } },
  ]);
});
