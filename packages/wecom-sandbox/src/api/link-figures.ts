import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxRelation } from '../corp.ts';
import { quotasOf } from '../link-quota.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { LinkCustomer } from '../slices/entries.ts';
import { hasTalked } from '../welcome.ts';
import { linkNamed } from './acquisition-links.ts';
import { DAY_SECONDS, daysOf, dayStart } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { paging } from './field-limits.ts';
import { pageOf } from './page-rows.ts';

const BASE = '/cgi-bin/externalcontact/customer_acquisition';

/** 0 no word yet, 1 they talk, 2 unknown as the relation is gone. */
function chatStatus(relation: SandboxRelation | undefined, { heard }: LinkCustomer): 0 | 1 | 2 {
  if (!relation) return 2;
  return heard > 0 || hasTalked(relation) ? 1 : 0;
}

/** The oldest first. */
const byAge = (row: LinkCustomer) =>
  `${String(row.addedAt).padStart(12, '0')}|${row.externalUserId}|${row.userid}`;

const customers = defineApi({
  method: 'POST',
  path: `${BASE}/customer`,
  title: '获取由获客链接添加的客户信息',
  empty: { customer_list: [], next_cursor: '' },
  fields: z.object({ link_id: z.string(), ...paging }),
  run: (platform, { link_id: linkId, cursor, limit }) => {
    const link = linkNamed(platform, linkId);
    const query = `link customers ${linkId}`;
    const page = pageOf(link.customers, { keyOf: byAge, query, cursor, limit, max: 1000, usual: 1000 });
    return {
      customer_list: page.rows.map((row) => {
        const relation = platform.state.corp.relations.find(
          (one) => one.userid === row.userid && one.externalUserId === row.externalUserId,
        );
        return {
          external_userid: row.externalUserId,
          userid: row.userid,
          chat_status: chatStatus(relation, row),
          ...(row.state !== '' && { state: row.state }),
        };
      }),
      next_cursor: page.nextCursor,
    };
  },
});

/** Different people who opened the link, and who came by it. */
const statistic = defineApi({
  method: 'POST',
  path: `${BASE}/statistic`,
  title: '查询链接使用详情',
  empty: { click_link_customer_cnt: 0, new_customer_cnt: 0 },
  fields: z.object({ link_id: z.string(), start_time: z.number().int(), end_time: z.number().int() }),
  run: (platform, { link_id: linkId, start_time: from, end_time: to }) => {
    const link = linkNamed(platform, linkId);
    const days = daysOf(platform, { from, to });
    const [start, end] = [dayStart(from), (days.at(-1) ?? 0) + DAY_SECONDS];
    const isIn = (at: number) => at >= start && at < end;
    const clicks = link.clicks.filter(({ at }) => isIn(at));
    return {
      click_link_customer_cnt: new Set(clicks.map(({ externalUserId }) => externalUserId)).size,
      new_customer_cnt: link.customers.filter(({ addedAt }) => isIn(addedAt)).length,
    };
  },
});

/** The customer and the count of lines behind the key of a message_from_customer event. @throws {ApiError} 40058 unknown or expired. */
function chatBehind(platform: Platform, key: string): { linkId: string; customer: LinkCustomer } {
  const known = platform.state.chatKeys.find((candidate) => candidate.key === key);
  const link = platform.state.links.find((candidate) => candidate.linkId === known?.linkId);
  const customer = link?.customers.findLast((row) => row.externalUserId === known?.externalUserId);
  if (!known || !link || !customer || known.expiresAt <= unixNow(platform))
    throw new ApiError(40058, 'chat_key');
  return { linkId: link.linkId, customer };
}

const chatInfo = defineApi({
  method: 'POST',
  path: `${BASE}/get_chat_info`,
  title: '获取成员多次收消息详情',
  empty: { chat_info: {} },
  fields: z.object({ chat_key: z.string() }),
  run: (platform, { chat_key: key }) => {
    const { linkId, customer } = chatBehind(platform, key);
    return {
      userid: customer.userid,
      external_userid: customer.externalUserId,
      chat_info: { recv_msg_cnt: customer.heard, link_id: linkId, state: customer.state },
    };
  },
});

const quota = defineApi({
  method: 'GET',
  path: '/cgi-bin/externalcontact/customer_acquisition_quota',
  title: '查询获客助手剩余使用量',
  writes: true,
  empty: { total: 0, balance: 0, quota_list: [] },
  fields: z.object({}),
  run: (platform) => {
    const quotas = quotasOf(platform);
    return {
      total: quotas.reduce((sum, { bought }) => sum + bought, 0),
      balance: quotas.reduce((sum, { left }) => sum + left, 0),
      quota_list: quotas.map(({ expiresAt, left }) => ({
        expire_date: dayStart(expiresAt),
        balance: left,
      })),
    };
  },
});

/** Who came by acquisition links, and how many more may. Source: wecom.md §3.12. */
export const linkFigureApis = [customers, statistic, chatInfo, quota];
