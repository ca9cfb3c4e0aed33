import { z } from 'zod';
import { FAULTS } from '../../domain/system/audit-verifier.ts';
import { ADMINS, NOTHING } from './access.ts';
import { askedInstant } from './days.ts';

const instant = z.iso.datetime();
const MOST = 200;

/**
 * `GET /api/v1/audit`: who did what, the latest first. `subject` is e.g. `account:<id>`, `by` a staff id, `from` (included) and
 * `to` (not) are instants; `cursor` is the `next` of the page before.
 */
export const GetAudit = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({
    subject: z.string().min(1).max(200).optional(),
    by: z.string().min(1).max(100).optional(),
    from: askedInstant.optional(),
    to: askedInstant.optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(MOST).default(50),
  }),
  body: z.unknown(),
  answer: z.object({
    entries: z.array(
      z.object({
        id: z.string(),
        by: z.object({ id: z.string(), name: z.string() }),
        at: instant,
        /** `GET /accounts/:accountId` for a request, else what changed: `account.merge`, `settings.tier` … */
        act: z.string(),
        subject: z.string(),
        /** How a request was answered; null for a change. */
        status: z.number().int().nullable(),
        from: z.unknown(),
        to: z.unknown(),
      }),
    ),
    next: z.string().nullable(),
  }),
};
export type AuditView = z.infer<typeof GetAudit.answer>;

const place = { writer: z.string(), seq: z.number().int() };

/** `GET /api/v1/audit/verify`: looks through the whole log. `heads` noted elsewhere prove later that nothing was cut off. */
export const GetAuditVerified = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    isWhole: z.boolean(),
    entries: z.number().int(),
    /** Readings that went when their time was over, which is on record. */
    forgotten: z.number().int(),
    /** Entries of earlier versions, which no key seals. */
    unkeyed: z.number().int(),
    /** Entries whose key is not here, which may be right or wrong; `missingKeys` are the ids of these keys. */
    unchecked: z.number().int(),
    missingKeys: z.array(z.string()),
    /** All faults; the first hundred are listed. */
    faultCount: z.number().int(),
    faults: z.array(z.object({ ...place, fault: z.enum(FAULTS) })),
    heads: z.array(z.object({ ...place, hash: z.string(), keyId: z.string().optional() })),
  }),
};
export type AuditVerified = z.infer<typeof GetAuditVerified.answer>;

/** `GET /api/v1/permissions`: which roles, and which scope of an API key, may ask for which route, and how far they must be allowed to go with what it loads. */
export const GetPermissions = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    routes: z.array(
      z.object({
        route: z.string(),
        roles: z.array(z.string()),
        scope: z.string().nullable(),
        loads: z.object({ what: z.string(), to: z.string().nullable() }),
      }),
    ),
  }),
};
