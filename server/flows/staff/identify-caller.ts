import type { Context } from '../../context.ts';
import { departmentsBelow, type Caller } from '../../domain/staff/staff.ts';
import { isNamed } from '../../domain/system/user-id.ts';
import { AppError } from '../../errors.ts';
import type { Staff } from '../../store/staff.ts';

/**
 * What a signed-in member may see; a member whose id was changed keeps it. Who left loses access at once, and within two
 * seconds where another process heard of it.
 *
 * @throws {AppError} 403 `not_a_member` for who left, or was never synchronised and is no admin.
 */
export async function identifyCaller(
  { staff, departments, site }: Pick<Context, 'staff' | 'departments' | 'site'>,
  staffId: string,
): Promise<Caller & { name: string }> {
  const member = await staff.recent(staffId);
  const isAdmin = idsOf(staffId, member).some((id) => isNamed(site.adminIds, id));
  if (!member && isAdmin) return { staffId, name: staffId, role: 'admin', teamIds: [staffId] };
  if (!member?.isActive) {
    throw new AppError(403, 'not_a_member', {
      message: '您不在本应用的可见范围内，或账号已停用，请联系管理员',
    });
  }
  const leads = member.leaderOf.length > 0 ? 'manager' : 'sales';
  const teamIds = leads === 'manager' ? await teamOf({ staff, departments }, member) : [member._id];
  return { staffId: member._id, name: member.name, role: isAdmin ? 'admin' : leads, teamIds };
}

/** Everybody in the departments that the leader leads and in those below, and the leader. */
async function teamOf(
  { staff, departments }: Pick<Context, 'staff' | 'departments'>,
  leader: Staff,
): Promise<string[]> {
  const led = departmentsBelow(leader.leaderOf, await departments.all());
  return [...new Set([leader._id, ...(await staff.idsIn(led))])];
}

/** Every id that the settings may name the member by. */
const idsOf = (staffId: string, member: Staff | null) =>
  member ? [member._id, ...(member.formerIds ?? [])] : [staffId];
