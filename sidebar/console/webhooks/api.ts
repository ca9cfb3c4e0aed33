import type { Made } from '../../../server/api/contract/api-keys.ts';
import type { DeliveriesView, WebhooksView, WebhookTested } from '../../../server/api/contract/webhooks.ts';
import { call } from '../../parts/api.ts';

export type Webhook = WebhooksView['webhooks'][number];
export type HookEvent = Webhook['events'][number];
export type Delivery = DeliveriesView['deliveries'][number];

/** We wait 10 s for the other side. */
const TEST_LIMIT_MS = 20_000;
/** The server lists no more deliveries than so many. */
export const MOST_DELIVERIES = 100;

export const readWebhooks = () => call<WebhooksView>('/webhooks');
/** The answer holds the secret of the signatures, which nobody can read again. */
export const createWebhook = (wish: { url: string; events: HookEvent[] }) => call<Made>('/webhooks', wish);
export const deleteWebhook = (id: string) => call<unknown>(`/webhooks/${id}/delete`, {});
/** Sends one message now, and tells what came back. */
export const testWebhook = (id: string) =>
  call<WebhookTested>(`/webhooks/${id}/test`, {}, { limitMs: TEST_LIMIT_MS });
/** The latest first; `state` '': all. */
export const readDeliveries = (id: string, state: Delivery['state'] | '') =>
  call<DeliveriesView>(
    `/webhooks/${id}/deliveries?limit=${MOST_DELIVERIES}${state ? `&state=${state}` : ''}`,
  );
/** Sends again what was given up; with `since` (ISO 8601) everything from then on. */
export const replayDeliveries = (id: string, since: string | null) =>
  call<{ replayed: number }>(`/webhooks/${id}/replay`, since ? { since } : {});
