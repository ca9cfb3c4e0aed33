import { z } from 'zod';
import { shapeOf, type Access, type Schemas } from './endpoint.ts';

/** A route as the router holds it. */
export type Layer = { path: string | RegExp; methods: string[]; stack: readonly object[] };

/** A route as its router and its shape have it; `route` is `METHOD /path` as declared, without the prefix of all. */
export type Route = { route: string; method: string; path: string; shape: Schemas };

/** Every route with a shape. */
export const routesOf = (layers: readonly Layer[], prefix: string): Route[] =>
  layers.flatMap(({ path, methods, stack }) => {
    const shape = stack.map(shapeOf).find(Boolean);
    if (!shape || typeof path !== 'string') return [];
    return methods
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ route: `${method} ${path.slice(prefix.length)}`, method, path, shape }));
  });

const ERROR_REF = { $ref: '#/components/schemas/Error' };
const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        requestId: { type: 'string' },
        details: {},
      },
    },
  },
};

/** What the document says beside its routes; `cookie` names the session's. */
type About = { title: string; version: string; cookie: string };

/** The routes as an OpenAPI 3.1 document. */
export function openapiOf(routes: readonly Route[], { cookie, ...info }: About) {
  const paths: Record<string, Record<string, object>> = {};
  for (const each of routes) {
    const path = each.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [each.method.toLowerCase()]: operationOf(each) };
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { Error: ERROR_SCHEMA },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookie },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operationOf({ route, method, shape }: Route): object {
  const path = route.slice(method.length + 1);
  const body = schemaOf(shape.body, 'input');
  const hasBody = method !== 'GET' && Object.keys(body).length > 0;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_all, next: string = '') => next.toUpperCase())}`,
    ...callersOf(shape.access),
    parameters: [...parametersOf(shape.params, 'path'), ...parametersOf(shape.query, 'query')],
    ...(hasBody ? { requestBody: { required: true, content: jsonOf(body) } } : {}),
    responses: responsesOf(shape),
  };
}

function callersOf(access: Access): { description?: string; security: object[] } {
  if (access === 'anybody') return { security: [] };
  const { roles, scope } = access;
  const key = scope ? `; an API key with scope ${scope}` : '';
  return {
    description: `Roles: ${roles.join(', ')}${key}`,
    security: [{ session: [] }, ...(scope ? [{ key: [] }] : [])],
  };
}

function responsesOf({ answer, accepted }: Schemas): object {
  const content = accepted && jsonOf(schemaOf(accepted, 'output'));
  return {
    200: { description: 'OK', content: jsonOf(schemaOf(answer, 'output')) },
    ...(content ? { 202: { description: 'Begun; ask again', content } } : {}),
    default: { description: 'Refused; `code` tells why', content: jsonOf(ERROR_REF) },
  };
}

const jsonOf = (schema: object) => ({ 'application/json': { schema } });

type ObjectSchema = { properties?: Record<string, object>; required?: string[] };

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as ObjectSchema;
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: each,
  }));
}

/** What cannot be said in JSON Schema (a transformation, a date) is left open. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  });
  return rest;
}
