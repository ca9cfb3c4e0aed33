import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxRelation } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { byCustomer } from '../relation-index.ts';
import { rowsAfter } from '../sorted-rows.ts';
import { customerShape, relationShape } from './customers.ts';
import { defineApi } from './define-api.ts';
import { followingStaff, isListed, isSameUserid } from './find-people.ts';
import { pageAfter } from './page-rows.ts';

const batchFields = z.object({
  userid_list: z.array(z.string()).min(1).max(100),
  cursor: z.string().optional(),
  limit: z.number().optional(),
});

const byRelation = (relation: SandboxRelation) => `${relation.userid}|${relation.externalUserId}`;

/** The relations of these members, in the order of members and customers, from a key on; earlier ones are not looked at. */
function* relationsAfter(platform: Platform, userids: string[], key: string): Generator<SandboxRelation> {
  const bar = key.lastIndexOf('|');
  const [lastUserid, lastCustomer] = [key.slice(0, Math.max(bar, 0)), key.slice(bar + 1)];
  for (const userid of userids) {
    if (userid < lastUserid) continue;
    const from = userid === lastUserid ? lastCustomer : '';
    for (const row of rowsAfter(platform.book.relationsOf(userid), byCustomer, from))
      if (isListed(platform, row)) yield row;
  }
}

/** Members with an interface licence, and the others. @throws {ApiError} 701008 when there are only others. */
function licensed({ rules }: Platform, userids: string[]): { known: string[]; unlicensed: string[] } {
  const isWithout = (userid: string) => rules.unlicensedUserids.some((one) => isSameUserid(one, userid));
  const unlicensed = userids.filter(isWithout);
  if (unlicensed.length === userids.length) throw new ApiError(701008);
  return { known: userids.filter((userid) => !isWithout(userid)), unlicensed };
}

function rowShape({ book }: Platform, row: SandboxRelation): Record<string, unknown>[] {
  const customer = book.customer(row.externalUserId);
  const follow = { ...relationShape(row), tag_id: row.tagIds };
  return customer ? [{ external_contact: customerShape(customer), follow_info: follow }] : [];
}

/** One row per customer and member, in a stable order, so that a cursor survives changes between two pages. Source: wecom.md §3.3. */
export const batchCustomerApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/batch/get_by_user',
    title: '批量获取客户详情',
    empty: { external_contact_list: [], next_cursor: '' },
    fields: batchFields,
    missing: { userid_list: 40003 },
    run: (platform, { userid_list: asked, cursor, limit }) => {
      const userids = [...new Set(asked.map((userid) => followingStaff(platform, userid).userid))].sort();
      const { known, unlicensed } = licensed(platform, userids);
      const query = `batch ${userids.join()}`;
      const after = (key: string) => relationsAfter(platform, known, key);
      const page = pageAfter(after, { keyOf: byRelation, query, cursor, limit, max: 100, usual: 50 });
      return {
        external_contact_list: page.rows.flatMap((row) => rowShape(platform, row)),
        next_cursor: page.nextCursor,
        ...(unlicensed.length > 0 && { fail_info: { unlicensed_userid_list: unlicensed } }),
      };
    },
  }),
];
