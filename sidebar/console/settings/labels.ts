import type { SectionView } from '../../../server/api/contract/settings.ts';
import { STAGE, TIER, VALUE_CLASS } from '../../parts/texts.ts';
import type { Fields, Json } from './draft.ts';

type Words = Readonly<Record<string, string>>;

/** The sections, in the words of the people who change them. */
export const SECTION: Readonly<Record<SectionView['name'], { title: string; lead: string }>> = {
  tier: { title: '客户分层', lead: '头部、腰部、尾部怎么划分' },
  valueClass: { title: '价值分类', lead: '规则从上到下，先符合哪条就是哪类' },
  lifecycle: { title: '客户阶段', lead: '八个阶段的数字' },
  cadence: { title: '跟进频率', lead: '每个分层、每个阶段多久联系一次，逾期怎么升级' },
  calendar: { title: '工作日历', lead: '与法定节假日不同的休息日和上班日' },
  goLive: { title: '上线日', lead: '在这之前欠下的跟进不预警、不升级，分摊到上线后的前 20 个工作日' },
  channels: { title: '获客渠道', lead: '渠道活码的名称和花费，用来比较各渠道' },
  claims: { title: '领取限制', lead: '从待分配里领取客户的上限' },
  customFields: { title: '自定义字段', lead: '客户资料里自己要记的内容' },
  kdm: { title: '决策人资料', lead: '多久没确认算过期' },
  warnings: { title: '预警规则', lead: '开关、级别、通知谁、多久不重复' },
  audit: { title: '审计记录', lead: '谁看过什么保留多久；改动和被拒绝的请求永久保留' },
  playbook: { title: '服务策略', lead: '每个分层的服务内容、折扣、账期、费用和提成' },
};

/** Names of fields and of what tables are keyed by; the longer, more exact name first. */
const FIELD: Words = {
  ...TIER,
  ...STAGE,
  'channels.code': '渠道活码的 state',
  'channels.name': '名称',
  'channels.costFen': '花费',
  'claims.maxAccounts': '每人最多拥有的客户数',
  'claims.perDay': '每人每天最多领取',
  'claims.cooldownDays': '释放后多久可以再领取同一客户',
  'rules.all': '全部符合',
  'rules.any': '至少符合一条',
  basis: '按什么排名',
  windowMonths: '统计最近几个月',
  mode: '划分方式',
  rankPercent: '占客户数的比例',
  sharePercent: '占总额的累计比例',
  thresholdFen: '达到多少金额',
  hysteresisPercent: '越过分界线多少才变动',
  confirmingRuns: '或连续几次计算都如此才变动',
  topPercent: '集中度：看前百分之几的客户',
  usualPercent: '通常占总额的比例（用来对照）',
  rules: '规则',
  strategicMonths: '战略标记多久到期',
  valueClass: '归为',
  fact: '条件',
  is: '比较',
  limit: '数值',
  prospectDays: '预期：商机在几天内成交',
  longTermSinceMonths: '长期：首单至少在几个月前',
  longTermActiveMonths: '长期：最近几个月内有订单',
  advocateNps: '拥护者：最近一次 NPS 不低于',
  advocateSharePercent: '拥护者：某品类采购占比不低于',
  repeatOrders: '重复购买：至少几笔已付款订单',
  strategicReferrals: '战略合作：至少转介绍成交几家',
  rhythms: '各分层的频率',
  usual: '通常',
  byStage: '单独规定的阶段',
  intervalDays: '目标间隔',
  minGapDays: '最短间隔',
  promptWorkingDays: '新联系人、差评后几个工作日内联系',
  questionWorkingDays: '客户的问题几个工作日内答复',
  promiseMostDays: '约定最多提前多少天',
  day: '上线日（留空：首次同步成功的那天）',
  workingHours: '上班时间',
  from: '从',
  to: '到',
  escalation: '逾期升级（工作日）',
  managerAfterDays: '几天后告知主管',
  highRiskAfterDays: '几天后列为高风险',
  freeDays: '额外休息的日子',
  workingDays: '额外上班的日子',
  key: '标识',
  label: '名称',
  kind: '类型',
  choices: '选项',
  isRequired: '必填',
  staleDays: '多少天没人确认算过期',
  readingDays: '查看记录保留',
  thresholds: '从多少开始预警',
  isOn: '启用',
  level: '级别',
  tell: '通知',
  windowDays: '多少天内不重复',
  overdueWorkingDays: '头部、腰部跟进逾期几个工作日',
  eventDays: '几天以前发生的不再预警',
  revenueMonths: '收入比较几个月',
  revenueDropPercent: '收入下降',
  shareDropPercent: '份额下降（百分点）',
  paymentOverdueDays: '回款逾期',
  contractEndsDays: '合同还有几天到期',
  headContacts: '头部客户至少几位联系人',
  complaintDays: '投诉几天没有处理完',
  services: '服务内容',
  discountPercent: '折扣范围',
  paymentDays: '账期',
  visitDays: '拜访间隔（0：不安排）',
  costBudgetFen: '每季度费用预算',
  commissionPercent: '提成',
  follow_up_high_risk: '跟进严重逾期',
  follow_up_overdue: '头部、腰部跟进逾期',
  contact_left: '客户删除了我们',
  contact_deleted: '员工删除了客户',
  kdm_left: '关键决策人流失',
  kdm_stale: '关键决策人资料过期',
  detractor: 'NPS 贬损者',
  tier_fell: '分层下降',
  stage_fell: '阶段倒退',
  value_class_fell: '价值分类下降',
  revenue_fell: '收入同比下降',
  share_fell: '份额下降',
  payment_overdue: '回款逾期',
  opportunity_stuck: '商机停滞',
  single_threaded: '头部客户只有一位联系人',
  contract_ending: '合同将到期没有续签',
  complaint_open: '投诉未处理',
};

