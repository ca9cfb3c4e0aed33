import type { Context } from '../../context.ts';
import { teamOf, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';

/**
 * What a signed-in member may see, read afresh so that a leaver loses access at once.
 *
 * @throws {AppError} 403 `not_a_member` for who left, or was never synchronised and is no admin.
 */
export async function identifyCaller(
  { staff, departments, site }: Pick<Context, 'staff' | 'departments' | 'site'>,
  staffId: string,
): Promise<Caller & { name: string }> {
  const isAdmin = site.adminIds.includes(staffId);
  const member = await staff.find(staffId);
  if (!member && isAdmin) return { staffId, name: staffId, role: 'admin', teamIds: [staffId] };
  if (!member?.isActive) {
    throw new AppError(403, 'not_a_member', {
      message: '您不在本应用的可见范围内，或账号已停用，请联系管理员',
    });
  }
  const leads = member.leaderOf.length > 0 ? 'manager' : 'sales';
  const teamIds =
    leads === 'manager' ? teamOf(member, await departments.all(), await staff.all()) : [staffId];
  return { staffId, name: member.name, role: isAdmin ? 'admin' : leads, teamIds };
}
