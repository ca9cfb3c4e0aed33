import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { followingStaff, isSameUserid } from './find-people.ts';

/**
 * A member who may take customers: active, verified, with 客户联系.
 *
 * @throws {ApiError} as `followingStaff`, 41054 not activated, 40098 not verified.
 */
export function servingStaff(platform: Platform, userid: string): SandboxStaff {
  const staff = followingStaff(platform, userid);
  if (staff.status === 4) throw new ApiError(41054);
  if (staff.isVerified === false) throw new ApiError(40098);
  return staff;
}

/** A member, also one who left. @throws {ApiError} 40003 unknown, 60011 out of the visible range. */
export function anyStaff({ state }: Platform, userid: string): SandboxStaff {
  const staff = state.corp.staff.find((member) => isSameUserid(member.userid, userid));
  if (!staff) throw new ApiError(40003);
  if (!staff.isVisible) throw new ApiError(60011);
  return staff;
}

/** Userids of the active members in sight with 客户联系 who are named, or belong to a named department or one below it. @throws {ApiError} 60123 */
export function membersIn(
  { state }: Platform,
  range: { users: readonly string[]; parties: readonly number[] },
): string[] {
  const { staff, departments } = state.corp;
  if (range.parties.some((id) => !departments.some((department) => department.id === id)))
    throw new ApiError(60123);
  const branch = new Set(range.parties);
  // Parents precede their children, so one walk finds the whole branch.
  for (const department of departments) if (branch.has(department.parentId)) branch.add(department.id);
  return staff
    .filter((member) => member.isVisible && member.hasCustomers && member.status === 1)
    .filter(
      (member) =>
        range.users.some((userid) => isSameUserid(userid, member.userid)) ||
        member.departments.some((id) => branch.has(id)),
    )
    .map((member) => member.userid);
}
