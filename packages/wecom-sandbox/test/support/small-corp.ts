import type { SandboxCorp, SandboxRelation, SandboxStaff } from '../../src/corp.ts';

/** Unix seconds of the small corp's relations. */
export const MET_AT = 1_760_000_000;

export function aStaff(userid: string, more: Partial<SandboxStaff> = {}): SandboxStaff {
  return {
    userid,
    name: userid,
    position: '销售',
    departments: [2],
    leads: [],
    directLeaders: [],
    status: 1,
    isVisible: true,
    hasCustomers: true,
    ...more,
  };
}

export function aRelation(
  userid: string,
  externalUserId: string,
  more: Partial<SandboxRelation> = {},
): SandboxRelation {
  return {
    userid,
    externalUserId,
    remark: `remark of ${externalUserId}`.slice(0, 20),
    description: '',
    remarkCorpName: '苏州恒锐精密机械有限公司',
    remarkMobiles: [],
    addWay: 1,
    state: '',
    createdAt: MET_AT,
    operUserId: externalUserId,
    tagIds: [],
    talkedAt: 0,
    deletedByCustomer: false,
    ...more,
  };
}

const customer = (externalUserId: string, type: 1 | 2 = 1) => ({
  externalUserId,
  name: `name ${externalUserId}`,
  type,
  gender: 1 as const,
  corpName: type === 2 ? '宁波鼎盛模具有限公司' : null,
  position: type === 2 ? '采购经理' : null,
  openId: `open-${externalUserId}`,
  unionId: null,
  introducedAs: null,
});

/**
 * Three departments; ZhangSan (leader) and lisi with customers, wangwu without any, hidden out of range, plain without 客户联系.
 * wm1, wm2 follow ZhangSan, wm2 and wo3 lisi; wm4 is known to hidden only; wm9 and wo9 are strangers.
 */
export function aSmallCorp(more: Partial<SandboxCorp> = {}): SandboxCorp {
  return {
    seed: 7,
    corpId: 'ww00000000000000ab',
    corpName: '测试企业',
    agentId: '1000002',
    appName: '跟进',
    agentSecret: 'the-agent-secret',
    callbackToken: 'QDG6eK',
    callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    departments: [
      { id: 1, name: '测试企业', parentId: 0, order: 300 },
      { id: 2, name: '销售部', parentId: 1, order: 200 },
      { id: 3, name: '销售二组', parentId: 2, order: 100 },
    ],
    staff: [
      aStaff('ZhangSan', { departments: [2, 3], leads: [2] }),
      aStaff('lisi', { departments: [3], directLeaders: ['ZhangSan'] }),
      aStaff('wangwu'),
      aStaff('hidden', { isVisible: false }),
      aStaff('plain', { hasCustomers: false }),
    ],
    customers: [
      customer('wm1'),
      customer('wm2'),
      customer('wo3', 2),
      customer('wm4'),
      customer('wm9'),
      customer('wo9', 2),
    ],
    relations: [
      aRelation('ZhangSan', 'wm1', { state: 'expo' }),
      aRelation('ZhangSan', 'wm2'),
      aRelation('lisi', 'wm2', { createdAt: MET_AT + 60 }),
      aRelation('lisi', 'wo3'),
      aRelation('hidden', 'wm4'),
    ],
    tagGroups: [
      {
        id: 'etConsole',
        name: '后台标签',
        createdAt: MET_AT,
        order: 0,
        madeBy: 'console',
        isDeleted: false,
        tags: [{ id: 'etHot', name: '重点', createdAt: MET_AT, order: 0, isDeleted: false }],
      },
    ],
    ...more,
  };
}
