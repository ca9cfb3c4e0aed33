import { ActionError } from '../action-error.ts';
import type { SandboxTag, SandboxTagGroup } from '../corp.ts';
import { deleteTags } from '../delete-tags.ts';
import { announce, unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import type { XmlField } from '../state.ts';

/** The console allows shorter names than the API. Source: wecom.md §3.4. */
const LONGEST = 15;

type Change = { changeType: 'create' | 'update' | 'delete' | 'shuffle'; id?: string; type?: string };

/** Keeps what was done in the console, and tells of it if the app may hear of customers. Source: wecom.md §2.3. */
function finish(platform: Platform, changes: Change[]): void {
  for (const { changeType, id, type } of platform.rules.hasContactPermission ? changes : []) {
    const fields: XmlField[] = [];
    if (id !== undefined) fields.push(['Id', id]);
    if (type !== undefined) fields.push(['TagType', type]);
    announce(platform, { queue: 'tags', event: 'change_external_tag', changeType, fields });
  }
  platform.save();
  platform.deliver();
}

/** @throws {ActionError} 400 `wrong_name` */
function checkNames(names: string[]): void {
  if (names.some((name) => name === '' || name.length > LONGEST))
    throw new ActionError(400, 'wrong_name', '标签和标签组的名称应为 1 到 15 个字');
}

/** A living tag or, with `tag` null, a living group. @throws {ActionError} 404 `unknown_tag` */
function tagNamed({ book, state }: Platform, id: string): { group: SandboxTagGroup; tag: SandboxTag | null } {
  const found = book.tag(id);
  if (found && !found.tag.isDeleted) return found;
  const group = state.corp.tagGroups.find((candidate) => candidate.id === id && !candidate.isDeleted);
  if (!group) throw new ActionError(404, 'unknown_tag', '没有这个标签');
  return { group, tag: null };
}

/**
 * Somebody makes tags in the console: in a group by id, or by name in a group of the console, which is made if need be, even
 * beside a group of the app with that name. Announced as create.
 *
 * @throws {ActionError} 400, 404, 409 `tag_exists`
 */
export function createTags(
  platform: Platform,
  wish: { groupId?: string | undefined; groupName?: string | undefined; names: string[] },
): { groupId: string; tagIds: string[] } {
  checkNames([...wish.names, ...(wish.groupName === undefined ? [] : [wish.groupName])]);
  const known = groupFor(platform, wish);
  const at = { createdAt: unixNow(platform), order: 0, isDeleted: false };
  const group: SandboxTagGroup = known ?? {
    ...at,
    id: nextId(platform.state, 'et'),
    name: wish.groupName ?? '',
    madeBy: 'console',
    tags: [],
  };
  if (group.tags.some((tag) => !tag.isDeleted && wish.names.includes(tag.name)))
    throw new ActionError(409, 'tag_exists', '标签组里已有同名标签');
  if (!known) platform.state.corp.tagGroups.push(group);
  const tags = wish.names.map((name) => ({ ...at, id: nextId(platform.state, 'et'), name }));
  group.tags.push(...tags);
  finish(platform, [
    ...(known ? [] : [{ changeType: 'create' as const, id: group.id, type: 'tag_group' }]),
    ...tags.map(({ id }) => ({ changeType: 'create' as const, id, type: 'tag' })),
  ]);
  return { groupId: group.id, tagIds: tags.map(({ id }) => id) };
}

/** The group that is there already; null: a new one is to be made. @throws {ActionError} 400 `group_missing`, 404 */
function groupFor(
  platform: Platform,
  { groupId, groupName }: { groupId?: string | undefined; groupName?: string | undefined },
): SandboxTagGroup | null {
  if (groupId !== undefined) return tagNamed(platform, groupId).group;
  if (!groupName) throw new ActionError(400, 'group_missing', '请填写标签组');
  const isIt = (group: SandboxTagGroup) =>
    !group.isDeleted && group.madeBy === 'console' && group.name === groupName;
  return platform.state.corp.tagGroups.find(isIt) ?? null;
}

/** A tag or a group, whoever made it, gets another name; announced as update. @throws {ActionError} 400, 404 */
export function renameTag(platform: Platform, { id, name }: { id: string; name: string }): void {
  checkNames([name]);
  const { group, tag } = tagNamed(platform, id);
  (tag ?? group).name = name;
  finish(platform, [{ changeType: 'update', id, type: tag ? 'tag' : 'tag_group' }]);
}

/** A tag or a whole group is deleted; announced as delete, the group too when it went with its last tag. @throws {ActionError} 404 */
export function deleteTag(platform: Platform, { id }: { id: string }): void {
  const doomed = tagNamed(platform, id);
  deleteTags(platform, [doomed]);
  const changes: Change[] = doomed.tag ? [{ changeType: 'delete', id, type: 'tag' }] : [];
  if (doomed.group.isDeleted) changes.push({ changeType: 'delete', id: doomed.group.id, type: 'tag_group' });
  finish(platform, changes);
}

/** Puts the tags of a group, or without `groupId` the groups, into this order; announced as shuffle. @throws {ActionError} 400, 404 */
export function shuffleTags(
  platform: Platform,
  { groupId, ids }: { groupId?: string | undefined; ids: string[] },
): void {
  const rows = groupId === undefined ? platform.state.corp.tagGroups : tagNamed(platform, groupId).group.tags;
  if (ids.some((id) => !rows.some((row) => row.id === id)))
    throw new ActionError(400, 'wrong_order', '顺序里有不属于这里的标签');
  // Bigger comes first; what is not named stays behind.
  for (const row of rows) row.order = ids.includes(row.id) ? ids.length - ids.indexOf(row.id) : 0;
  finish(platform, [{ changeType: 'shuffle', ...(groupId !== undefined && { id: groupId }) }]);
}
