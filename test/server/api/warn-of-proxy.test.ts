import { expect, it } from 'vitest';
import { reviewProxy } from '../../../server/api/warn-of-proxy.ts';
import { checkProxies } from '../../../server/flows/doctor/check-proxies.ts';
import { aDoor } from '../../support/a-door.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const openKinds = async ({ context }: LivingWorld) => (await context.notices.open()).map(({ kind }) => kind);
const PROXIED = { headers: { 'x-forwarded-for': '203.0.113.9' } };
const verdictOf = (context: LivingWorld['context']) => checkProxies(context.doctor());

it('tells log, administrators and doctor once of a proxy that the settings do not tell of', async () => {
  const world = await aWorld();
  const { origin, lines } = await aDoor(world.context);
  await fetch(`${origin}/healthz`);
  expect(await openKinds(world)).toEqual([]);
  for (let n = 0; n < 3; n += 1) await fetch(`${origin}/healthz`, PROXIED);
  await expect.poll(() => openKinds(world)).toEqual(['proxy-not-trusted']);
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  expect(await verdictOf(world.context)).toMatchObject({ status: 'warn', code: 'met' });
});

it('a start tells it again until the proxy is expected', async () => {
  const world = await aWorld();
  await fetch(`${world.origin}/healthz`, PROXIED);
  await expect.poll(() => openKinds(world)).toEqual(['proxy-not-trusted']);
  const { context, lines } = await aDoor(world.context);
  await reviewProxy(context);
  expect(lines).toMatchObject([{ level: 'warn', fields: { setting: 'TRUSTED_PROXIES' } }]);
  await reviewProxy({ ...context, site: { ...context.site, trustedProxies: 1 } });
  expect([lines.length, await openKinds(world)]).toEqual([1, []]);
});

it.each([
  [0, 'http://crm.example.com', 0],
  [0, 'https://crm.example.com', 1],
  [1, 'https://crm.example.com', 0],
])('a start with TRUSTED_PROXIES=%i at %s warns %i time(s)', async (trustedProxies, publicUrl, warnings) => {
  const { context, lines } = await aDoor((await aWorld()).context);
  await reviewProxy({ ...context, site: { ...context.site, trustedProxies, publicUrl } });
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(warnings);
});

it('says nothing where proxies are trusted', async () => {
  const world = await aWorld({ settings: { TRUSTED_PROXIES: '1' } });
  await fetch(`${world.origin}/healthz`, PROXIED);
  expect([await openKinds(world), await verdictOf(world.context)]).toMatchObject([[], { status: 'ok' }]);
});
