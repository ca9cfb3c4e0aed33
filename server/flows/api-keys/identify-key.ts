import type { Context } from '../../context.ts';
import type { Scope } from '../../domain/permission.ts';
import type { Caller } from '../../domain/staff.ts';

/** A machine that calls: it sees every account, but only the routes of its scopes. */
type KeyCaller = Caller & { name: string; scopes: readonly Scope[] };

/** Who calls with this secret; null for an unknown or revoked key, without telling which. */
export async function identifyKey(
  { apiKeys, now }: Pick<Context, 'apiKeys' | 'now'>,
  secret: string,
): Promise<{ caller: KeyCaller; perMinute: number } | null> {
  const key = await apiKeys.findBySecret(secret);
  if (!key) return null;
  await apiKeys.touch(key, now());
  const { _id, name, scopes, perMinute } = key;
  return { caller: { staffId: `key:${_id}`, name, role: 'admin', teamIds: [], scopes }, perMinute };
}
