import pLimit from 'p-limit';
import { z } from 'zod';
import {
  code,
  count,
  eachOfRows,
  eachRow,
  flag,
  idText,
  instantOrNull,
  paged,
  words,
} from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { always, defineCall, definePages, tellsNothing } from '../client/define-call.ts';
import { id, list, staff } from '../client/request-shapes.ts';

/** Who a rule group is for: members and departments. */
export type StrategyRange = { staffIds?: readonly string[]; departmentIds?: readonly number[] };

/** A rule group (规则组): who may do what with customers. `privileges` are WeCom's own words, `view_customer_list` … */
export type Strategy = {
  name: string;
  parentId?: number;
  adminIds: readonly string[];
  privileges?: Readonly<Record<string, boolean>>;
};

const ROOT = '/cgi-bin/externalcontact/customer_strategy';
const MEMBER = 1 as const;
const DEPARTMENT = 2 as const;

const Range = list(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal(MEMBER), userid: staff }),
    z.strictObject({ type: z.literal(DEPARTMENT), partyid: z.int() }),
  ]),
);
const one = {
  request: z.strictObject({ strategy_id: z.int() }),
  ask: (strategyId: number) => ({ strategy_id: strategyId }),
};

const pages = definePages({
  path: `${ROOT}/list`,
  request: z.strictObject({ limit: z.int() }),
  ask: always({ limit: 1000 }),
  answer: z.object({ strategy: eachRow(z.object({ strategy_id: code })), ...paged }),
  tell: ({ strategy: found }) => found.map(({ strategy_id: strategyId }) => strategyId),
});

const get = defineCall({
  path: `${ROOT}/get`,
  ...one,
  answer: z.object({
    strategy: z.object({
      strategy_id: code,
      parent_id: count,
      strategy_name: words,
      create_time: instantOrNull,
      admin_list: eachOfRows(idText),
      privilege: z.record(z.string(), flag).nullish(),
    }),
  }),
  tell: ({ strategy: found }) => ({
    strategyId: found.strategy_id,
    parentId: found.parent_id,
    name: found.strategy_name,
    createdAt: found.create_time,
    adminIds: found.admin_list,
    privileges: found.privilege ?? {},
  }),
});

const range = definePages({
  path: `${ROOT}/get_range`,
  request: z.strictObject({ strategy_id: z.int(), limit: z.int() }),
  ask: (strategyId: number) => ({ strategy_id: strategyId, limit: 1000 }),
  answer: z.object({ range: eachRow(z.object({ type: code, userid: words, partyid: count })), ...paged }),
  tell: ({ range: found }) => ({
    staffIds: found.flatMap((row) => (row.type === MEMBER ? [row.userid] : [])),
    departmentIds: found.flatMap((row) => (row.type === DEPARTMENT ? [row.partyid] : [])),
  }),
});

const create = defineCall({
  path: `${ROOT}/create`,
  request: z.strictObject({
    parent_id: z.int(),
    strategy_name: id,
    admin_list: list(staff, 20, 1),
    privilege: z.record(z.string(), z.boolean()).optional(),
    range: Range,
  }),
  ask: ({ strategy, range }: { strategy: Strategy; range: StrategyRange }) => ({
    parent_id: strategy.parentId ?? 0,
    strategy_name: strategy.name,
    admin_list: strategy.adminIds,
    privilege: strategy.privileges && { ...strategy.privileges },
    range: askRange(range),
  }),
  answer: z.object({ strategy_id: code }),
  tell: ({ strategy_id: strategyId }) => strategyId,
  isRepeatable: false,
});

/** What to change; the range by what comes in and what goes out. */
export type StrategyChange = Partial<Omit<Strategy, 'parentId'>> & {
  add?: StrategyRange;
  remove?: StrategyRange;
};

const edit = defineCall({
  path: `${ROOT}/edit`,
  request: z.strictObject({
    strategy_id: z.int(),
    strategy_name: id.optional(),
    admin_list: list(staff, 20, 1).optional(),
    privilege: z.record(z.string(), z.boolean()).optional(),
    range_add: Range.optional(),
    range_del: Range.optional(),
  }),
  ask: ({ strategyId, change }: { strategyId: number; change: StrategyChange }) => ({
    strategy_id: strategyId,
    strategy_name: change.name,
    admin_list: change.adminIds,
    privilege: change.privileges && { ...change.privileges },
    range_add: change.add && askRange(change.add),
    range_del: change.remove && askRange(change.remove),
  }),
  ...tellsNothing,
});

const remove = defineCall({ path: `${ROOT}/del`, ...one, ...tellsNothing });

/** Rule groups made by this app; one call at a time, as WeCom wants. @see https://developer.work.weixin.qq.com/document/path/94883 */
export function createStrategiesApi(call: WecomCall) {
  const limit = pLimit(1);
  const serially: WecomCall = (path, request) => limit(() => call(path, request));
  return {
    /** Ids of every rule group. */
    pages: pages(serially),
    get: get(serially),
    /** Members and departments of one rule group, page by page. */
    range: range(serially),
    /** @returns the id */
    create: (strategy: Strategy, range: StrategyRange) => create(serially)({ strategy, range }),
    edit: (strategyId: number, change: StrategyChange) => edit(serially)({ strategyId, change }),
    remove: remove(serially),
  };
}

function askRange({ staffIds = [], departmentIds = [] }: StrategyRange) {
  return [
    ...staffIds.map((userid) => ({ type: MEMBER, userid }) as const),
    ...departmentIds.map((partyid) => ({ type: DEPARTMENT, partyid }) as const),
  ];
}
