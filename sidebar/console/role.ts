import type { Me } from '../../server/api/contract/session.ts';

/** What somebody may do in the console. */
export type Role = Me['role'];
