import type { SandboxTag, SandboxTagGroup } from './corp.ts';
import type { Platform } from './platform.ts';

/** A tag to delete; null: its whole group. */
export type Doomed = { group: SandboxTagGroup; tag: SandboxTag | null };

/** A group goes with its last tag, and every customer loses what is deleted. */
export function deleteTags(platform: Platform, doomed: Doomed[]): void {
  const gone = new Set<string>();
  for (const { group, tag } of doomed) {
    for (const one of tag ? [tag] : group.tags) {
      one.isDeleted = true;
      gone.add(one.id);
    }
    group.isDeleted = group.tags.every((sibling) => sibling.isDeleted);
  }
  for (const relation of platform.state.corp.relations) {
    if (relation.tagIds.some((id) => gone.has(id)))
      relation.tagIds = relation.tagIds.filter((id) => !gone.has(id));
  }
}
