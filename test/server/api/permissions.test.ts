import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../../server/domain/staff/permission.ts';
import { startCampaign } from '../../../server/flows/nps/start-campaign.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, aVisitor, type Visitor } from '../../support/a-visitor.ts';
import { handsOf, type LivingWorld } from '../../support/a-world.ts';
import { declaredRoutes, signedRoutes } from '../../support/all-routes.ts';
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

it('has an entry for every route', () => {
  const declared = declaredRoutes().map((route) => route.replace(' ', ' /api/v1'));
  expect(declared.sort()).toEqual(Object.keys(ROUTES).sort());
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

const scopeOf = new Map(signedRoutes().map(({ route, scope }) => [route, scope]));

/** What a key of this scope should be answered: as the administrator is, or 403. */
const answersFor = (scope: Scope | null, refused: number) =>
  Object.entries(ROUTES).flatMap(([route, { expected }]) => {
    if (expected[0] === 200) return [];
    const isGranted = scope !== null && scopeOf.get(route.replace('/api/v1', '')) === scope;
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
