import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { SandboxGroup } from '../slices/groups.ts';
import { isSameUserid } from './find-people.ts';

/** Living groups whose owner is in the app's sight, also those of an owner who left. */
export function visibleGroups({ state }: Platform): SandboxGroup[] {
  const owners = new Set(
    state.corp.staff.filter((member) => member.isVisible && member.hasCustomers).map(({ userid }) => userid),
  );
  return state.groups.filter((group) => group.dismissedAt === null && owners.has(group.ownerId));
}

/** @throws {ApiError} 40050 unknown, 49008 dismissed, 60011 of an owner out of the visible range. */
export function groupNamed(platform: Platform, chatId: string): SandboxGroup {
  const group = platform.state.groups.find((candidate) => candidate.chatId === chatId);
  if (!group) throw new ApiError(40050);
  if (group.dismissedAt !== null) throw new ApiError(49008);
  if (!visibleGroups(platform).includes(group)) throw new ApiError(60011);
  return group;
}

/** 0 as usual, 1 the owner left, 2 being inherited, 3 inherited. Source: wecom.md §3.9. */
export function groupStatus({ state }: Platform, { ownerId, inheritance }: SandboxGroup): 0 | 1 | 2 | 3 {
  const owner = state.corp.staff.find((member) => isSameUserid(member.userid, ownerId));
  return owner?.status === 5 && inheritance !== 2 ? 1 : inheritance;
}

/** The groups of these owners, or of everybody when none is named. @throws {ApiError} 40003, 60011 */
export function groupsOf(platform: Platform, owners: readonly string[]): SandboxGroup[] {
  const groups = visibleGroups(platform);
  if (owners.length === 0) return groups;
  for (const userid of owners) {
    const staff = platform.state.corp.staff.find((member) => isSameUserid(member.userid, userid));
    if (!staff) throw new ApiError(40003);
    if (!staff.isVisible) throw new ApiError(60011);
  }
  return groups.filter((group) => owners.some((userid) => isSameUserid(userid, group.ownerId)));
}
