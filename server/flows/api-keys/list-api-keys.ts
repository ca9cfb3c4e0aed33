import type { Context } from '../../context.ts';
import { keyExpiry } from '../../domain/system/api-key.ts';

/** Every key with what it may, without anything that could be used in its place. */
export async function listApiKeys({ apiKeys, now }: Pick<Context, 'apiKeys' | 'now'>) {
  return (await apiKeys.list()).map(({ _id, name, scopes, perMinute, createdBy, ...times }) => ({
    id: _id,
    name,
    scopes,
    perMinute,
    createdBy,
    createdAt: times.createdAt.toISOString(),
    lastUsedAt: times.lastUsedAt?.toISOString() ?? null,
    revokedAt: times.revokedAt?.toISOString() ?? null,
    expiresAt: times.expiresAt?.toISOString() ?? null,
    expiry: keyExpiry(times, now()),
  }));
}
