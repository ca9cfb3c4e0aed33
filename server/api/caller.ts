import type { Scope } from '../domain/staff/permission.ts';
import { mayManage, type Caller } from '../domain/staff/staff.ts';
import { AppError } from '../errors.ts';

/** Where every route of the JSON API begins. */
export const API_PREFIX = '/api/v1';

/**
 * What routes for signed-in members find in `ctx.state`; `scopes`: a machine calls with its key, and may only these;
 * `sessionId`: by which session a member came.
 */
export type Signed = { caller: Caller & { name: string; scopes?: readonly Scope[]; sessionId?: string } };

/** Lets administrators pass, and the manager of all of these members. @throws {AppError} 403 `not_your_team` */
export function onlyManagersOf(caller: Caller, staffIds: readonly string[]): void {
  if (!mayManage(caller, staffIds))
    throw new AppError(403, 'not_your_team', { message: '只能处理本部门的成员' });
}
