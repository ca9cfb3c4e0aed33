import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listFailed } from '../flows/events/list-failed.ts';
import { replayEvent } from '../flows/events/replay-event.ts';
import { listNotices } from '../flows/notices/list-notices.ts';
import { listSyncs } from '../flows/syncs/list-syncs.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetEvents, GetNotices, GetSyncs, PostReplay, PostSync } from './contract/console.ts';

const SYNCS_SHOWN = 14;
const EVENTS_SHOWN = 100;

/** Works once on a kept event and tells how it went; see callback/work-on-event.ts. */
export type WorkOn = (id: string) => Promise<'done' | 'later' | 'failed' | 'taken'>;

/** Begins a synchronisation, unless one is under way. */
export type BeginSync = () => Promise<'begun' | 'busy'>;

type ConsoleActs = { workOn: WorkOn; beginSync: BeginSync };

/** What administrators look after. */
export const consoleRoutes = (context: Context, { workOn, beginSync }: ConsoleActs) =>
  new Router<Signed>({ prefix: '/console' })
    .get(
      '/syncs',
      apiEndpoint(context, GetSyncs, () => listSyncs(context, SYNCS_SHOWN)),
    )
    .post(
      '/syncs',
      apiEndpoint(context, PostSync, async () => ({ outcome: await beginSync() })),
    )
    .get(
      '/events',
      apiEndpoint(context, GetEvents, () => listFailed(context, EVENTS_SHOWN)),
    )
    .get(
      '/notices',
      apiEndpoint(context, GetNotices, () => listNotices(context)),
    )
    .post(
      '/events/:id/replay',
      apiEndpoint(context, PostReplay, ({ params }) => replayEvent(context, params.id, workOn)),
    );
