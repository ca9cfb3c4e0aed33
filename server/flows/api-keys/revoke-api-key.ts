import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

/** Ends a key at once and for good. @throws {AppError} 404 `key_not_found`, also for one revoked before */
export async function revokeApiKey(
  { apiKeys, audit, now }: Pick<Context, 'apiKeys' | 'audit' | 'now'>,
  keyId: string,
  by: string,
): Promise<void> {
  const at = now();
  if (!(await apiKeys.revoke(keyId, at)))
    throw new AppError(404, 'key_not_found', { message: '没有这个密钥，或已吊销' });
  const note = { by, at, act: 'api-key.revoke', subject: `api-key:${keyId}` };
  await audit.note([{ ...note, from: { revokedAt: null }, to: { revokedAt: at } }]);
}
