import { z } from 'zod';
import type { SandboxRelation } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';
import { isListed } from './find-people.ts';
import { pageOf } from './page-rows.ts';

const keyOf = ({ userid, externalUserId }: SandboxRelation) => `${userid}|${externalUserId}`;

function served(platform: Platform): SandboxRelation[] {
  const isSeen = (userid: string) => platform.book.staff(userid)?.isVisible === true;
  return platform.state.corp.relations.filter((row) => isSeen(row.userid) && isListed(platform, row));
}

/** Everybody whom members in sight serve. In the sandbox these are customers only. Source: wecom.md §3.3. */
export const servedContactApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/contact_list',
    title: '获取已服务的外部联系人',
    empty: { info_list: [], next_cursor: '' },
    fields: z.object({ cursor: z.string().optional(), limit: z.number().optional() }),
    run: (platform, { cursor, limit }) => {
      const paging = { keyOf, query: 'contact_list', cursor, limit, max: 1000, usual: 1000 };
      const { rows, nextCursor } = pageOf(served(platform), paging);
      return {
        info_list: rows.map(({ userid, externalUserId, createdAt }) => ({
          is_customer: true,
          external_userid: externalUserId,
          follow_userid: userid,
          add_time: createdAt,
        })),
        next_cursor: nextCursor,
      };
    },
  }),
];
