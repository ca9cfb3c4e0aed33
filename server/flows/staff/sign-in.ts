import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { WecomError } from '../../wecom/error.ts';

/**
 * Tells which member came back from WeCom with `code`.
 *
 * @throws {AppError} 403 `not_a_member` for customers and strangers; 400 `code_expired` when the code was used or is too old.
 */
export async function signIn(
  { wecom, staff }: Pick<Context, 'wecom' | 'staff'>,
  code: string,
): Promise<string> {
  const visitor = await wecom.oauth.visitor(code).catch((cause: unknown) => {
    if (!(cause instanceof WecomError) || cause.isTransient) throw cause;
    throw new AppError(400, 'code_expired', { message: '登录已过期，请返回重新打开', cause });
  });
  if (visitor.kind !== 'staff')
    throw new AppError(403, 'not_a_member', { message: '这个页面只对本企业成员开放' });
  return (await staff.find(visitor.staffId))?._id ?? visitor.staffId;
}
