import { z } from 'zod';
import { shapeOf, type Schemas } from './endpoint.ts';

/** A route as the router holds it. */
export type Layer = { path: string | RegExp; methods: string[]; stack: readonly object[] };

/** Who may call a route, for people; null: anybody. */
export type Callers = { description: string; byKey: boolean } | null;

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

type Described = { route: string; path: string; method: string; operation: object };

/** Every route with a shape; `callersOf` is asked with `METHOD /path` as declared, without `prefix`. */
export function describeRoutes(
  layers: readonly Layer[],
  { prefix, callersOf }: { prefix: string; callersOf: (route: string) => Callers },
): Described[] {
  return layers.flatMap(({ path, methods, stack }) => {
    const shape = stack.map(shapeOf).find(Boolean);
    if (!shape || typeof path !== 'string') return [];
    return methods
      .filter((method) => method !== 'HEAD')
      .map((method) => {
        const route = `${method} ${path.slice(prefix.length)}`;
        const operation = operationOf(shape, { route, callers: callersOf(route) });
        return { route, path: path.replaceAll(/:(\w+)/g, '{$1}'), method: method.toLowerCase(), operation };
      });
  });
}

/** What the document says beside its routes; `cookie` names the session's. */
type About = { title: string; version: string; cookie: string };

/** The whole as an OpenAPI 3.1 document. */
export function openapiOf(described: readonly Described[], { cookie, ...info }: About) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operation } of described) paths[path] = { ...paths[path], [method]: operation };
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

function operationOf(shape: Schemas, { route, callers }: { route: string; callers: Callers }): object {
  const [method = '', path = ''] = route.split(' ');
  const body = schemaOf(shape.body, 'input');
  const hasBody = method !== 'GET' && Object.keys(body).length > 0;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_all, next: string = '') => next.toUpperCase())}`,
    ...(callers ? { description: callers.description } : {}),
    security: callers ? [{ session: [] }, ...(callers.byKey ? [{ key: [] }] : [])] : [],
    parameters: [...parametersOf(shape.params, 'path'), ...parametersOf(shape.query, 'query')],
    ...(hasBody ? { requestBody: { required: true, content: jsonOf(body) } } : {}),
    responses: responsesOf(shape),
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
