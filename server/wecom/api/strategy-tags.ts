import { z } from 'zod';
import { count, eachRow } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, tellsNothing } from '../client/define-call.ts';
import { anyOf, chars, id, list, notBoth, order } from '../client/request-shapes.ts';
import { asTagGroup, askTags, TagGroupAnswer, tagsToAdd, type TagHome } from './tags.ts';

const ROOT = '/cgi-bin/externalcontact';
const strategy = z.int();

/** Tags or groups by id; every one of the rule group without either. */
type StrategyTags = { strategyId: number; tagIds?: readonly string[]; groupIds?: readonly string[] };

const Group = TagGroupAnswer.extend({ strategy_id: count });
const asStrategyGroup = (group: z.infer<typeof Group>) => ({
  ...asTagGroup(group),
  strategyId: group.strategy_id,
});

const tagGroups = defineCall({
  path: `${ROOT}/get_strategy_tag_list`,
  request: z
    .strictObject({ strategy_id: strategy, tag_id: list(id), group_id: list(id) })
    .superRefine(notBoth('tag_id', 'group_id')),
  ask: ({ strategyId, tagIds = [], groupIds = [] }: StrategyTags) => ({
    strategy_id: strategyId,
    tag_id: tagIds,
    group_id: groupIds,
  }),
  answer: z.object({ tag_group: eachRow(Group) }),
  tell: ({ tag_group: groups }) => groups.filter(({ deleted }) => !deleted).map(asStrategyGroup),
});

const addTags = defineCall({
  path: `${ROOT}/add_strategy_tag`,
  request: z.strictObject({ strategy_id: strategy, ...tagsToAdd }),
  ask: ({ strategyId, home, names }: { strategyId: number; home: TagHome; names: readonly string[] }) => ({
    strategy_id: strategyId,
    ...askTags(home, names),
  }),
  answer: z.object({ tag_group: Group }),
  tell: ({ tag_group: group }) => asStrategyGroup(group),
  isRepeatable: false,
});

const editTag = defineCall({
  path: `${ROOT}/edit_strategy_tag`,
  request: z
    .strictObject({ id, name: chars(30, 1).optional(), order: order.optional() })
    .superRefine(anyOf('name', 'order')),
  ask: (change: { id: string; name?: string; order?: number }) => change,
  ...tellsNothing,
});

const removeTags = defineCall({
  path: `${ROOT}/del_strategy_tag`,
  request: z.strictObject({ tag_id: list(id), group_id: list(id) }).superRefine(anyOf('tag_id', 'group_id')),
  ask: ({ tagIds = [], groupIds = [] }: Omit<StrategyTags, 'strategyId'>) => ({
    tag_id: tagIds,
    group_id: groupIds,
  }),
  ...tellsNothing,
});

/** Tags that belong to rule groups, made by this app. @see https://developer.work.weixin.qq.com/document/path/94882 */
export function createStrategyTagsApi(call: WecomCall) {
  const slowly: WecomCall = (path, request) => call(path, { ...request, lane: 'writes' });
  return {
    /** Tag groups of one rule group. */
    groups: tagGroups(slowly),
    /** Adds tags, of which the first is shown first. @returns the group with these tags only. */
    add: (strategyId: number, home: TagHome, names: readonly string[]) =>
      addTags(slowly)({ strategyId, home, names }),
    /** Gives a tag or a group another name. */
    rename: (id: string, name: string): Promise<void> => editTag(slowly)({ id, name }),
    /** Puts a tag or a group in another place; larger is shown first. */
    reorder: (id: string, order: number): Promise<void> => editTag(slowly)({ id, order }),
    /** Deletes tags and whole groups. */
    remove: removeTags(slowly),
  };
}
