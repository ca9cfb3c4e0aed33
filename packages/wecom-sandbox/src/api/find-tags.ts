import { ApiError } from '../api-error.ts';
import type { SandboxTag, SandboxTagGroup } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** @throws {ApiError} 81011 (or 301002 by rule) for a group of the admin console, which no app may change. */
export function ownGroup({ rules }: Platform, group: SandboxTagGroup): SandboxTagGroup {
  if (group.madeBy !== 'app') throw new ApiError(rules.foreignTagErrcode);
  return group;
}

/** A tag, or a whole group (then `tag` is null), that an app may change. @throws {ApiError} 40068 unknown, 81011. */
export function findOwnTag(
  platform: Platform,
  id: string,
): { group: SandboxTagGroup; tag: SandboxTag | null } {
  const found = platform.book.tag(id);
  if (found && !found.tag.isDeleted) return { group: ownGroup(platform, found.group), tag: found.tag };
  const group = platform.state.corp.tagGroups.find((one) => one.id === id && !one.isDeleted);
  if (!group) throw new ApiError(40068);
  return { group: ownGroup(platform, group), tag: null };
}

/** API-made names may have 30 characters. @throws {ApiError} 40072 */
export function checkTagName(name: string): void {
  if (name.length === 0 || name.length > 30) throw new ApiError(40072);
}
