import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxCustomer, SandboxRelation } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { byFollower } from '../relation-index.ts';
import { defineApi } from './define-api.ts';
import { followersInSight, followingStaff, isListed, knownCustomer } from './find-people.ts';
import { pageOf } from './page-rows.ts';

/** Optional nodes are absent, not empty; only WeCom users show a company. Source: wecom.md §3.3. */
export function customerShape(customer: SandboxCustomer): Record<string, unknown> {
  const { externalUserId, name, type, gender, unionId, corpName, corpFullName, position } = customer;
  return {
    external_userid: externalUserId,
    name,
    type,
    avatar: '',
    gender,
    ...(type === 1 && unionId !== null && { unionid: unionId }),
    ...(type === 2 && {
      corp_name: corpName ?? '',
      ...(corpFullName ? { corp_full_name: corpFullName } : {}),
      position: position ?? '',
      external_profile: { external_attr: [] },
    }),
  };
}

/** `add_way` of somebody who came from WeChat Channels 视频号. */
const CHANNELS = 10;

/** What one member noted; `state` is absent when the customer did not come through a channel. */
export function relationShape(relation: SandboxRelation): Record<string, unknown> {
  return {
    userid: relation.userid,
    remark: relation.remark,
    description: relation.description,
    createtime: relation.createdAt,
    remark_corp_name: relation.remarkCorpName,
    remark_mobiles: relation.remarkMobiles,
    oper_userid: relation.operUserId,
    add_way: relation.addWay,
    ...(relation.state !== '' && { state: relation.state }),
    ...(relation.addWay === CHANNELS && { wechat_channels: { nickname: '视频号', source: 0 } }),
  };
}

/** A relation's tags in words; only `externalcontact/get` gives them, the batch gives ids. */
function tagShapes({ book }: Platform, tagIds: string[]): Record<string, unknown>[] {
  return tagIds.flatMap((id) => {
    const found = book.tag(id);
    if (!found || found.tag.isDeleted) return [];
    return [{ group_name: found.group.name, tag_name: found.tag.name, tag_id: id, type: 1 }];
  });
}

/** Members in the visible range that have the 客户联系 function. */
const followUserList = defineApi({
  method: 'GET',
  path: '/cgi-bin/externalcontact/get_follow_user_list',
  title: '获取配置了客户联系功能的成员列表',
  empty: { follow_user: [] },
  fields: z.object({}),
  run: ({ state }) => ({
    follow_user: state.corp.staff
      .filter((member) => member.isVisible && member.hasCustomers && member.status !== 5)
      .map((member) => member.userid),
  }),
});

/** A member without customers is an error of its own (84061), not an empty list. */
const list = defineApi({
  method: 'GET',
  path: '/cgi-bin/externalcontact/list',
  title: '获取客户列表',
  empty: { external_userid: [] },
  fields: z.object({ userid: z.string() }),
  missing: { userid: 40003 },
  run: (platform, fields) => {
    const { userid } = followingStaff(platform, fields.userid);
    const rows = platform.book.relationsOf(userid).filter((relation) => isListed(platform, relation));
    if (rows.length === 0) throw new ApiError(84061);
    return { external_userid: rows.map((relation) => relation.externalUserId) };
  },
});

/** Shows only the followers in range; a customer of nobody in range counts as no customer (84061). */
const get = defineApi({
  method: 'GET',
  path: '/cgi-bin/externalcontact/get',
  title: '获取客户详情',
  empty: { external_contact: {}, follow_user: [] },
  fields: z.object({ external_userid: z.string(), cursor: z.string().optional() }),
  missing: { external_userid: 41035 },
  run: (platform, { external_userid: externalUserId, cursor }) => {
    const customer = knownCustomer(platform, externalUserId);
    const rows = followersInSight(platform, externalUserId);
    if (rows.length === 0) throw new ApiError(84061);
    const query = `get ${externalUserId}`;
    const page = pageOf(rows, { keyOf: byFollower, query, cursor, limit: undefined, max: 500, usual: 500 });
    return {
      external_contact: customerShape(customer),
      follow_user: page.rows.map((row) => ({ ...relationShape(row), tags: tagShapes(platform, row.tagIds) })),
      ...(page.nextCursor !== '' && { next_cursor: page.nextCursor }),
    };
  },
});

/** Customers, as members in range see them. Source: wecom.md §3.3. */
export const customerApis = [followUserList, list, get];
