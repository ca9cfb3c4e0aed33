import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { StrategyTagGroup } from '../slices/identities.ts';
import { nextId } from '../state.ts';
import { defineApi } from './define-api.ts';
import { checkTagName } from './find-tags.ts';
import { strategyNamed } from './strategies.ts';

type Tag = StrategyTagGroup['tags'][number];
type Ordered = { order: number; createdAt: number };

const ids = z.array(z.string()).default([]);
const order = z.number().int().min(0).max(4_294_967_295).optional();
/** Bigger order first, newer first on ties. */
const byOrder = (left: Ordered, right: Ordered) =>
  right.order - left.order || right.createdAt - left.createdAt;

function groupShape(group: StrategyTagGroup, tags: Tag[]): Record<string, unknown> {
  return {
    group_id: group.id,
    group_name: group.name,
    create_time: group.createdAt,
    order: group.order,
    strategy_id: group.strategyId,
    tag: tags
      .toSorted(byOrder)
      .map(({ id, name, createdAt, order }) => ({ id, name, create_time: createdAt, order })),
  };
}

const getList = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_strategy_tag_list',
  title: '获取指定规则组下的企业客户标签',
  empty: { tag_group: [] },
  fields: z.object({ strategy_id: z.number().int().optional(), tag_id: ids, group_id: ids }),
  run: ({ state }, { strategy_id: strategyId, tag_id: tagIds, group_id: groupIds }) => {
    const isAll = tagIds.length + groupIds.length === 0;
    const tagsOf = (group: StrategyTagGroup) =>
      isAll || groupIds.includes(group.id) ? group.tags : group.tags.filter(({ id }) => tagIds.includes(id));
    const groups = state.strategyTags
      .filter((group) => strategyId === undefined || group.strategyId === strategyId)
      .map((group) => ({ group, tags: tagsOf(group) }))
      .filter(({ tags }) => tags.length > 0)
      .sort((left, right) => byOrder(left.group, right.group));
    return { tag_group: groups.map(({ group, tags }) => groupShape(group, tags)) };
  },
});

const addFields = z.object({
  strategy_id: z.number().int(),
  group_id: z.string().optional(),
  group_name: z.string().optional(),
  order,
  tag: z.array(z.object({ name: z.string(), order })).min(1),
});

/** The group to add to: named by id, or by a name that may be new. @throws {ApiError} 40068, 40072 */
function groupFor({ state, now }: Platform, fields: z.infer<typeof addFields>): StrategyTagGroup {
  const own = state.strategyTags.filter((group) => group.strategyId === fields.strategy_id);
  const known = own.find((group) => group.id === fields.group_id || group.name === fields.group_name);
  if (known) return known;
  if (fields.group_id) throw new ApiError(40068);
  checkTagName(fields.group_name ?? '');
  return {
    id: nextId(state, 'st'),
    strategyId: fields.strategy_id,
    name: fields.group_name ?? '',
    order: fields.order ?? 0,
    createdAt: unixNow({ now }),
    tags: [],
  };
}

const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_strategy_tag',
  title: '为指定规则组创建企业客户标签',
  writes: true,
  isGuarded: true,
  empty: { tag_group: {} },
  fields: addFields,
  run: (platform, fields) => {
    const { state } = platform;
    strategyNamed(platform, fields.strategy_id);
    const group = groupFor(platform, fields);
    const wanted = [...new Map(fields.tag.map((tag) => [tag.name, tag])).values()];
    for (const { name } of wanted) checkTagName(name);
    if (wanted.some(({ name }) => group.tags.some((tag) => tag.name === name))) throw new ApiError(40071);
    const createdAt = unixNow(platform);
    const added = wanted.map(({ name, order = 0 }) => ({ id: nextId(state, 'st'), name, order, createdAt }));
    group.tags.push(...added);
    if (!state.strategyTags.includes(group)) state.strategyTags.push(group);
    return { tag_group: groupShape(group, added) };
  },
});

const edit = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/edit_strategy_tag',
  title: '编辑指定规则组下的企业客户标签',
  writes: true,
  isGuarded: true,
  fields: z.object({ id: z.string(), name: z.string().optional(), order }),
  missing: { id: 40068 },
  run: ({ state }, { id, name, order }) => {
    const targets = state.strategyTags.flatMap((group) => [group, ...group.tags]);
    const target = targets.find((candidate) => candidate.id === id);
    if (!target) throw new ApiError(40068);
    if (name !== undefined) checkTagName(name);
    target.name = name ?? target.name;
    target.order = order ?? target.order;
    return {};
  },
});

/** A group goes with its last tag; one unknown id, and nothing is deleted. */
const del = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/del_strategy_tag',
  title: '删除指定规则组下的企业客户标签',
  writes: true,
  isGuarded: true,
  fields: z.object({ tag_id: ids, group_id: ids }),
  run: ({ state }, { tag_id: tagIds, group_id: groupIds }) => {
    const wanted = [...tagIds, ...groupIds];
    if (wanted.length === 0) throw new ApiError(40058, 'tag_id');
    const known = state.strategyTags.flatMap((group) => [group.id, ...group.tags.map((tag) => tag.id)]);
    if (wanted.some((id) => !known.includes(id))) throw new ApiError(40068);
    for (const group of state.strategyTags) group.tags = group.tags.filter(({ id }) => !tagIds.includes(id));
    state.strategyTags = state.strategyTags.filter(
      (group) => group.tags.length > 0 && !groupIds.includes(group.id),
    );
    return {};
  },
});

/** Tags of rule groups. Source: wecom.md §3.4. */
export const strategyTagApis = [getList, add, edit, del];
