import { ApiError } from '../api-error.ts';
import type { SandboxTag, SandboxTagGroup } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** @throws {ApiError} 81011 for a group of the admin console, which no app may change. */
export function ownGroup(group: SandboxTagGroup): SandboxTagGroup {
  if (group.madeBy !== 'app') throw new ApiError(81011);
  return group;
}

/** A tag, or a whole group (then `tag` is null), that an app may change. @throws {ApiError} 40068 unknown, 81011. */
export function findOwnTag(
  platform: Platform,
  id: string,
): { group: SandboxTagGroup; tag: SandboxTag | null } {
  for (const group of platform.state.corp.tagGroups) {
    const tag = group.tags.find((candidate) => candidate.id === id && !candidate.isDeleted) ?? null;
    if (tag || (group.id === id && !group.isDeleted)) return { group: ownGroup(group), tag };
  }
  throw new ApiError(40068);
}

/** API-made names may have 30 characters. @throws {ApiError} 40072 */
export function checkTagName(name: string): void {
  if (name.length === 0 || name.length > 30) throw new ApiError(40072);
}
