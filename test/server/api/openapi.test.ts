import { expect, it } from 'vitest';
import { aDoor } from '../../support/a-door.ts';
import { declaredRoutes } from '../../support/all-routes.ts';
import { aWorld } from '../../support/a-world.ts';

type Operation = {
  operationId: string;
  description?: string;
  security: object[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: object };
  responses: Record<string, { description: string; content: object }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: { session: { name: string } } };
};

async function aDocument() {
  const world = await aWorld();
  const answer = await fetch(`${world.origin}/api/v1/openapi.json`);
  expect(answer.status).toBe(200);
  const routes = declaredRoutes().map((route) => route.replace(' ', ' /api/v1'));
  return { document: (await answer.json()) as Document, routes };
}

it('describes every route of the API from its contract, and nothing else; the document holds together', async () => {
  const { document, routes } = await aDocument();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const described = operations.map(
    ({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  expect(described.sort()).toEqual([...new Set(routes)].sort());
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Genjin 跟进', version: 'v1' } });
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const given = operation.parameters.filter((each) => each.in === 'path');
    expect(given.map(({ name }) => name)).toEqual(named);
    expect(given.every(({ required }) => required)).toBe(true);
    expect(operation.responses).toMatchObject({ 200: { content: {} }, default: { content: {} } });
  }
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(refs.length).toBeGreaterThan(0);
  for (const [, name = ''] of refs) expect(document.components.schemas).toHaveProperty(name);
});

it('says what an ERP sends, what comes back, and who may', async () => {
  const { document } = await aDocument();
  const orders = document.paths['/api/v1/orders']?.['post'];
  expect(orders).toMatchObject({
    operationId: 'postOrders',
    description: 'Roles: admin; an API key with scope orders:write',
    security: [{ session: [] }, { key: [] }],
  });
  const body = JSON.stringify(orders?.requestBody);
  for (const word of ['"amountYuan"', '"maxItems":500', '"paidOn"']) expect(body).toContain(word);
  expect(JSON.stringify(orders?.responses['200'])).toContain('"rejected"');
  expect(document.paths['/api/v1/openapi.json']?.['get']?.security).toEqual([]);
});

it.each([
  ['http://crm.example', 'genjin_session'],
  ['https://crm.example', '__Host-genjin_session'],
])('names the cookie that browsers get at %s: %s', async (publicUrl, name) => {
  const { context } = await aWorld();
  const { origin } = await aDoor({ ...context, site: { ...context.site, publicUrl } });
  const described = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as Document;
  expect(described.components.securitySchemes.session.name).toBe(name);
  const left = await fetch(`${origin}/auth/logout`);
  expect(left.headers.getSetCookie().map((line) => line.split('=')[0])).toContain(name);
});
