import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createWebhook } from '../flows/webhooks/create-webhook.ts';
import { deleteWebhook } from '../flows/webhooks/delete-webhook.ts';
import { listDeliveries } from '../flows/webhooks/list-deliveries.ts';
import { listWebhooks } from '../flows/webhooks/list-webhooks.ts';
import { openWebhook } from '../flows/webhooks/open-webhook.ts';
import { replayDeliveries } from '../flows/webhooks/replay-deliveries.ts';
import { testWebhook } from '../flows/webhooks/test-webhook.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import {
  GetDeliveries,
  GetWebhooks,
  PostReplay,
  PostWebhook,
  PostWebhookDelete,
  PostWebhookTest,
} from './contract/webhooks.ts';

/** Webhooks, for administrators. */
export const webhookRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/webhooks',
      endpoint(GetWebhooks, async () => ({ webhooks: await listWebhooks(context) })),
    )
    .post(
      '/webhooks',
      endpoint(PostWebhook, ({ body }, { caller }: Signed) => createWebhook(context, body, caller.staffId)),
    )
    .post(
      '/webhooks/:id/delete',
      endpoint(PostWebhookDelete, async ({ params }, { caller }: Signed) => {
        await deleteWebhook(context, await openWebhook(context, params.id), caller.staffId);
        return {};
      }),
    )
    .post(
      '/webhooks/:id/test',
      endpoint(PostWebhookTest, async ({ params }) =>
        testWebhook(context, await openWebhook(context, params.id)),
      ),
    )
    .use(deliveryRoutes(context).routes());

const deliveryRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/webhooks/:id/deliveries',
      endpoint(GetDeliveries, async ({ params, query }) => {
        const { _id } = await openWebhook(context, params.id);
        return { deliveries: await listDeliveries(context, _id, query) };
      }),
    )
    .post(
      '/webhooks/:id/replay',
      endpoint(PostReplay, async ({ params, body }, { caller }: Signed) => {
        const since = body.since ? new Date(body.since) : null;
        const hook = await openWebhook(context, params.id);
        return { replayed: await replayDeliveries(context, hook, { since, by: caller.staffId }) };
      }),
    );
