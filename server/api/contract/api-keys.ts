import { z } from 'zod';
import { KEY_EXPIRIES } from '../../domain/system/api-key.ts';
import { SCOPES } from '../../domain/staff/permission.ts';
import { ADMINS, NOTHING } from './access.ts';

const instant = z.iso.datetime();
const wish = {
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  perMinute: z.number().int().min(1).max(6000).default(60),
  days: z.number().int().min(1).max(1095).default(365),
};

/** `GET /api/v1/api-keys`: the latest first, revoked ones included; secrets are not kept. */
export const GetApiKeys = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    keys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        scopes: z.array(z.enum(SCOPES)),
        perMinute: z.number().int(),
        createdBy: z.string(),
        createdAt: instant,
        lastUsedAt: instant.nullable(),
        revokedAt: instant.nullable(),
        expiresAt: instant.nullable(), // null: made before keys had an end
        expiry: z.enum(KEY_EXPIRIES),
      }),
    ),
  }),
};
export type ApiKeysView = z.infer<typeof GetApiKeys.answer>;

/** `POST /api/v1/api-keys`: the secret is in this answer and nowhere else. */
export const PostApiKey = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object(wish),
  answer: z.object({ id: z.string(), secret: z.string() }),
};
export type Made = z.infer<typeof PostApiKey.answer>;

/** `POST /api/v1/api-keys/:id/revoke` */
export const PostApiKeyRevoke = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({ id: z.string().regex(/^[0-9a-f]{24}$/) }),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({}),
};
