import type { SandboxCorp, SandboxCustomer } from '@genjin/wecom-sandbox';
import { aRelation, aSmallCorp, aStaff } from '../../packages/wecom-sandbox/test/support/small-corp.ts';

/** Who follows whom, and the company noted in the remark; '' when nobody knows it. */
export type Following = [userid: string, externalUserId: string, company: string];

/** A WeChat user without any company of their own. */
export function aCustomer(externalUserId: string, more: Partial<SandboxCustomer> = {}): SandboxCustomer {
  return {
    externalUserId,
    name: `客户${externalUserId}`,
    type: 1,
    gender: 0,
    corpName: null,
    position: null,
    openId: `open-${externalUserId}`,
    unionId: null,
    introducedAs: null,
    ...more,
  };
}

/**
 * Two sales departments: lena leads anna and ben (2), mark leads carl (3), olga sits above (1); `eve` left.
 * Whoever follows somebody is in `followings`; wmStranger is known to nobody.
 */
export function aTeamCorp(followings: readonly Following[], more: Partial<SandboxCorp> = {}): SandboxCorp {
  const ids = [...new Set(followings.map(([, externalUserId]) => externalUserId)), 'wmStranger'];
  return aSmallCorp({
    departments: [
      { id: 1, name: '测试企业', parentId: 0, order: 300 },
      { id: 2, name: '销售一部', parentId: 1, order: 200 },
      { id: 3, name: '销售二部', parentId: 1, order: 100 },
    ],
    staff: [
      aStaff('lena', { leads: [2] }),
      aStaff('anna'),
      aStaff('ben'),
      aStaff('mark', { departments: [3], leads: [3] }),
      aStaff('carl', { departments: [3] }),
      aStaff('olga', { departments: [1] }),
    ],
    customers: ids.map((id) => aCustomer(id)),
    relations: followings.map(([userid, externalUserId, remarkCorpName], index) =>
      aRelation(userid, externalUserId, { remark: '', remarkCorpName, createdAt: 1_760_000_000 + index }),
    ),
    tagGroups: [],
    ...more,
  });
}
