import type { SandboxCorp, SandboxStaff } from '@genjin/wecom-sandbox';
import { sandboxCorpId, sandboxSecret } from '@genjin/wecom-sandbox';

/** An active member with customers, in the app's sight. */
function staff(
  userid: string,
  name: string,
  more: Pick<SandboxStaff, 'position' | 'departments' | 'leads'>,
): SandboxStaff {
  return {
    userid,
    name,
    ...more,
    directLeaders: more.leads.length > 0 ? [] : ['zhoumingyuan'],
    status: 1,
    isVisible: true,
    hasCustomers: true,
  };
}

/** 远山工业科技 before anybody has a customer: departments, a manager, four sales, one app. */
export function corpFrame(seed: number): SandboxCorp {
  return {
    seed,
    corpId: sandboxCorpId(seed),
    corpName: '远山工业科技',
    agentId: '1000002',
    appName: '跟进',
    agentSecret: sandboxSecret(seed, 'agent secret', { at: 0, length: 43 }),
    callbackToken: sandboxSecret(seed, 'callback token', { at: 0, length: 24 }),
    callbackAesKey: sandboxSecret(seed, 'callback key', { at: 0, length: 43 }),
    departments: [
      { id: 1, name: '远山工业科技', parentId: 0, order: 100_000_000 },
      { id: 2, name: '销售中心', parentId: 1, order: 99_999_000 },
      { id: 3, name: '销售一部', parentId: 2, order: 99_998_000 },
      { id: 4, name: '销售二部', parentId: 2, order: 99_997_000 },
    ],
    staff: [
      staff('zhoumingyuan', '周明远', { position: '销售总监', departments: [2], leads: [2] }),
      staff('chenlu', '陈璐', { position: '大客户经理', departments: [3], leads: [] }),
      staff('wanghao', '王浩', { position: '销售经理', departments: [3], leads: [] }),
      staff('linsiyuan', '林思远', { position: '销售经理', departments: [4], leads: [] }),
      staff('hejing', '何静', { position: '销售代表', departments: [4], leads: [] }),
    ],
    customers: [],
    relations: [],
    tagGroups: [],
  };
}
