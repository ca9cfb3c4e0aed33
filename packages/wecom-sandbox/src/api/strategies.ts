import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { Strategy } from '../slices/identities.ts';
import { defineApi } from './define-api.ts';
import { paging } from './field-limits.ts';
import { pageOf } from './page-rows.ts';

const BASE = '/cgi-bin/externalcontact/customer_strategy';

/** A member (1) or a department (2). */
const place = z.union([
  z.object({ type: z.literal(1), userid: z.string() }),
  z.object({ type: z.literal(2), partyid: z.number().int() }),
]);
type Place = z.infer<typeof place>;
const privilege = z.record(z.string(), z.boolean());
const idFields = z.object({ strategy_id: z.number().int() });

/** A rule group of this app. @throws {ApiError} 40058 unknown */
export function strategyNamed({ state }: Platform, id: number): Strategy {
  const strategy = state.strategies.find((candidate) => candidate.id === id);
  if (!strategy) throw new ApiError(40058, 'strategy_id');
  return strategy;
}

const usersOf = (places: readonly Place[]) => places.flatMap((one) => (one.type === 1 ? [one.userid] : []));
const partiesOf = (places: readonly Place[]) =>
  places.flatMap((one) => (one.type === 2 ? [one.partyid] : []));

const byNumber = ({ id }: Strategy) => String(id).padStart(8, '0');

const list = defineApi({
  method: 'POST',
  path: `${BASE}/list`,
  title: '获取规则组列表',
  empty: { strategy: [], next_cursor: '' },
  fields: z.object(paging),
  run: ({ state }, { cursor, limit }) => {
    const page = pageOf(state.strategies, {
      keyOf: byNumber,
      query: 'strategies',
      cursor,
      limit,
      max: 1000,
      usual: 1000,
    });
    return { strategy: page.rows.map(({ id }) => ({ strategy_id: id })), next_cursor: page.nextCursor };
  },
});

const get = defineApi({
  method: 'POST',
  path: `${BASE}/get`,
  title: '获取规则组详情',
  fields: idFields,
  run: (platform, { strategy_id: id }) => {
    const strategy = strategyNamed(platform, id);
    return {
      strategy: {
        strategy_id: id,
        parent_id: strategy.parentId,
        strategy_name: strategy.name,
        create_time: strategy.createdAt,
        admin_list: strategy.adminIds,
        privilege: strategy.privilege,
      },
    };
  },
});

const getRange = defineApi({
  method: 'POST',
  path: `${BASE}/get_range`,
  title: '获取规则组管理范围',
  empty: { range: [], next_cursor: '' },
  fields: idFields.extend(paging),
  run: (platform, { strategy_id: id, cursor, limit }) => {
    const { users, parties } = strategyNamed(platform, id);
    const places: Place[] = [
      ...users.map((userid): Place => ({ type: 1, userid })),
      ...parties.map((partyid): Place => ({ type: 2, partyid })),
    ];
    const keyOf = (one: Place) => (one.type === 1 ? `1|${one.userid}` : `2|${one.partyid}`);
    const query = `strategy ${id}`;
    const page = pageOf(places, { keyOf, query, cursor, limit, max: 1000, usual: 1000 });
    return { range: page.rows, next_cursor: page.nextCursor };
  },
});

const create = defineApi({
  method: 'POST',
  path: `${BASE}/create`,
  title: '创建新的规则组',
  writes: true,
  isGuarded: true,
  fields: z.object({
    parent_id: z.number().int().default(0),
    strategy_name: z.string().min(1),
    admin_list: z.array(z.string()).max(20).default([]),
    privilege: privilege.default({}),
    range: z.array(place).min(1).max(100),
  }),
  run: (platform, fields) => {
    const { state } = platform;
    if (fields.parent_id !== 0) strategyNamed(platform, fields.parent_id);
    const id = Math.max(0, ...state.strategies.map((strategy) => strategy.id)) + 1;
    state.strategies.push({
      id,
      name: fields.strategy_name,
      parentId: fields.parent_id,
      createdAt: unixNow(platform),
      adminIds: fields.admin_list,
      privilege: fields.privilege,
      users: usersOf(fields.range),
      parties: partiesOf(fields.range),
    });
    return { strategy_id: id };
  },
});

/** Who is in it after some came and others went. */
const changed = <Item>(now: Item[], more: Item[], less: Item[]) =>
  [...new Set([...now, ...more])].filter((item) => !less.includes(item));

const edit = defineApi({
  method: 'POST',
  path: `${BASE}/edit`,
  title: '编辑规则组及其管理范围',
  writes: true,
  isGuarded: true,
  fields: idFields.extend({
    strategy_name: z.string().min(1).optional(),
    admin_list: z.array(z.string()).max(20).optional(),
    privilege: privilege.optional(),
    range_add: z.array(place).default([]),
    range_del: z.array(place).default([]),
  }),
  run: (platform, fields) => {
    const strategy = strategyNamed(platform, fields.strategy_id);
    const { range_add: added, range_del: gone } = fields;
    strategy.name = fields.strategy_name ?? strategy.name;
    strategy.adminIds = fields.admin_list ?? strategy.adminIds;
    strategy.privilege = fields.privilege ?? strategy.privilege;
    strategy.users = changed(strategy.users, usersOf(added), usersOf(gone));
    strategy.parties = changed(strategy.parties, partiesOf(added), partiesOf(gone));
    return {};
  },
});

/** A rule group goes with its tags. */
const del = defineApi({
  method: 'POST',
  path: `${BASE}/del`,
  title: '删除规则组',
  writes: true,
  isGuarded: true,
  fields: idFields,
  run: (platform, { strategy_id: id }) => {
    const { state } = platform;
    const strategy = strategyNamed(platform, id);
    state.strategies = state.strategies.filter((other) => other !== strategy);
    state.strategyTags = state.strategyTags.filter((group) => group.strategyId !== id);
    return {};
  },
});

/** Rule groups 规则组. Source: wecom.md §3.4. */
export const strategyApis = [list, get, getRange, create, edit, del];
