import type Router from '@koa/router';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { grantOf, PERMISSIONS, SCOPES, type Scope } from '../../../server/domain/staff/permission.ts';
import { createEventQueue } from '../../../server/callback/queue.ts';
import { PAGES_DIR } from '../../../server/boot/open-platform.ts';
import { startCampaign } from '../../../server/flows/nps/start-campaign.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, aVisitor, type Visitor } from '../../support/a-visitor.ts';
import { handsOf, type LivingWorld } from '../../support/a-world.ts';
import { corpKeys } from '../../support/a-letter.ts';
import { ask } from '../../support/nps-world.ts';
import { openWorld } from '../../support/open-world.ts';
import { onlyActive } from '../../support/only-active.ts';
import { PEOPLE, ROUTES } from './permission-cases.ts';

let world: LivingWorld;
let token: string;
let jiaId: string;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  const corp = aTeamCorp([
    ['anna', 'wm1', '甲'],
    ['eve', 'wm1', '甲'],
    ['ben', 'wm2', '甲'],
  ]);
  const lena = corp.staff.find(({ userid }) => userid === 'anna');
  if (lena) corp.staff.push({ ...lena, userid: 'eve', name: 'eve' });
  const opened = await openWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  world = { ...opened, ...handsOf(opened) };
  await world.run(syncContactsJob);
  const campaign = await startCampaign(world.context, { name: '一季度', tiers: [] });
  await ask(world);
  token = world.context.signer.seal('survey', `${campaign._id}:wm1`);
  visitors.set('signed out', aVisitor(world.origin));
  for (const name of PEOPLE.slice(1)) visitors.set(name, await aMember(world.origin, name));
  await onlyActive(world.context, PEOPLE.slice(1, -1));
  jiaId = (await world.context.accounts.findByKey('甲'))?._id ?? '';
});
afterAll(() => world.close());

/** Every route of the app below /api/v1 as `METHOD path`. */
function allRoutes(): string[] {
  const queue = createEventQueue(async () => undefined);
  const app = createApp({ context: world.context, keys: corpKeys(), queue, pagesDir: PAGES_DIR });
  const layers = app.middleware.flatMap((each) => ('router' in each ? (each.router as Router).stack : []));
  return layers
    .filter(({ path }) => path.toString().startsWith('/api/v1'))
    .flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path.toString()}`),
    );
}

it('has an entry for every route', () => {
  expect(allRoutes().sort()).toEqual(Object.keys(ROUTES).sort());
});

it('gives every route that needs a caller to somebody, and names no route that is not there', () => {
  const open = Object.keys(ROUTES).filter((route) => ROUTES[route]?.expected[0] === 200);
  const granted = allRoutes().filter((route) => !open.includes(route));
  const named = granted.map((route) => route.replace('/api/v1', ''));
  expect(named.filter((route) => !grantOf(route)?.roles.length)).toEqual([]);
  expect(Object.keys(PERMISSIONS).filter((route) => !named.includes(route))).toEqual([]);
});

const CASES = Object.entries(ROUTES).flatMap(([route, spec]) =>
  PEOPLE.map((person, index) => ({ route, person, status: spec.expected[index] ?? 0 })),
);

async function visit(route: string, person: string): Promise<Response> {
  const spec = ROUTES[route];
  const visitor = visitors.get(person);
  if (!spec || !visitor) throw new Error(`${person} cannot visit ${route}`);
  const address = spec.path({ token, jiaId, origin: world.origin });
  const [method = ''] = route.split(' ');
  const headers = { 'content-type': 'application/json' };
  return visitor.go(address, method === 'GET' ? {} : { method, headers, body: JSON.stringify(spec.body) });
}

it.each(CASES)('$route, $person: $status', async ({ route, person, status }) => {
  const answer = await visit(route, person);
  expect(answer.status).toBe(status);
  const isPublic = route === 'GET /api/v1/openapi.json';
  expect(answer.headers.get('cache-control')).toBe(isPublic && status === 200 ? 'no-cache' : 'no-store');
});

/** Asks every route that needs a caller as a machine does; answers as `status METHOD path`. */
async function askAll(secret: string): Promise<string[]> {
  const asked = Object.entries(ROUTES).filter(([, { expected }]) => expected[0] !== 200);
  const answers = [];
  for (const [route, { path, body }] of asked) {
    const [method = ''] = route.split(' ');
    const answer = await fetch(new URL(path({ token, jiaId, origin: world.origin }), world.origin), {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    answers.push(`${answer.status} ${route}`);
  }
  return answers;
}

async function aKey(scope: Scope): Promise<{ id: string; secret: string }> {
  const wish = { name: scope, scopes: [scope], perMinute: 6000 };
  const made = await visitors.get('olga')?.send('/api/v1/api-keys', wish);
  return (await made?.json()) as { id: string; secret: string };
}

/** What a key of this scope should be answered: as the administrator is, or 403. */
const answersFor = (scope: Scope | null, refused: number) =>
  Object.entries(ROUTES).flatMap(([route, { expected }]) => {
    if (expected[0] === 200) return [];
    const isGranted = scope !== null && grantOf(route.replace('/api/v1', ''))?.scope === scope;
    return [`${isGranted ? expected[5] : refused} ${route}`];
  });

it.each(SCOPES)('lets a key of scope %s call its routes and no other', async (scope) => {
  expect(await askAll((await aKey(scope)).secret)).toEqual(answersFor(scope, 403));
});

it('lets a revoked key call nothing', async () => {
  const { id, secret } = await aKey('orders:write');
  await visitors.get('olga')?.send(`/api/v1/api-keys/${id}/revoke`, {});
  expect(await askAll(secret)).toEqual(answersFor(null, 401));
});

it.each([
  ['signed out', 'signed_out'],
  ['ben', 'not_your_contact'],
  ['eve', 'not_a_member'],
])('tells %s why: %s', async (person, code) => {
  const answer = await visit('GET /api/v1/contacts/:externalUserId/profile', person);
  expect(await answer.json()).toEqual({
    error: { code, message: expect.any(String), requestId: expect.any(String) },
  });
});

it('shows a manager the team of the department below the one they lead, too', async () => {
  await world.context.departments.replaceAll([
    { _id: 2, name: '', parentId: 3 },
    { _id: 3, name: '', parentId: 0 },
  ]);
  expect((await visitors.get('mark')?.go('/api/v1/contacts/wm1/profile'))?.status).toBe(200);
  expect((await visitors.get('lena')?.go('/api/v1/contacts/wm1/profile'))?.status).toBe(200);
});

it('still shows a member whom they once followed', async () => {
  await world.context.relations.lose(
    { staffId: 'ben', externalUserId: 'wm2' },
    'by_contact',
    world.context.now(),
  );
  const profile = await visitors.get('ben')?.read('/api/v1/contacts/wm2/profile');
  expect(profile).toMatchObject({ contact: { isLost: true, followers: [] } });
});

const statusForBen = async (path: string) => (await visitors.get('ben')?.go(`/api/v1/${path}`))?.status;

it('knows no contact that was never synchronised, and no other address', async () => {
  const paths = ['contacts/wmNobody/profile', `contacts/${'x'.repeat(65)}/profile`, 'nothing'];
  expect(await Promise.all(paths.map(statusForBen))).toEqual([404, 400, 404]);
});
