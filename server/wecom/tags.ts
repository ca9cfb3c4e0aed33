import pLimit from 'p-limit';
import { z } from 'zod';
import type { WecomCall } from './call.ts';

const Group = z.object({
  group_id: z.string(),
  group_name: z.string(),
  tag: z.array(z.object({ id: z.string(), name: z.string(), deleted: z.boolean().optional() })).default([]),
  deleted: z.boolean().optional(),
});

/** A tag group with its living tags, ids by name. */
export type WecomTagGroup = { groupId: string; name: string; tagIds: Record<string, string> };

/** More calls at once give 45033. Source: wecom.md §4.1. */
const AT_ONCE = 3;

/** Corp tags. @see https://developer.work.weixin.qq.com/document/path/92117, 92118 */
export function createTagsApi(call: WecomCall) {
  const limit = pLimit(AT_ONCE);
  return {
    /** Every group in our range. */
    async groups(): Promise<WecomTagGroup[]> {
      const answer = z.object({ tag_group: z.array(Group).default([]) });
      const body = { tag_id: [], group_id: [] };
      const { tag_group: groups } = await limit(() =>
        call('/cgi-bin/externalcontact/get_corp_tag_list', { body, answer }),
      );
      return groups.filter(({ deleted }) => !deleted).map(asGroup);
    },
    /** Adds tags to the group of that name, which is made when absent; the first name is shown first. */
    async add(groupName: string, names: readonly string[]): Promise<WecomTagGroup> {
      const tag = names.map((name, index) => ({ name, order: names.length - index }));
      const body = { group_name: groupName, tag };
      const answer = z.object({ tag_group: Group });
      const added = await limit(() => call('/cgi-bin/externalcontact/add_corp_tag', { body, answer }));
      return asGroup(added.tag_group);
    },
    /** Adds and removes tags of one relation. @throws {WecomError} 40068 unknown tag, 84061 no relation. */
    async mark(
      key: { staffId: string; externalUserId: string },
      change: { add: string[]; remove: string[] },
    ): Promise<void> {
      const body = {
        userid: key.staffId,
        external_userid: key.externalUserId,
        ...(change.add.length > 0 ? { add_tag: change.add } : {}),
        ...(change.remove.length > 0 ? { remove_tag: change.remove } : {}),
      };
      await limit(() => call('/cgi-bin/externalcontact/mark_tag', { body, answer: z.unknown() }));
    },
  };
}

function asGroup({ group_id: groupId, group_name: name, tag }: z.infer<typeof Group>): WecomTagGroup {
  const living = tag.filter(({ deleted }) => !deleted);
  return { groupId, name, tagIds: Object.fromEntries(living.map((each) => [each.name, each.id])) };
}
