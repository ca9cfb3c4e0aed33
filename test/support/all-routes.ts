import type Router from '@koa/router';
import { createApp } from '../../server/app.ts';
import { PAGES_DIR } from '../../server/boot/open-platform.ts';
import { createEventQueue } from '../../server/callback/queue.ts';
import type { Context } from '../../server/context.ts';
import { routesOf, type Layer } from '../../server/http/describe-routes.ts';
import { corpKeys } from './a-callback.ts';

const PREFIX = '/api/v1';

/** What routes are declared with; nobody asks them anything. */
const nobodyAsks = { site: { publicUrl: 'http://crm.example', trustedProxies: 0 } } as unknown as Context;

/** The layers of the app below /api/v1 that answer, as the routers hold them. */
export function allLayers(): Layer[] {
  const queue = createEventQueue(async () => undefined);
  const app = createApp({ context: nobodyAsks, keys: corpKeys(), queue, pagesDir: PAGES_DIR });
  const layers = app.middleware.flatMap((each) => ('router' in each ? (each.router as Router).stack : []));
  return layers.filter(({ path, methods }) => methods.length > 0 && path.toString().startsWith(PREFIX));
}

/** Every route of the app below /api/v1, whatever answers it, as `METHOD /path` without that prefix. */
export const declaredRoutes = (): string[] =>
  allLayers().flatMap(({ methods, path }) =>
    methods
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${path.toString().slice(PREFIX.length)}`),
  );

/** Every route that has a shape, with what it says. */
export const shapedRoutes = () => routesOf(allLayers(), PREFIX);

/** Every route that needs a caller: which roles and which scope it names, and what it loads. */
export const signedRoutes = () =>
  shapedRoutes().flatMap(({ route, shape: { access, load } }) =>
    access === 'anybody' ? [] : [{ route, ...access, load }],
  );
