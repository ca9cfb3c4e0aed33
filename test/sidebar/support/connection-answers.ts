import { json } from 'node:stream/consumers';
import type { ApiKeysView, Made } from '../../../server/api/contract/api-keys.ts';
import type { DeliveriesView, WebhooksView, WebhookTested } from '../../../server/api/contract/webhooks.ts';
import type { Door, Reply } from './serve-pages.ts';

type Key = ApiKeysView['keys'][number];
type Hook = WebhooksView['webhooks'][number];
type Delivery = DeliveriesView['deliveries'][number];

/** What the server says of keys and webhooks. */
export type ConnectionApi = {
  apiKeys: () => Reply<ApiKeysView>;
  createApiKey: (wish: unknown) => Reply<Made>;
  revokeApiKey: (id: string) => Reply<object>;
  webhooks: () => Reply<WebhooksView>;
  createWebhook: (wish: unknown) => Reply<Made>;
  deleteWebhook: (id: string) => Reply<object>;
  testWebhook: (id: string) => Reply<WebhookTested>;
  deliveries: (query: string) => Reply<DeliveriesView>;
  replayDeliveries: (body: unknown) => Reply<{ replayed: number }>;
};

/** Doors of the scripted API. */
export const CONNECTION_DOORS: Door<ConnectionApi>[] = [
  [/^GET \/api\/v1\/api-keys$/, (api) => api.apiKeys()],
  [/^POST \/api\/v1\/api-keys$/, async (api, _id, request) => api.createApiKey(await json(request))],
  [/^POST \/api\/v1\/api-keys\/(.+)\/revoke$/, (api, id) => api.revokeApiKey(id)],
  [/^GET \/api\/v1\/webhooks$/, (api) => api.webhooks()],
  [/^POST \/api\/v1\/webhooks$/, async (api, _id, request) => api.createWebhook(await json(request))],
  [/^POST \/api\/v1\/webhooks\/(.+)\/delete$/, (api, id) => api.deleteWebhook(id)],
  [/^POST \/api\/v1\/webhooks\/(.+)\/test$/, (api, id) => api.testWebhook(id)],
  [/^GET \/api\/v1\/webhooks\/.+\/deliveries\?(.+)$/, (api, query) => api.deliveries(query)],
  [
    /^POST \/api\/v1\/webhooks\/.+\/replay$/,
    async (api, _id, request) => api.replayDeliveries(await json(request)),
  ],
];

export const anApiKey = (changes: Partial<Key> = {}): Key => ({
  id: 'a'.repeat(24),
  name: '金蝶 ERP',
  scopes: ['orders:write', 'contracts:write'],
  perMinute: 60,
  createdBy: 'olga',
  createdAt: '2026-10-08T02:00:00.000Z',
  lastUsedAt: '2026-11-22T00:30:00.000Z',
  revokedAt: null,
  expiresAt: '2026-12-08T02:00:00.000Z',
  expiry: 'soon',
  ...changes,
});

export const aWebhook = (changes: Partial<Hook> = {}): Hook => ({
  id: 'b'.repeat(24),
  url: 'https://erp.example.com/hooks/genjin',
  events: ['account.tier_changed', 'account.owner_changed'],
  createdBy: 'sunli',
  createdAt: '2026-10-08T02:00:00.000Z',
  waiting: 0,
  failed: 3,
  ...changes,
});

export const aDelivery = (changes: Partial<Delivery> = {}): Delivery => ({
  id: 'd1',
  event: 'account.tier_changed',
  state: 'failed',
  tries: 10,
  status: 503,
  error: null,
  happenedAt: '2026-11-18T18:00:00.000Z',
  dueAt: null,
  endedAt: '2026-11-21T18:00:00.000Z',
  ...changes,
});

/** A key in use and one that is revoked, a webhook that fails; whatever is asked is done. */
export const someConnections = (): ConnectionApi => ({
  apiKeys: () => ({
    keys: [
      anApiKey(),
      anApiKey({
        id: 'c'.repeat(24),
        name: '旧的数据仓库',
        scopes: ['export'],
        lastUsedAt: null,
        revokedAt: '2026-11-01T02:00:00.000Z',
      }),
    ],
  }),
  createApiKey: () => ({ id: 'e'.repeat(24), secret: 'gk_secret' }),
  revokeApiKey: () => ({}),
  webhooks: () => ({ webhooks: [aWebhook()] }),
  createWebhook: () => ({ id: 'f'.repeat(24), secret: 'whs_secret' }),
  deleteWebhook: () => ({}),
  testWebhook: () => ({ ok: true, status: 200, error: null }),
  deliveries: () => ({
    deliveries: [
      aDelivery(),
      aDelivery({
        id: 'd2',
        event: 'account.owner_changed',
        state: 'waiting',
        tries: 2,
        status: null,
        error: 'connect ECONNREFUSED 203.0.113.9:443',
        dueAt: '2026-11-22T01:40:00.000Z',
        endedAt: null,
      }),
      aDelivery({ id: 'd3', state: 'sent', tries: 1, status: 204 }),
    ],
  }),
  replayDeliveries: () => ({ replayed: 3 }),
});
