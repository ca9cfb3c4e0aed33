import type { ClassificationView } from '../../server/api/contract/classification.ts';
import type { CadenceView, Profile } from '../../server/api/contract/profile.ts';

type Kdm = Profile['kdm'];
type Labels<Key extends string> = Readonly<Record<Key, string>>;

/** The pyramid 客户分层. */
export const TIER: Labels<Profile['account']['tier']> = {
  head: '头部',
  waist: '腰部',
  tail: '尾部',
  unrated: '未分层',
};

/** How contacts call themselves, beside our remark 备注. */
export const nicknameText = (name: string) => `昵称 ${name}`;

/** Beside what somebody set by hand 人工设定. */
export const PINNED = '人工设定';

/** The eight stages 客户八阶段. */
export const STAGE: Labels<Profile['account']['stage']> = {
  suspect: '猜想',
  prospect: '预期',
  first_purchase: '首次成交',
  repeat: '重复购买',
  long_term: '长期',
  advocate: '拥护者',
  strategic_partner: '战略合作',
  partner: '合伙人',
};

/** The funnel 销售漏斗. */
export const OPPORTUNITY_STAGE = {
  target: '目标',
  interest: '意向',
  project: '立项',
  approval: '认可',
  negotiation: '谈判',
  won: '成交',
  lost: '丢单',
} as const;

/** What an account is worth 价值分类. */
export const VALUE_CLASS: Labels<ClassificationView['valueClass']['value']> = {
  diamond: '钻石',
  gold: '黄金',
  strategic: '战略',
  potential: '潜力',
  general: '一般',
  problem: '问题',
};

/** How a follow-up took place. */
export const CHANNEL: Labels<Profile['followUps'][number]['channel']> = {
  chat: '聊天',
  call: '电话',
  visit: '拜访',
  meeting: '会议',
  other: '其他',
};

/** What came of a talk 结果. */
export const OUTCOME: Labels<NonNullable<Profile['followUps'][number]['outcome']>> = {
  talked: '已沟通',
  no_answer: '未接通',
  scheduled: '约了时间',
  declined: '已拒绝',
};

/** On which level we spoke 层级. */
export const TALK_LEVEL: Labels<NonNullable<Profile['followUps'][number]['level']>> = {
  leadership: '领导',
  technical: '技术',
  business: '业务',
  service: '服务',
};

/** What set the next date. */
export const DUE_REASON: Labels<CadenceView['reason']> = {
  interval: '周期',
  promise: '约定',
  question: '客户提问',
  new_contact: '新客户',
  detractor: '贬损者',
};

/** A decision maker's level 级别. */
export const LEVEL: Labels<NonNullable<Kdm['level']>> = { executive: '高层', manager: '中层', staff: '基层' };

/** How close we are 关系亲疏. */
export const CLOSENESS: Labels<NonNullable<Kdm['closeness']>> = {
  close: '关系密切',
  regular: '常规合作',
  initial: '初步沟通',
  unknown: '不认识',
};

/** Part in the decision 决策角色. */
export const DECISION_ROLE: Labels<NonNullable<Kdm['decisionRole']>> = {
  purchaser: '采购决策',
  user: '使用者',
  technical: '技术把关',
  finance: '财务',
  supply_chain: '供应链',
  quality: '质量',
  supervisor: '监理',
  guide: '向导',
};

/** What a guide 向导 can do for us, by level 1–3. */
export const GUIDE_LEVEL: Readonly<Record<number, string>> = { 1: '能通报', 2: '能建议', 3: '能影响决策' };

/** Budget authority 预算权. */
export const BUDGET: Labels<NonNullable<Kdm['budget']>> = {
  none: '无预算权',
  recommends: '可提建议',
  approves_up_to: '额度内可批',
  final: '最终拍板',
};

/** Ways to reach somebody besides WeCom. */
export const METHOD: Labels<Kdm['methods'][number]['kind']> = {
  mobile: '手机',
  wechat: '微信',
  email: '邮箱',
  other: '其他',
};

/** The fields that completeness 完整度 counts. */
export const KDM_FIELD: Labels<Kdm['gaps'][number]> = {
  department: '部门',
  title: '职务',
  level: '级别',
  superior: '上级',
  scope: '业务领域',
  authority: '权力范围',
  method: '联系方式',
  closeness: '关系亲疏',
  decisionRole: '决策角色',
};

/** Whom a decision chain 决策链 may lack. */
export const CHAIN_GAP: Labels<Profile['account']['chainGaps'][number]> = {
  final_say: '最终拍板人',
  purchaser: '采购决策人',
  user: '使用者',
  technical: '技术把关人',
};

/** Groups of NPS answers. */
export const BAND = { promoter: '推荐者', passive: '中立者', detractor: '贬损者' } as const;

/** Words on buttons that several views share. */
export const ACTIONS = {
  retry: '重试',
  busy: '正在处理',
  offline: '没有连上服务器，请检查网络后重试。',
  close: '关闭',
  more: '展开',
  less: '收起',
  missing: '没有加载出来',
  missingHint: '网络不通，或者服务器刚升级过。刷新页面再打开一次。',
  reload: '刷新页面',
} as const;
