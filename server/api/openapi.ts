import { Router } from '@koa/router';
import { grantOf } from '../domain/permission.ts';
import { describeRoutes, openapiOf, type Callers, type Layer } from '../http/describe-routes.ts';
import { endpoint } from '../http/endpoint.ts';
import { API_PREFIX } from './caller.ts';
import { GetOpenapi } from './contract/openapi.ts';

/** The description of the API, read off its own routes. */
export const openapiRoutes = (layers: () => readonly Layer[]) =>
  new Router().get(
    '/openapi.json',
    endpoint(GetOpenapi, async () =>
      openapiOf(describeRoutes(layers(), { prefix: API_PREFIX, callersOf }), {
        title: 'Genjin 跟进',
        version: 'v1',
      }),
    ),
  );

function callersOf(route: string): Callers {
  const grant = grantOf(route);
  if (!grant) return null;
  const key = grant.scope ? `; an API key with scope ${grant.scope}` : '';
  return { description: `Roles: ${grant.roles.join(', ')}${key}`, byKey: Boolean(grant.scope) };
}
