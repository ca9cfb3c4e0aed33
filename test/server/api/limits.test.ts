import { describe, expect, it } from 'vitest';
import { aDoor } from '../../support/a-door.ts';
import { anOpenCampaign, ask } from '../../support/nps-world.ts';
import { post } from '../../support/a-callback.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld, aWorld } from '../../support/a-world.ts';

type Sent = { path: string; init?: RequestInit };

/** The statuses of many requests, fifty at a time. */
async function statuses(origin: string, requests: readonly Sent[]): Promise<number[]> {
  const found: number[] = [];
  for (let first = 0; first < requests.length; first += 50) {
    const some = requests.slice(first, first + 50);
    const answers = await Promise.all(
      some.map(async ({ path, init }) => {
        const answer = await fetch(`${origin}${path}`, init);
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    found.push(...answers);
  }
  return found;
}
const times = (count: number, sent: (index: number) => Sent) =>
  Array.from({ length: count }, (_, index) => sent(index));
const countOf = (found: readonly number[], status: number) => found.filter((each) => each === status).length;
const forwarded = (address: string): RequestInit => ({ headers: { 'x-forwarded-for': address } });
const DESCRIPTION = '/api/v1/openapi.json';

it('builds the description of the API once, packs it, and answers 304 to who has it', async () => {
  const { origin } = await aWorld();
  const first = await fetch(`${origin}${DESCRIPTION}`, { headers: { 'accept-encoding': 'gzip' } });
  const etag = first.headers.get('etag') ?? '';
  expect([first.headers.get('content-encoding'), etag]).toEqual([
    'gzip',
    expect.stringMatching(/^"[\w-]{43}"$/),
  ]);
  const document: unknown = await first.json();
  const plain = await fetch(`${origin}${DESCRIPTION}`, { headers: { 'accept-encoding': 'identity' } });
  expect([plain.headers.get('content-encoding'), plain.headers.get('etag')]).toEqual(['identity', etag]);
  expect(await plain.json()).toEqual(document);
  const again = await fetch(`${origin}${DESCRIPTION}`, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

describe('visitors', () => {
  it('who invents addresses is one visitor while no proxy is trusted', async () => {
    const { origin } = await aWorld();
    const found = await statuses(
      origin,
      times(121, (n) => ({ path: DESCRIPTION, init: forwarded(`198.51.100.${n}`) })),
    );
    expect([countOf(found, 200), countOf(found, 429)]).toEqual([120, 1]);
  });

  it.each([
    ['1', (n: number) => `6.6.6.${n}, 203.0.113.7`, 1],
    ['1', (n: number) => `6.6.6.6, 203.0.113.${n}`, 0],
    ['2', (n: number) => `6.6.6.${n}, 203.0.113.7, 10.0.0.${n}`, 1],
    ['2', (n: number) => `6.6.6.6, 203.0.113.${n}, 10.0.0.1`, 0],
    ['1', (n: number) => `2001:db8:1:2::${n}`, 1],
  ])('of TRUSTED_PROXIES=%s the entries from the right count', async (proxies, header, refused) => {
    const { origin } = await aWorld({ settings: { TRUSTED_PROXIES: proxies } });
    const found = await statuses(
      origin,
      times(121, (n) => ({ path: DESCRIPTION, init: forwarded(header(n)) })),
    );
    expect(countOf(found, 429)).toBe(refused);
  });

  it.each([
    ['/sidebar/', 600],
    ['/healthz', 600],
    ['/nowhere', 300],
    ['/api/v1/nowhere', 300],
    ['/api/v1/me', 300],
    ['/auth/callback', 600],
  ])('%s answers %i times a minute', async (path, most) => {
    const { origin } = await aWorld();
    const found = await statuses(
      origin,
      times(most + 1, () => ({ path, init: { redirect: 'manual' } })),
    );
    expect(countOf(found, 429)).toBe(1);
  });

  it('events of WeCom are never counted by address', async () => {
    const { origin } = await aWorld();
    const query = { msg_signature: '0', timestamp: '0', nonce: '0' };
    const found: number[] = [];
    for (let n = 0; n < 14; n += 1)
      found.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, async () => (await post(origin, { query, body: '<xml/>' })).status),
        )),
      );
    expect([found.length, countOf(found, 429)]).toEqual([700, 0]);
  });
});

describe('surveys', () => {
  it('are counted by link, wherever it is opened', async () => {
    const { world, campaign } = await anOpenCampaign([['anna', 'wm1', '甲']]);
    const { context } = world;
    await ask(world);
    const path = `/api/v1/survey/${context.signer.seal('survey', `${campaign._id}:wm1`)}`;
    const { origin } = await aDoor({ ...context, site: { ...context.site, trustedProxies: 1 } });
    const found = await statuses(
      origin,
      times(61, (n) => ({ path, init: forwarded(`198.51.100.${n}`) })),
    );
    expect([countOf(found, 200), countOf(found, 429)]).toEqual([60, 1]);
  });

  it('guesses are counted by address, and hold nobody back who has a link', async () => {
    const { world, campaign } = await anOpenCampaign([['anna', 'wm1', '甲']]);
    await ask(world);
    const guesses = times(61, (n) => ({ path: `/api/v1/survey/guess${n}` }));
    const found = await statuses(world.origin, guesses);
    expect([countOf(found, 404), countOf(found, 429)]).toEqual([60, 1]);
    const path = `/api/v1/survey/${world.context.signer.seal('survey', `${campaign._id}:wm1`)}`;
    expect(await statuses(world.origin, [{ path }])).toEqual([200]);
  });
});

describe('callers', () => {
  it('who asks too much waits, and fills no record; colleagues at the same address go on', async () => {
    const world = await aSyncedWorld();
    const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
    const cookie = [...anna.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const noted = async () => (await world.context.audit.list({ limit: 1000 })).length;
    const before = await noted();
    const found = await statuses(
      world.origin,
      times(320, () => ({ path: '/api/v1/me', init: { headers: { cookie } } })),
    );
    expect(countOf(found, 200)).toBeLessThanOrEqual(300);
    expect(countOf(found, 200) + countOf(found, 429)).toBe(320);
    const refused = await anna.go('/api/v1/me');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      429,
      '60',
      { error: { code: 'too_many_requests', message: '操作太频繁，请一分钟后再试' } },
    ]);
    const passed = countOf(found, 200);
    await expect.poll(noted).toBeGreaterThanOrEqual(before + passed);
    expect(await noted()).toBeLessThanOrEqual(before + passed + 3); // the sign-ins may come late
    expect((await ben.go('/api/v1/me')).status).toBe(200);
  });

  it('strangers at the same address hold nobody back who is signed in', async () => {
    const world = await aSyncedWorld();
    const anna = await aMember(world.origin, 'anna');
    const strangers = times(310, () => ({
      path: '/api/v1/due',
      init: { headers: { authorization: 'Bearer gk_guess' } },
    }));
    expect(countOf(await statuses(world.origin, strangers), 429)).toBe(10);
    expect((await anna.go('/api/v1/me')).status).toBe(200);
  });
});
