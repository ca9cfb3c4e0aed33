import { expect, it } from 'vitest';
import { eachAtOnce } from '../../../server/infra/streams.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

type Parameter = { name: string; in: 'path' | 'query' };
type Document = { paths: Record<string, Record<string, { parameters: Parameter[] }>> };

const IN_PATHS = ['%00', '%ff', '%ED%A0%BD', '..%2f..', '(', '__proto__', '$ne', 'x'.repeat(5000)];
const IN_QUERIES = IN_PATHS.concat(
  ['', '-1', '1e308', '99999999999999999999', '0000-01-01', '9999-12-31', '-271821-04-20', '2026-02-30'],
  ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59%2B23:59', '999999999999999_x', '1&{name}=2', '&{name}[$gt]='],
);

/** Every address that such a value makes of a parameter. */
function addressesOf(path: string, { name, in: place }: Parameter): string[] {
  const others = path.replaceAll(/\{(\w+)\}/g, (whole, each: string) => (each === name ? whole : 'x'));
  if (place === 'path') return IN_PATHS.map((value) => others.replace(`{${name}}`, value));
  return IN_QUERIES.map((value) => `${others}?${name}=${value.replaceAll('{name}', name)}`);
}

async function anOffice() {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const olga = await aMember(world.origin, 'olga');
  return { ...world, olga };
}

it('answers no value of any parameter with a fault of its own, whatever it is', async () => {
  const { olga } = await anOffice();
  const { paths } = (await olga.read('/api/v1/openapi.json')) as Document;
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters }]) =>
      parameters.flatMap((each) => addressesOf(path, each).map((address) => ({ method, path: address }))),
    ),
  );
  expect(asked.length).toBeGreaterThan(500);
  const faults: string[] = [];
  await eachAtOnce(asked, 20, async ({ method, path }) => {
    const body = method === 'get' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' };
    const { status } = await olga.go(path, { method: method.toUpperCase(), ...body });
    if (status >= 500) faults.push(`${method} ${path.slice(0, 120)} ${status}`);
  });
  expect(faults).toEqual([]);
});

it.each([
  '/api/v1/channels?since=0000-01-01',
  '/api/v1/channels?since=3000-01-01',
  '/api/v1/audit?from=0001-01-01T00:00:00Z',
])('says of %s which days can be asked for', async (path) => {
  const { olga } = await anOffice();
  const answer = await olga.go(path);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining('1970-01-01') } });
});
