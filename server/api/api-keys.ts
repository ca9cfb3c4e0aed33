import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createApiKey } from '../flows/api-keys/create-api-key.ts';
import { listApiKeys } from '../flows/api-keys/list-api-keys.ts';
import { revokeApiKey } from '../flows/api-keys/revoke-api-key.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetApiKeys, PostApiKey, PostApiKeyRevoke } from './contract/api-keys.ts';

/** Keys of machines, for administrators. */
export const apiKeyRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/api-keys',
      endpoint(GetApiKeys, async () => ({ keys: await listApiKeys(context) })),
    )
    .post(
      '/api-keys',
      endpoint(PostApiKey, ({ body }, { caller }: Signed) => createApiKey(context, body, caller.staffId)),
    )
    .post(
      '/api-keys/:id/revoke',
      endpoint(PostApiKeyRevoke, async ({ params }, { caller }: Signed) => {
        await revokeApiKey(context, params.id, caller.staffId);
        return {};
      }),
    );
