import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxTag, SandboxTagGroup } from '../corp.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import { defineApi } from './define-api.ts';
import { checkTagName, findOwnTag, ownGroup } from './find-tags.ts';

/** Bigger order first, newer first on ties. Source: wecom.md §3.4. */
function byOrder(left: SandboxTag, right: SandboxTag): number {
  return right.order - left.order || right.createdAt - left.createdAt;
}

/** `deleted` is told only to those who ask by id. */
function tagShape(tag: SandboxTag, isAskedById: boolean): Record<string, unknown> {
  const { id, name, createdAt, order, isDeleted } = tag;
  return { id, name, create_time: createdAt, order, ...(isAskedById && { deleted: isDeleted }) };
}

function groupShape(
  group: SandboxTagGroup,
  tags: SandboxTag[],
  isAskedById: boolean,
): Record<string, unknown> {
  return {
    group_id: group.id,
    group_name: group.name,
    create_time: group.createdAt,
    order: group.order,
    ...(isAskedById && { deleted: group.isDeleted }),
    tag: tags.toSorted(byOrder).map((tag) => tagShape(tag, isAskedById)),
  };
}

/** Ids to look for; absent means none. */
const ids = z.array(z.string()).default([]);

/** The whole library without deleted tags, or what was asked for by id, deleted or not. */
const getList = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_corp_tag_list',
  title: '获取企业标签库',
  empty: { tag_group: [] },
  fields: z.object({ tag_id: ids, group_id: ids }),
  run: ({ state }, { tag_id: tagIds, group_id: groupIds }) => {
    const isAll = tagIds.length === 0 && groupIds.length === 0;
    // With both given only group_id counts.
    const isAskedTag = (tag: SandboxTag) => groupIds.length > 0 || tagIds.includes(tag.id);
    const isAskedGroup = (group: SandboxTagGroup) =>
      groupIds.length > 0 ? groupIds.includes(group.id) : group.tags.some(isAskedTag);
    const groups = state.corp.tagGroups.filter((group) => (isAll ? !group.isDeleted : isAskedGroup(group)));
    return {
      tag_group: groups
        .toSorted(byOrder)
        .map((group) =>
          groupShape(group, group.tags.filter(isAll ? (tag) => !tag.isDeleted : isAskedTag), !isAll),
        ),
    };
  },
});

/** From 0 to 2³² − 1. */
const order = z.number().int().min(0).max(4_294_967_295).optional();
const addFields = z.object({
  group_id: z.string().optional(),
  group_name: z.string().optional(),
  order,
  tag: z.array(z.object({ name: z.string(), order })).min(1),
});

/** The group to add to: named by id, or by a name that may be new. @throws {ApiError} 40068, 40072, 40058, 81011. */
function groupFor(platform: Platform, fields: z.infer<typeof addFields>): SandboxTagGroup {
  const { state } = platform;
  const alive = state.corp.tagGroups.filter((group) => !group.isDeleted);
  if (fields.group_id) {
    const group = alive.find((candidate) => candidate.id === fields.group_id);
    if (!group) throw new ApiError(40068);
    return ownGroup(platform, group);
  }
  if (!fields.group_name) throw new ApiError(40058, 'group_name');
  const named = alive.filter((candidate) => candidate.name === fields.group_name);
  // Somebody may have made a group of our name in the console; ours goes first.
  const group = named.find(({ madeBy }) => madeBy === 'app') ?? named[0];
  if (group) return ownGroup(platform, group);
  checkTagName(fields.group_name);
  return {
    id: nextId(state, 'et'),
    name: fields.group_name,
    createdAt: unixNow(platform),
    order: fields.order ?? 0,
    madeBy: 'app',
    isDeleted: false,
    tags: [],
  };
}

/** Makes tags, and their group when its name is new; the answer holds the tags of this call only. */
const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_corp_tag',
  title: '添加企业客户标签',
  writes: true,
  isGuarded: true,
  empty: { tag_group: {} },
  fields: addFields,
  run: (platform, fields) => {
    const { state, rules } = platform;
    const group = groupFor(platform, fields);
    // The same name twice in one call counts once.
    const wanted = [...new Map(fields.tag.map((tag) => [tag.name, tag])).values()];
    const taken = new Set(group.tags.filter((tag) => !tag.isDeleted).map((tag) => tag.name));
    for (const { name } of wanted) checkTagName(name);
    if (wanted.some(({ name }) => taken.has(name))) throw new ApiError(40071);
    const total = state.corp.tagGroups.flatMap((other) => other.tags).filter((tag) => !tag.isDeleted).length;
    if (total + wanted.length > rules.corpTags) throw new ApiError(40126);
    const added = wanted.map((tag) => ({
      id: nextId(state, 'et'),
      name: tag.name,
      createdAt: unixNow(platform),
      order: tag.order ?? 0,
      isDeleted: false,
    }));
    group.tags.push(...added);
    if (!state.corp.tagGroups.includes(group)) state.corp.tagGroups.push(group);
    return { tag_group: groupShape(group, added, false) };
  },
});

/** Renames or reorders a tag or a group; names stay unique among their siblings (40071). */
const edit = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/edit_corp_tag',
  title: '编辑企业客户标签',
  writes: true,
  isGuarded: true,
  fields: z.object({ id: z.string(), name: z.string().optional(), order }),
  missing: { id: 40068 },
  run: (platform, fields) => {
    const { group, tag } = findOwnTag(platform, fields.id);
    const siblings = tag ? group.tags : platform.state.corp.tagGroups;
    const target = tag ?? group;
    if (fields.name !== undefined) checkTagName(fields.name);
    if (siblings.some((other) => other !== target && !other.isDeleted && other.name === fields.name))
      throw new ApiError(40071);
    target.name = fields.name ?? target.name;
    target.order = fields.order ?? target.order;
    return {};
  },
});

/** The corp's tag library. Source: wecom.md §3.4. */
export const tagApis = [getList, add, edit];
