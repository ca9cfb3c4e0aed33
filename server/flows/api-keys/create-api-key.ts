import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Scope } from '../../domain/staff/permission.ts';

/** What an administrator asks for; `perMinute` requests, for `days` from now. */
type KeyWish = { name: string; scopes: Scope[]; perMinute: number; days: number };

const DAY_MS = 86_400_000;

/** Makes a key. Its secret is told here and nowhere again. */
export async function createApiKey(
  { apiKeys, audit, now }: Pick<Context, 'apiKeys' | 'audit' | 'now'>,
  { days, ...asked }: KeyWish,
  by: string,
): Promise<{ id: string; secret: string }> {
  const secret = `gk_${randomBytes(32).toString('base64url')}`;
  const createdAt = now();
  const wish = { ...asked, expiresAt: new Date(createdAt.getTime() + days * DAY_MS) };
  const id = await apiKeys.create(secret, { ...wish, createdBy: by, createdAt });
  await audit.note([
    { by, at: now(), act: 'api-key.create', subject: `api-key:${id}`, from: null, to: wish },
  ]);
  return { id, secret };
}
