import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { dayOf, dayText } from '../days.ts';
import { OPPORTUNITY_STAGE, STAGE, TIER } from '../texts.ts';
import { yuanText } from '../yuan.ts';
import { WARNING } from './texts.ts';

type Kind = WarningView['kind'];
type Why = WarningView['why'];
type Value = Exclude<Why['inputs'][string], null>;
type Words = Readonly<Record<string, string>>;

/** What the facts behind a warning are called, where one kind means something else, under `kind.name`; without a name, a fact is left out. */
const FACT: Words = {
  dueOn: '应跟进日期',
  overdueWorkingDays: '逾期',
  tier: '分层',
  staffId: '成员账号',
  lostAt: '失去联系',
  lostBy: '原因',
  confirmedAt: '上次确认',
  score: '评分',
  answeredAt: '评价日期',
  fromTier: '原分层',
  toTier: '现分层',
  fromStage: '原阶段',
  toStage: '现阶段',
  fellAt: '下降日期',
  revenueMonths: '比较',
  revenueFen: '这段时间的收入',
  yearBeforeFen: '去年同期收入',
  dropPercent: '下降',
  beforePercent: '原份额',
  sharePercent: '现份额',
  seenOn: '发现日期',
  contract: '合同',
  milestone: '付款节点',
  'payment_overdue.dueOn': '应付日期',
  overdueDays: '最久逾期',
  openFen: '未付金额',
  endsOn: '到期日期',
  opportunity: '商机',
  opportunityStage: '商机阶段',
  stageDays: '已停留',
  contacts: '联系人',
  openedAt: '提出日期',
  openDays: '已过',
};

/** Where a rule begins to warn; a fall begins where the account was, which its facts say already. */
const BOUNDARY: Readonly<Record<string, (value: Value) => string>> = {
  overdueWorkingDays: (days) => `逾期 ${days} 个工作日起`,
  overdueDays: (days) => `逾期 ${days} 天起`,
  staleDays: (days) => `超过 ${days} 天没有确认`,
  score: (score) => `${score} 分及以下`,
  dropPercent: (percent) => `下降 ${percent}% 起`,
  'share_fell.dropPercent': (points) => `下降 ${points} 个百分点起`,
  leftDays: (days) => `到期前 ${days} 天起`,
  stageDays: (days) => `超过 ${days} 天，多数商机不到这么久`,
  contacts: (contacts) => `至少 ${contacts} 位`,
  openDays: (days) => `超过 ${days} 天`,
};

/** How a number is read, by the unit at the end of its name. */
const UNITS: readonly [RegExp, (value: number) => string][] = [
  [/Fen$/, yuanText],
  [/WorkingDays$/, (days) => `${days} 个工作日`],
  [/Days$/, (days) => `${days} 天`],
  [/Months$/, (months) => `近 ${months} 个月`],
  [/Percent$/, (percent) => `${percent}%`],
  [/^score$/, (score) => `${score} 分`],
  [/^contacts$/, (contacts) => `${contacts} 位`],
];

/** Our own words in a fact, by its name; what people wrote stays as they wrote it. */
const SAID: Readonly<Record<string, Words>> = {
  tier: TIER,
  fromTier: TIER,
  toTier: TIER,
  fromStage: STAGE,
  toStage: STAGE,
  milestone: {
    down_payment: '首付款',
    delivery: '到货付款',
    acceptance: '完工验收付款',
    warranty: '质保尾款',
  },
  opportunityStage: OPPORTUNITY_STAGE,
  lostBy: { by_contact: '客户删除了我方', by_staff: '我方删除了客户', gone: '客户已不在列表里' },
};

/** A fact as people read it: money in yuan, days by the calendar, our own words in Chinese. */
function factText(name: string, value: Value): string {
  if (typeof value === 'number') return UNITS.find(([unit]) => unit.test(name))?.[1](value) ?? String(value);
  if (name.endsWith('On')) return dayText(value);
  if (name.endsWith('At')) return dayText(dayOf(new Date(value)));
  return SAID[name]?.[value] ?? value;
}

const ofKind = <Entry>(table: Readonly<Record<string, Entry>>, kind: Kind, name: string) =>
  table[`${kind}.${name}`] ?? table[name];

/** The facts that were read for a warning, and the boundary that they passed. */
export function whyRows({ kind, why }: Pick<WarningView, 'kind' | 'why'>): [label: string, value: string][] {
  const facts = Object.entries(why.inputs).flatMap(([name, value]): [string, string][] => {
    const label = ofKind(FACT, kind, name);
    return label && value !== null ? [[label, factText(name, value)]] : [];
  });
  const bound = why.boundary && ofKind(BOUNDARY, kind, why.boundary.name)?.(why.boundary.value);
  return bound ? [...facts, [WARNING.boundary, bound]] : facts;
}
