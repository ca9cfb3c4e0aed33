import type { Role } from './staff.ts';

/** What an API key may be allowed. */
export const SCOPES = [
  'accounts:read',
  'accounts:write',
  'orders:write',
  'contracts:write',
  'export',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who may call a route at all; which accounts they get to see is narrowed by `canSeeAccount`. */
export type Grant = { roles: readonly Role[]; scope?: Scope };

const EVERYONE: Grant = { roles: ['sales', 'manager', 'admin'] };
const MANAGERS: Grant = { roles: ['manager', 'admin'] };
const ADMINS: Grant = { roles: ['admin'] };

/** Every route below /api/v1 that needs a caller; a route without an entry answers nobody. */
export const PERMISSIONS: Readonly<Record<string, Grant>> = {
  'GET /me': EVERYONE,
  'GET /members': EVERYONE,
  'POST /me/sessions/end': EVERYONE,
  'GET /sessions': ADMINS,
  'POST /members/:staffId/sessions/end': ADMINS,
  'GET /js-sdk/agent-config': EVERYONE,
  'GET /due': EVERYONE,
  'GET /contacts/:externalUserId/profile': EVERYONE,
  'POST /contacts/:externalUserId/follow-ups': EVERYONE,
  'POST /contacts/:externalUserId/messages': EVERYONE,
  'POST /contacts/:externalUserId/kdm': EVERYONE,
  'POST /contacts/:externalUserId/kdm/confirm': EVERYONE,
  'GET /contacts/:externalUserId/kdm/changes': EVERYONE,
  'GET /accounts': { ...EVERYONE, scope: 'accounts:read' },
  'POST /accounts': EVERYONE,
  'GET /accounts/:accountId': { ...EVERYONE, scope: 'accounts:read' },
  'POST /accounts/:accountId': EVERYONE,
  'POST /accounts/:accountId/owner': EVERYONE,
  'POST /accounts/:accountId/referral': EVERYONE,
  'POST /accounts/:accountId/split': EVERYONE,
  'GET /custom-fields': EVERYONE,
  'POST /accounts/:accountId/merge': EVERYONE,
  'POST /accounts/:accountId/unmerge': EVERYONE,
  'POST /accounts/:accountId/claim': EVERYONE,
  'POST /accounts/:accountId/release': EVERYONE,
  'GET /accounts/:accountId/follow-ups': EVERYONE,
  'POST /accounts/:accountId/follow-ups': EVERYONE,
  'GET /accounts/:accountId/org-chart': EVERYONE,
  'GET /accounts/:accountId/deals': EVERYONE,
  'GET /accounts/:accountId/classification': { ...EVERYONE, scope: 'accounts:read' },
  'POST /accounts/:accountId/tier-pin': MANAGERS,
  'POST /accounts/:accountId/stage-pin': MANAGERS,
  'POST /accounts/:accountId/strategic-mark': MANAGERS,
  'POST /accounts/:accountId/clear-override': MANAGERS,
  'POST /accounts/:accountId/potential': EVERYONE,
  'GET /tier-shape': MANAGERS,
  'GET /channels': MANAGERS,
  'GET /transfers': MANAGERS,
  'GET /pool': MANAGERS,
  'POST /pool/assign': MANAGERS,
  'POST /transfers': MANAGERS,
  'GET /contacts/:externalUserId/push-check': EVERYONE,
  'GET /absences': EVERYONE,
  'POST /absences': EVERYONE,
  'POST /absences/:id/cancel': EVERYONE,
  'GET /accounts/:accountId/complaints': EVERYONE,
  'POST /accounts/:accountId/complaints': EVERYONE,
  'POST /complaints/:id/close': EVERYONE,
  'GET /warnings': EVERYONE,
  'POST /warnings/:id/acknowledge': EVERYONE,
  'POST /warnings/:id/resolve': EVERYONE,
  'POST /doctor': ADMINS,
  'GET /settings': ADMINS,
  'POST /settings/:section': ADMINS,
  'POST /settings/:section/preview': ADMINS,
  'POST /settings/:section/reset': ADMINS,
  'GET /audit': ADMINS,
  'GET /audit/verify': ADMINS,
  'GET /permissions': ADMINS,
  'GET /playbook/:tier': EVERYONE,
  'POST /orders': { ...ADMINS, scope: 'orders:write' },
  'POST /orders/:externalId/refunds': { ...ADMINS, scope: 'orders:write' },
  'PUT /accounts': { ...ADMINS, scope: 'accounts:write' },
  'POST /contracts': { ...ADMINS, scope: 'contracts:write' },
  'POST /payments': { ...ADMINS, scope: 'contracts:write' },
  'POST /contacts/kdm': { ...ADMINS, scope: 'accounts:write' },
  'GET /exports/:kind': { ...ADMINS, scope: 'export' },
  'GET /api-keys': ADMINS,
  'POST /api-keys': ADMINS,
  'POST /api-keys/:id/revoke': ADMINS,
  'GET /webhooks': ADMINS,
  'POST /webhooks': ADMINS,
  'POST /webhooks/:id/delete': ADMINS,
  'POST /webhooks/:id/test': ADMINS,
  'GET /webhooks/:id/deliveries': ADMINS,
  'POST /webhooks/:id/replay': ADMINS,
  'GET /console/syncs': ADMINS,
  'POST /console/syncs': ADMINS,
  'GET /console/events': ADMINS,
  'GET /console/notices': ADMINS,
  'POST /console/events/:id/replay': ADMINS,
};

/** The grant of a route, `METHOD /path` as it was declared; null when nobody was given it. */
export const grantOf = (route: string): Grant | null =>
  (Object.hasOwn(PERMISSIONS, route) ? PERMISSIONS[route] : null) ?? null;
