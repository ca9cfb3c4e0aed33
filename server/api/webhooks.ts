import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createWebhook } from '../flows/webhooks/create-webhook.ts';
import { deleteWebhook } from '../flows/webhooks/delete-webhook.ts';
import { listDeliveries } from '../flows/webhooks/list-deliveries.ts';
import { listWebhooks } from '../flows/webhooks/list-webhooks.ts';
import { replayDeliveries } from '../flows/webhooks/replay-deliveries.ts';
import { testWebhook } from '../flows/webhooks/test-webhook.ts';
import { apiEndpoint } from './api-endpoint.ts';
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
      apiEndpoint(context, GetWebhooks, async () => ({ webhooks: await listWebhooks(context) })),
    )
    .post(
      '/webhooks',
      apiEndpoint(context, PostWebhook, ({ body }, { caller }) =>
        createWebhook(context, body, caller.staffId),
      ),
    )
    .post(
      '/webhooks/:id/delete',
      apiEndpoint(context, PostWebhookDelete, async ({ opened: hook }, { caller }) => {
        await deleteWebhook(context, hook, caller.staffId);
        return {};
      }),
    )
    .post(
      '/webhooks/:id/test',
      apiEndpoint(context, PostWebhookTest, ({ opened: hook }) => testWebhook(context, hook)),
    )
    .use(deliveryRoutes(context).routes());

const deliveryRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/webhooks/:id/deliveries',
      apiEndpoint(context, GetDeliveries, async ({ opened: hook, query }) => ({
        deliveries: await listDeliveries(context, hook._id, query),
      })),
    )
    .post(
      '/webhooks/:id/replay',
      apiEndpoint(context, PostReplay, async ({ opened: hook, body }, { caller }) => {
        const since = body.since ? new Date(body.since) : null;
        return { replayed: await replayDeliveries(context, hook, { since, by: caller.staffId }) };
      }),
    );
