import { z } from 'zod';
import {
  count,
  eachOfRows,
  eachRow,
  flag,
  idText,
  instantOrNull,
  straysOf,
  words,
} from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { anyOf, chars, id, list, notBoth, order, staff } from '../client/request-shapes.ts';

/** A tag group with its living tags. Larger `order` is shown first. */
export type WecomTagGroup = {
  groupId: string;
  name: string;
  order: number;
  createdAt: Date;
  tags: { tagId: string; name: string; order: number }[];
};

/** The group to which tags are added: one that exists, or one of that name, which is made when absent. */
export type TagHome = { groupName: string } | { groupId: string };

const ROOT = '/cgi-bin/externalcontact';

const Tag = z.object({ id: idText, name: words, order: count, deleted: flag });
/** A tag group in WeCom's names; shared with the tags of rule groups. */
export const TagGroupAnswer = z.object({
  group_id: idText,
  group_name: words,
  create_time: instantOrNull,
  order: count,
  deleted: flag,
  tag: eachOfRows(Tag),
});

/** Tags to add, with the group by id or by name; shared with the tags of rule groups. */
export const tagsToAdd = {
  group_id: id.optional(),
  group_name: chars(30, 1).optional(),
  tag: list(z.strictObject({ name: chars(30, 1), order }), Infinity, 1),
};

/** The first name is shown first. */
export const askTags = (home: TagHome, names: readonly string[]) => ({
  ...('groupId' in home ? { group_id: home.groupId } : { group_name: home.groupName }),
  tag: names.map((name, index) => ({ name, order: names.length - index })),
});

const groups = defineCall({
  path: `${ROOT}/get_corp_tag_list`,
  request: z
    .strictObject({ tag_id: list(id), group_id: list(id) })
    .superRefine(notBoth('tag_id', 'group_id')),
  encode: ({ tagIds = [], groupIds = [] }: TagWish) => ({ tag_id: tagIds, group_id: groupIds }),
  answer: z.object({ tag_group: eachRow(TagGroupAnswer) }),
  decode: ({ tag_group: found }, { onStrays }) => {
    const unread = [found, ...found.map(({ tag }) => tag)].flatMap(straysOf).length;
    if (unread > 0) onStrays?.(unread);
    return found.filter(({ deleted }) => !deleted).map(asTagGroup);
  },
});

/** Tags or groups by id; all of them without either. */
type TagFilter = { tagIds?: readonly string[]; groupIds?: readonly string[] };

/** `onStrays` hears how many groups and tags could not be read: what is not told may exist. */
type TagWish = TagFilter & { onStrays?: (count: number) => void };

const add = defineCall({
  path: `${ROOT}/add_corp_tag`,
  request: z.strictObject(tagsToAdd),
  encode: ({ home, names }: { home: TagHome; names: readonly string[] }) => askTags(home, names),
  answer: z.object({ tag_group: TagGroupAnswer }),
  decode: ({ tag_group: group }) => asTagGroup(group),
  isRepeatable: false,
});

type Marking = {
  staffId: string;
  externalUserId: string;
  add: readonly string[];
  remove: readonly string[];
};

const mark = defineCall({
  path: `${ROOT}/mark_tag`,
  request: z
    .strictObject({
      userid: staff,
      external_userid: id,
      add_tag: list(id, 3000).optional(),
      remove_tag: list(id, 3000).optional(),
    })
    .superRefine(anyOf('add_tag', 'remove_tag')),
  encode: ({ staffId, externalUserId, add, remove }: Marking) => ({
    userid: staffId,
    external_userid: externalUserId,
    ...(add.length > 0 ? { add_tag: add } : {}),
    ...(remove.length > 0 ? { remove_tag: remove } : {}),
  }),
  ...decodesNothing,
});

/** Corp tags. @see https://developer.work.weixin.qq.com/document/path/92117, 92118 */
export function createTagsApi(call: WecomCall) {
  const slowly: WecomCall = (path, request) => call(path, { ...request, lane: 'writes' });
  return {
    /** Every group in our range, or those with one of the tags or groups. */
    groups: (wish: TagWish = {}): Promise<WecomTagGroup[]> => groups(call)(wish),
    /** Adds tags, of which the first is shown first. @returns the group with these tags only. @throws {WecomError} 40071 a name exists. */
    add: (home: TagHome, names: readonly string[]): Promise<WecomTagGroup> => add(slowly)({ home, names }),
    /** Adds and removes tags of one relation. @throws {WecomError} 40068 unknown tag, 84061 no relation. */
    mark: (
      key: { staffId: string; externalUserId: string },
      change: { add: readonly string[]; remove: readonly string[] },
    ): Promise<void> => mark(slowly)({ ...key, ...change }),
  };
}

/** A tag group by our names, without deleted tags. */
export function asTagGroup(group: z.infer<typeof TagGroupAnswer>): WecomTagGroup {
  return {
    groupId: group.group_id,
    name: group.group_name,
    order: group.order,
    createdAt: group.create_time ?? new Date(0),
    tags: group.tag
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, order }) => ({ tagId: id, name, order })),
  };
}
