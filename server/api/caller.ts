import { mayManage, type Caller } from '../domain/staff.ts';
import { AppError } from '../errors.ts';

/** What routes for signed-in members find in `ctx.state`. */
export type Signed = { caller: Caller & { name: string } };

/** Lets administrators pass. @throws {AppError} 403 `admins_only` */
export function onlyAdmins({ role }: Caller): void {
  if (role !== 'admin') throw new AppError(403, 'admins_only', { message: '这里只对管理员开放' });
}

/** Lets administrators pass, and the manager of all of these members. @throws {AppError} 403 `managers_only`, `not_your_team` */
export function onlyManagers(caller: Caller, staffIds: readonly string[] = []): void {
  if (caller.role === 'sales')
    throw new AppError(403, 'managers_only', { message: '这里只对主管和管理员开放' });
  if (!mayManage(caller, staffIds))
    throw new AppError(403, 'not_your_team', { message: '只能处理本部门的成员' });
}
