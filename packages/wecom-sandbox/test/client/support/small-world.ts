import type { Customer, Message, PersonId, Relation, SandboxState, Staff } from '../../../client/control.ts';

const staff = (userid: string, name: string, hue: number): Staff => ({
  userid,
  name,
  position: '大客户销售',
  department: '华东销售部',
  isLeader: false,
  status: 1,
  hue,
});

const customer = (externalUserId: string, name: string, corpName: string): Customer => ({
  externalUserId,
  name,
  corpName,
  position: '采购总监',
  type: 2,
  isStranger: false,
  hue: (externalUserId.charCodeAt(externalUserId.length - 1) * 47) % 360,
});

const HOUR_MS = 3_600_000;
const STARTED_AT = Date.now();
const hoursAgo = (hours: number): string => new Date(STARTED_AT - hours * HOUR_MS).toISOString();

const relation = (userid: string, externalUserId: string, tags: string[]): Relation => ({
  userid,
  externalUserId,
  remark: '',
  remarkCorpName: '',
  description: '',
  state: '',
  createdAt: hoursAgo(50 + externalUserId.length),
  deletedByCustomer: false,
  tags: tags.map((tagName) => ({
    groupName: ['头部', '腰部', '尾部'].includes(tagName) ? '客户分层' : '客户阶段',
    tagName,
  })),
});

/** A corp of a manager, four sellers and a dozen customers, two of them strangers. */
export function smallState(): SandboxState {
  return {
    corp: { corpId: 'wwcorp', corpName: '鹏程工业自动化有限公司', agentId: 1000002, appName: 'Genjin 跟进' },
    person: null,
    surveyHint: null,
    staff: [
      staff('chen.hao', '陈浩', 210),
      { ...staff('lin.min', '林敏', 340), isLeader: true, position: '销售经理' },
      staff('zhao.lei', '赵磊', 150),
      staff('sun.yue', '孙悦', 25),
      staff('wu.tong', '吴彤', 275),
    ],
    customers: [
      customer('wm-a', '周文博', '启明精密制造'),
      customer('wm-b', '李若楠', '蓝海包装'),
      customer('wm-c', '王建国', '东方重工集团股份有限公司华东装备事业部'),
      customer('wm-d', '高翔', '远见半导体'),
      customer('wm-e', '徐静怡', '万和食品'),
      customer('wm-f', '欧阳明月', '星河新能源'),
      { ...customer('wm-g', 'Daniel Ma', ''), corpName: null, position: null, type: 1 },
      { ...customer('wm-x', '郑凯', '博远电子'), isStranger: true },
      { ...customer('wm-y', '何雨桐', ''), corpName: null, position: null, type: 1, isStranger: true },
    ],
    relations: [
      relation('chen.hao', 'wm-a', ['头部', '长期']),
      relation('chen.hao', 'wm-b', ['腰部', '重复购买']),
      relation('chen.hao', 'wm-c', ['尾部', '首次成交']),
      relation('chen.hao', 'wm-d', ['预期']),
      relation('chen.hao', 'wm-e', ['腰部', '拥护者']),
      relation('chen.hao', 'wm-f', ['猜想']),
      { ...relation('chen.hao', 'wm-g', ['猜想']), deletedByCustomer: true },
      relation('zhao.lei', 'wm-a', ['头部', '长期']),
    ],
  };
}

const lineAt = (index: number) => ({
  id: `line${index}`,
  at: hoursAgo(3 - index / 10),
  kind: 'chat' as const,
  links: [],
});

/** What had been said before the page opened. */
export function smallTalk(): Map<PersonId, Message[]> {
  const talk: [string, boolean][] = [
    ['周总您好，上次说的 PLC 备件已经到仓，本周五可以送到苏州工厂。', true],
    ['好的，麻烦顺便带一份新的报价单，老板想看 2025 年的框架价。', false],
    ['没问题，参数对比我也一起整理好了：https://example.com/compare', true],
  ];
  return new Map<PersonId, Message[]>([
    [
      'staff:chen.hao',
      [
        ...talk.map(([text, isMine], index) => ({
          ...lineAt(index),
          peer: 'customer:wm-a' as const,
          fromMe: isMine,
          text,
        })),
        {
          id: 'app0',
          at: hoursAgo(5),
          kind: 'app',
          from: 'Genjin 跟进',
          card: {
            title: '今天有 3 位客户该跟进',
            description:
              '<div class="gray">11月22日 09:00</div><div class="normal">启明精密制造 · 头部 · 今天到期</div><div class="highlight">蓝海包装 · 腰部 · 已逾期 2 个工作日</div>',
            url: '/sidebar/?due',
            btntxt: '去跟进',
          },
        },
      ],
    ],
    [
      'customer:wm-a',
      talk.map(([text, isMine], index) => ({
        ...lineAt(index),
        peer: 'staff:chen.hao' as const,
        fromMe: !isMine,
        text,
      })),
    ],
  ]);
}
