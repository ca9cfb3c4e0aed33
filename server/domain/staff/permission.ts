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

/** Who may call a route at all: members by their role, machines by the scope of their key. */
export type Access = { roles: readonly Role[]; scope?: Scope };
