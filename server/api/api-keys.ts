import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createApiKey } from '../flows/api-keys/create-api-key.ts';
import { listApiKeys } from '../flows/api-keys/list-api-keys.ts';
import { revokeApiKey } from '../flows/api-keys/revoke-api-key.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetApiKeys, PostApiKey, PostApiKeyRevoke } from './contract/api-keys.ts';

/** Keys of machines, for administrators. */
export const apiKeyRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/api-keys',
      apiEndpoint(context, GetApiKeys, async () => ({ keys: await listApiKeys(context) })),
    )
    .post(
      '/api-keys',
      apiEndpoint(context, PostApiKey, ({ body }, { caller }) => createApiKey(context, body, caller.staffId)),
    )
    .post(
      '/api-keys/:id/revoke',
      apiEndpoint(context, PostApiKeyRevoke, async ({ params }, { caller }) => {
        await revokeApiKey(context, params.id, caller.staffId);
        return {};
      }),
    );