/** What a field of this name may be. */
const CHOICES: Readonly<Record<string, Words>> = {
  basis: { revenue: '收入', profit: '利润', lifetime_revenue: '历史总收入' },
  mode: { rank: '按排名', threshold: '按金额', share: '按累计占比' },
  valueClass: VALUE_CLASS,
  fact: {
    overdue_days: '应收逾期天数',
    loss_years: '连续亏损年数',
    head_years: '两个整年里头部的年数',
    head_or_waist_years: '两个整年里头部或腰部的年数',
    strategic_mark: '主管标记战略（1：是）',
    below_head: '现在不是头部（1：是）',
    potential_score: '潜力评分',
    growth_percent: '增长 %',
  },
  is: { over: '超过', from: '达到' },
  kind: { text: '文字', number: '数字', date: '日期', choice: '单选' },
  level: { high: '高', medium: '中', low: '低' },
  tell: { owner: '负责人', manager: '主管', admin: '管理员' },
};

/** A new row of a list. */
const ROWS: Readonly<Record<string, Fields>> = {
  'valueClass.rules': { valueClass: 'general', all: [], any: [] },
  all: { fact: 'potential_score', is: 'from', limit: 70 },
  any: { fact: 'potential_score', is: 'from', limit: 70 },
  channels: { code: '', name: '', costFen: 0 },
  customFields: { key: '', label: '', kind: 'text', choices: [], isRequired: false },
};

/** What a section shows of itself only while another field says so, e.g. thresholds while tiers are cut by them. */
const ONLY_WHEN: Readonly<Record<string, [field: string, is: string]>> = {
  'tier.rankPercent': ['mode', 'rank'],
  'tier.sharePercent': ['mode', 'share'],
  'tier.thresholdFen': ['mode', 'threshold'],
};

const UNITS: readonly [RegExp, string][] = [
  [/Fen$/, '元'],
  [/Percent$/, '%'],
  [/WorkingDays$/, '个工作日'],
  [/Days$/, '天'],
  [/Months$/, '个月'],
];

const lastOf = (path: readonly string[]) => path.at(-1) ?? '';
const withoutPlaces = (path: readonly string[]) => path.filter((part) => !/^\d+$/.test(part)).join('.');
const bySuffix = <Value>(table: Readonly<Record<string, Value>>, path: readonly string[]) => {
  const parts = withoutPlaces(path).split('.');
  const suffix = parts.map((_part, from) => parts.slice(from).join('.')).find((name) => name in table);
  return suffix === undefined ? undefined : table[suffix];
};

/** The name of the field at `path`, which begins with its section. */
export const labelOf = (path: readonly string[]): string => bySuffix(FIELD, path) ?? lastOf(path);
export const choicesOf = (path: readonly string[]): Words | undefined => CHOICES[lastOf(path)];
export const newRowOf = (path: readonly string[]): Fields | undefined => bySuffix(ROWS, path);

/** The unit that the nearest name on the path ends in. */
export function unitOf(path: readonly string[]): string {
  const named = path.toReversed().flatMap((part) => UNITS.find(([end]) => end.test(part)) ?? []);
  return named.find((part): part is string => typeof part === 'string') ?? '';
}

/** True for what matters with the other fields as they are. */
export function isShown(path: readonly string[], section: Json): boolean {
  const rule = ONLY_WHEN[path.join('.')];
  return !rule || (section as Fields)[rule[0]] === rule[1];
}

const WHOLES = ['tier.rankPercent', 'tier.usualPercent'];

/** Percents that must sum to 100. */
export const mustSum = (path: readonly string[]) => WHOLES.includes(path.join('.'));
