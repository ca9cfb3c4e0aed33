import { z } from 'zod';
import { DELIVERY_STATES, HOOK_EVENTS } from '../../domain/system/webhook.ts';
import { ADMINS, A_WEBHOOK, NOTHING } from './access.ts';
import { askedInstant } from './days.ts';

const instant = z.iso.datetime();
const count = z.number().int();
const params = z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) });
const events = z.array(z.enum(HOOK_EVENTS)).min(1);

/** `GET /api/v1/webhooks`: the secrets are not told. */
export const GetWebhooks = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    webhooks: z.array(
      z.object({
        id: z.string(),
        url: z.string(),
        events,
        createdBy: z.string(),
        createdAt: instant,
        waiting: count,
        failed: count,
      }),
    ),
  }),
};
export type WebhooksView = z.infer<typeof GetWebhooks.answer>;

/**
 * `POST /api/v1/webhooks`: the secret is in this answer and nowhere else. A message is `{ id, event, at, account: { id, externalId,
 * name }, by }` with `from`, `to`, `why` of an `account.…` event, and of every other `subject: { type, id }` and `contactId`. Each carries `x-genjin-signature:
 * t=<unix seconds>,v1=<hex>`, the HMAC-SHA256 of `<t>.<body>` under the secret; `x-genjin-delivery` stays the same when it is repeated.
 */
export const PostWebhook = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({ url: z.string().max(2000), events }),
  answer: z.object({ id: z.string(), secret: z.string() }),
};

/** `POST /api/v1/webhooks/:id/delete` */
export const PostWebhookDelete = {
  access: ADMINS,
  load: A_WEBHOOK,
  params,
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({}),
};

/** `POST /api/v1/webhooks/:id/test`: one signed message now, and what came back. */
export const PostWebhookTest = {
  access: ADMINS,
  load: A_WEBHOOK,
  params,
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({ ok: z.boolean(), status: count.nullable(), error: z.string().nullable() }),
};
export type WebhookTested = z.infer<typeof PostWebhookTest.answer>;

/** `GET /api/v1/webhooks/:id/deliveries`: the latest change first. */
export const GetDeliveries = {
  access: ADMINS,
  load: A_WEBHOOK,
  params,
  query: z.object({
    state: z.enum(DELIVERY_STATES).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  body: z.unknown(),
  answer: z.object({
    deliveries: z.array(
      z.object({
        id: z.string(),
        event: z.string(),
        state: z.enum(DELIVERY_STATES),
        tries: count,
        status: count.nullable(),
        error: z.string().nullable(),
        happenedAt: instant,
        dueAt: instant.nullable(),
        endedAt: instant.nullable(),
      }),
    ),
  }),
};
export type DeliveriesView = z.infer<typeof GetDeliveries.answer>;

/** `POST /api/v1/webhooks/:id/replay`: what was given up; with `since` everything that happened since then, also what was sent. */
export const PostReplay = {
  access: ADMINS,
  load: A_WEBHOOK,
  params,
  query: z.object({}),
  body: z.object({ since: askedInstant.optional() }),
  answer: z.object({ replayed: count }),
};
