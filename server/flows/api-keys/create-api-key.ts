import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Scope } from '../../domain/permission.ts';

/** What an administrator asks for; `perMinute` requests. */
type KeyWish = { name: string; scopes: Scope[]; perMinute: number };

/** Makes a key. Its secret is told here and nowhere again. */
export async function createApiKey(
  { apiKeys, audit, now }: Pick<Context, 'apiKeys' | 'audit' | 'now'>,
  wish: KeyWish,
  by: string,
): Promise<{ id: string; secret: string }> {
  const secret = `gk_${randomBytes(32).toString('base64url')}`;
  const id = await apiKeys.create(secret, { ...wish, createdBy: by, createdAt: now() });
  await audit.note([
    { by, at: now(), act: 'api-key.create', subject: `api-key:${id}`, from: null, to: wish },
  ]);
  return { id, secret };
}
