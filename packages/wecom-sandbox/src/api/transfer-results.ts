import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { Transfer } from '../slices/transfers.ts';
import { DAY_SECONDS } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { followingStaff } from './find-people.ts';
import { pageOf } from './page-rows.ts';
import { anyStaff } from './serving-staff.ts';

const resultFields = z.object({
  handover_userid: z.string(),
  takeover_userid: z.string(),
  cursor: z.string().optional(),
});

/** What became of the customers between two members; of several transfers of one customer the last. */
function resultsOf(platform: Platform, kind: Transfer['kind'], fields: z.infer<typeof resultFields>) {
  const handoverId = anyStaff(platform, fields.handover_userid).userid;
  const takeoverId = followingStaff(platform, fields.takeover_userid).userid;
  const rows = platform.state.transfers.filter(
    (row) => row.kind === kind && row.handoverId === handoverId && row.takeoverId === takeoverId,
  );
  const last = [...new Map(rows.map((row) => [row.externalUserId, row])).values()];
  const page = pageOf(last, {
    keyOf: (row) => row.externalUserId,
    query: `transfers ${kind} ${handoverId} ${takeoverId}`,
    cursor: fields.cursor,
    limit: undefined,
    max: 1000,
    usual: 1000,
  });
  return {
    customer: page.rows.map(({ externalUserId, status, takeoverAt }) => ({
      external_userid: externalUserId,
      status,
      takeover_time: takeoverAt,
    })),
    next_cursor: page.nextCursor,
  };
}

const resultApi = (path: string, title: string, kind: Transfer['kind']) =>
  defineApi({
    method: 'POST',
    path,
    title,
    empty: { customer: [], next_cursor: '' },
    fields: resultFields,
    missing: { handover_userid: 40003, takeover_userid: 40003 },
    run: (platform, fields) => resultsOf(platform, kind, fields),
  });

type Unassigned = { handoverId: string; externalUserId: string; leftAt: number };

/** When a member left; a corp that does not say so is taken to have said it at the first question. */
function leftAt(platform: Platform, member: { userid: string; leftAt?: number }): number {
  const { departures } = platform.state;
  departures[member.userid] ??= member.leftAt ?? unixNow(platform);
  return member.leftAt ?? departures[member.userid] ?? 0;
}

/** Customers of members who left within a year, without those already assigned to somebody. */
function unassigned(platform: Platform): Unassigned[] {
  const { corp, transfers } = platform.state;
  const since = unixNow(platform) - 365 * DAY_SECONDS;
  const assigned = new Set(
    transfers
      .filter(({ status }) => status === 1 || status === 2)
      .map((row) => `${row.handoverId}|${row.externalUserId}`),
  );
  const gone = corp.staff
    .filter((member) => member.status === 5 && member.isVisible)
    .map((member) => ({ userid: member.userid, at: leftAt(platform, member) }))
    .filter(({ at }) => at > since);
  return gone.flatMap(({ userid, at }) =>
    corp.relations
      .filter((row) => row.userid === userid && !assigned.has(`${userid}|${row.externalUserId}`))
      .map((row) => ({ handoverId: userid, externalUserId: row.externalUserId, leftAt: at })),
  );
}

/** The last who left come first. */
const byLeaving = (row: Unassigned) =>
  `${String(1e11 - row.leftAt).padStart(12, '0')}|${row.handoverId}|${row.externalUserId}`;

const unassignedList = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_unassigned_list',
  title: '获取待分配的离职成员列表',
  writes: true,
  empty: { info: [], is_last: true, next_cursor: '' },
  fields: z.object({
    page_id: z.number().int().min(0).default(0),
    page_size: z.number().int().min(1).max(1000).default(1000),
    cursor: z.string().optional(),
  }),
  run: (platform, { page_id: pageId, page_size: size, cursor }) => {
    // Further pages are had by cursor only.
    if (!cursor && pageId * size >= 50_000) throw new ApiError(40058, 'page_id');
    const all = unassigned(platform).sort((left, right) => (byLeaving(left) < byLeaving(right) ? -1 : 1));
    const rows = cursor ? all : all.slice(pageId * size);
    const page = pageOf(rows, {
      keyOf: byLeaving,
      query: 'unassigned',
      cursor,
      limit: size,
      max: 1000,
      usual: 1000,
    });
    return {
      info: page.rows.map((row) => ({
        handover_userid: row.handoverId,
        external_userid: row.externalUserId,
        dimission_time: row.leftAt,
      })),
      is_last: page.nextCursor === '',
      next_cursor: page.nextCursor,
    };
  },
});

/** What became of transfers, and who is waiting for one. Source: wecom.md §3.8. */
export const transferResultApis = [
  resultApi('/cgi-bin/externalcontact/transfer_result', '查询客户接替状态', 'on_job'),
  resultApi('/cgi-bin/externalcontact/resigned/transfer_result', '查询离职客户接替状态', 'resigned'),
  unassignedList,
];
