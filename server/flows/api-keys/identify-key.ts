import type { Context } from '../../context.ts';
import { keyExpiry } from '../../domain/system/api-key.ts';
import type { Scope } from '../../domain/staff/permission.ts';
import type { Caller } from '../../domain/staff/staff.ts';

/** A machine that calls: it sees every account, but only the routes of its scopes. */
type KeyCaller = Caller & { name: string; scopes: readonly Scope[] };

/** Why a secret opens nothing; `keyId` where it was a key's once. */
type RefusedKey = { keyId: string | null; reason: 'unknown' | 'revoked' | 'expired' };

/** Who calls with this secret, or why nobody does. */
export async function identifyKey(
  { apiKeys, now }: Pick<Context, 'apiKeys' | 'now'>,
  secret: string,
): Promise<{ caller: KeyCaller; perMinute: number } | RefusedKey> {
  const key = await apiKeys.findBySecret(secret);
  if (!key) return { keyId: null, reason: 'unknown' };
  const { _id, name, scopes, perMinute } = key;
  if (key.revokedAt) return { keyId: _id, reason: 'revoked' };
  if (keyExpiry(key, now()) === 'expired') return { keyId: _id, reason: 'expired' };
  await apiKeys.touch(key, now());
  return { caller: { staffId: `key:${_id}`, name, role: 'admin', teamIds: [], scopes }, perMinute };
}
