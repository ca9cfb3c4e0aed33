import type { SandboxCorp, SandboxRelation, SandboxStaff } from './corp.ts';

/** Unix seconds: when everybody of the example met. */
const MET_AT = 1_760_000_000;

const member = (userid: string, name: string, more: Partial<SandboxStaff> = {}): SandboxStaff => ({
  userid,
  name,
  position: '销售',
  departments: [2],
  leads: [],
  directLeaders: [],
  status: 1,
  isVisible: true,
  hasCustomers: true,
  ...more,
});

const customer = (externalUserId: string, name: string) => ({
  externalUserId,
  name,
  type: 1 as const,
  gender: 0 as const,
  corpName: null,
  position: null,
  openId: `open-${externalUserId}`,
  unionId: null,
  introducedAs: null,
});

const relation = (userid: string, externalUserId: string): SandboxRelation => ({
  userid,
  externalUserId,
  remark: '',
  description: '',
  remarkCorpName: '',
  remarkMobiles: [],
  addWay: 1,
  state: '',
  createdAt: MET_AT,
  operUserId: userid,
  tagIds: [],
  talkedAt: 0,
  deletedByCustomer: false,
});

/** A corp to begin with: a leader and a member of one department, three customers, of whom `wm-new` follows nobody yet. */
export function exampleCorp(more: Partial<SandboxCorp> = {}): SandboxCorp {
  return {
    seed: 1,
    corpId: 'ww0000000000000001',
    corpName: '示例企业',
    agentId: '1000002',
    appName: '示例应用',
    agentSecret: 'example-agent-secret',
    callbackToken: 'exampleToken',
    callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    departments: [
      { id: 1, name: '示例企业', parentId: 0, order: 200 },
      { id: 2, name: '销售部', parentId: 1, order: 100 },
    ],
    staff: [member('li', '李静', { leads: [2] }), member('wang', '王强', { directLeaders: ['li'] })],
    customers: [customer('wm-zhao', '赵敏'), customer('wm-qian', '钱峰'), customer('wm-new', '孙悦')],
    relations: [relation('li', 'wm-zhao'), relation('wang', 'wm-qian')],
    tagGroups: [],
    ...more,
  };
}
