import type { ApiKeysView, Made } from '../../../server/api/contract/api-keys.ts';
import { call } from '../../parts/api.ts';

export type ApiKey = ApiKeysView['keys'][number];
export type Scope = ApiKey['scopes'][number];

/** The latest first, revoked ones included. */
export const readApiKeys = () => call<ApiKeysView>('/api-keys');
/** The answer holds the secret, which nobody can read again. */
export const createApiKey = (wish: { name: string; scopes: Scope[]; perMinute: number; days: number }) =>
  call<Made>('/api-keys', wish);
export const revokeApiKey = (id: string) => call<unknown>(`/api-keys/${id}/revoke`, {});
