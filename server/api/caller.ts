import type { Caller } from '../domain/staff.ts';

/** What routes for signed-in members find in `ctx.state`. */
export type Signed = { caller: Caller & { name: string } };
