import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { readChannels } from '../flows/channels/read-channels.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetChannels } from './contract/channels.ts';

/** What each channel brought. */
export const channelRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/channels',
    apiEndpoint(context, GetChannels, ({ query }, { caller }) => readChannels(context, caller, query.since)),
  );
