import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { deleteTags } from '../delete-tags.ts';
import { defineApi } from './define-api.ts';
import { relationBetween } from './find-people.ts';
import { findOwnTag } from './find-tags.ts';

/** Ids of tags or groups; absent means none. */
const ids = z.array(z.string()).default([]);

/** All or nothing: one unknown or foreign id, and no tag is deleted. */
const del = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/del_corp_tag',
  title: '删除企业客户标签',
  writes: true,
  isGuarded: true,
  fields: z.object({ tag_id: ids, group_id: ids }),
  run: (platform, { tag_id: tagIds, group_id: groupIds }) => {
    if (tagIds.length + groupIds.length === 0) throw new ApiError(40058, 'tag_id');
    const found = [...tagIds, ...groupIds].map((id) => findOwnTag(platform, id));
    deleteTags(platform, found);
    return {};
  },
});

/** Tags belong to the relation: what one member marks, a colleague's view of the customer does not show. */
const mark = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/mark_tag',
  title: '编辑客户企业标签',
  writes: true,
  isGuarded: true,
  fields: z.object({ userid: z.string(), external_userid: z.string(), add_tag: ids, remove_tag: ids }),
  missing: { userid: 40003, external_userid: 41035 },
  run: (platform, fields) => {
    const { add_tag: added, remove_tag: removed } = fields;
    if (added.length + removed.length === 0) throw new ApiError(40058, 'add_tag');
    const relation = relationBetween(platform, fields.userid, fields.external_userid);
    const isKnown = (id: string) => platform.book.tag(id)?.tag.isDeleted === false;
    if (![...added, ...removed].every(isKnown)) throw new ApiError(40068);
    const kept = relation.tagIds.filter((id) => !removed.includes(id));
    const after = [...new Set([...kept, ...added])];
    if (after.length > platform.rules.tagsPerCustomer) throw new ApiError(40126);
    relation.tagIds = after;
    return {};
  },
});

/** Deleting tags, and tagging customers. Source: wecom.md §3.4. */
export const markTagApis = [del, mark];
