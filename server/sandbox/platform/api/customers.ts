import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxCustomer, SandboxRelation } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';
import { followingStaff, knownCustomer, relationBetween, visibleRelations } from './find-people.ts';
import { pageOf } from './page-rows.ts';

/** Optional nodes are absent, not empty; only WeCom users show a company. Source: wecom.md §3.3. */
function customerShape(customer: SandboxCustomer): Record<string, unknown> {
  const { externalUserId, name, type, gender, unionId, corpName, position } = customer;
  return {
    external_userid: externalUserId,
    name,
    type,
    avatar: '',
    gender,
    ...(type === 1 && unionId !== null && { unionid: unionId }),
    ...(type === 2 && { corp_name: corpName ?? '', position: position ?? '' }),
  };
}

/** What one member noted; `state` is absent when the customer did not come through a channel. */
function relationShape(relation: SandboxRelation): Record<string, unknown> {
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
  };
}

/** A relation's tags in words; only `externalcontact/get` gives them, the batch gives ids. */
function tagShapes({ state }: Platform, tagIds: string[]): Record<string, unknown>[] {
  return state.corp.tagGroups.flatMap((group) =>
    group.tags
      .filter((tag) => tagIds.includes(tag.id))
      .map((tag) => ({ group_name: group.name, tag_name: tag.name, tag_id: tag.id, type: 1 })),
  );
}

const byFollower = (relation: SandboxRelation) => relation.userid;
const byRelation = (relation: SandboxRelation) => `${relation.userid}|${relation.externalUserId}`;

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
    const rows = visibleRelations(platform).filter((relation) => relation.userid === userid);
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
    const rows = visibleRelations(platform).filter((relation) => relation.externalUserId === externalUserId);
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

const batchFields = z.object({
  userid_list: z.array(z.string()).min(1).max(100),
  cursor: z.string().optional(),
  limit: z.number().optional(),
});

/** One row per customer and member, in a stable order, so that a cursor survives changes between two pages. */
const batchGet = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/batch/get_by_user',
  title: '批量获取客户详情',
  empty: { external_contact_list: [] },
  fields: batchFields,
  run: (platform, { userid_list: asked, cursor, limit }) => {
    const userids = new Set(asked.map((userid) => followingStaff(platform, userid).userid));
    const rows = visibleRelations(platform).filter((relation) => userids.has(relation.userid));
    const query = `batch ${[...userids].sort().join()}`;
    const page = pageOf(rows, { keyOf: byRelation, query, cursor, limit, max: 100, usual: 50 });
    const customers = new Map(platform.state.corp.customers.map((row) => [row.externalUserId, row]));
    return {
      external_contact_list: page.rows.flatMap((row) => {
        const customer = customers.get(row.externalUserId);
        const follow = { ...relationShape(row), tag_id: row.tagIds };
        return customer ? [{ external_contact: customerShape(customer), follow_info: follow }] : [];
      }),
      next_cursor: page.nextCursor,
    };
  },
});

/** `remark_pic_mediaid` is accepted and forgotten: the sandbox keeps no media. */
const remarkFields = z.object({
  userid: z.string(),
  external_userid: z.string(),
  remark: z.string().max(20).optional(),
  description: z.string().max(150).optional(),
  remark_company: z.string().max(20).optional(),
  remark_mobiles: z.array(z.string()).optional(),
  remark_pic_mediaid: z.string().optional(),
});

/** Lengths are checked, absent fields stay as they are, and no callback tells of it. */
const remark = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/remark',
  title: '修改客户备注信息',
  writes: true,
  isGuarded: true,
  fields: remarkFields,
  missing: { userid: 40003, external_userid: 41035 },
  run: (platform, fields) => {
    const { userid, external_userid: externalUserId, ...changes } = fields;
    if (Object.values(changes).every((value) => value === undefined)) throw new ApiError(40058, 'remark');
    const relation = relationBetween(platform, userid, externalUserId);
    relation.remark = changes.remark ?? relation.remark;
    relation.description = changes.description ?? relation.description;
    // A WeCom user's company is his own to state; the platform leaves it alone.
    if (knownCustomer(platform, externalUserId).type === 1)
      relation.remarkCorpName = changes.remark_company ?? relation.remarkCorpName;
    const mobiles = changes.remark_mobiles;
    if (mobiles) relation.remarkMobiles = mobiles.filter((mobile) => mobile !== '');
    return {};
  },
});

/** Customer APIs. Source: wecom.md §3.3. */
export const customerApis = [followUserList, list, get, batchGet, remark];
