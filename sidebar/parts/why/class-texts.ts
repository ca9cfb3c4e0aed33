import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import { dayText } from '../days.ts';
import { TIER, VALUE_CLASS } from '../texts.ts';
import { yuanText } from '../yuan.ts';

type ValueClass = ClassificationView['valueClass'];
type ClassWhy = NonNullable<ValueClass['why']>;
type Condition = ClassWhy['held'][number];

/** What a condition asks, with its limit. Source: domain.md §4. */
const CONDITION: Readonly<Record<Condition['fact'], (bound: string, limit: number) => string>> = {
  overdue_days: (bound) => `有应收款逾期${bound} 天`,
  loss_years: (_bound, limit) => `连续 ${limit} 年亏损`,
  head_years: (_bound, limit) => `最近两个整年里有 ${limit} 年是头部`,
  head_or_waist_years: (_bound, limit) => `最近两个整年里有 ${limit} 年是头部或腰部`,
  strategic_mark: () => '主管标记为战略客户',
  below_head: () => '现在不是头部',
  potential_score: (bound) => `潜力评分${bound} 分`,
  growth_percent: (bound) => `增长${bound}%`,
};

/** A condition in words: `over` is more than its limit, `from` at least it. */
const conditionText = ({ fact, is, limit }: Condition) =>
  CONDITION[fact](`${is === 'over' ? '超过' : '达到'} ${limit}`, limit);

/** Words of the explanation of a value class. */
export const CLASS_WHY = {
  title: (value: ValueClass['value']) => `为什么是「${VALUE_CLASS[value]}」`,
  unknown: '还没有计算过价值分类，下一次夜间计算后会有结果',
  order: '规则从上到下，先符合哪条就是哪类；规模大小本身不决定分类',
} as const;

/** The one sentence that answers "why this class?". */
export function classSentence({ rule, place, held }: ClassWhy): string {
  if (held.length === 0) return `前面的规则都不符合，归为「${VALUE_CLASS[rule]}」。`;
  return `符合第 ${place} 条规则「${VALUE_CLASS[rule]}」：${held.map(conditionText).join('，')}。`;
}

const threeYears = ({ yearBefore, lastYear, runningYear }: ClassWhy['facts']['revenueFen']) =>
  [`前年 ${yuanText(yearBefore)}`, `去年 ${yuanText(lastYear)}`, `今年 ${yuanText(runningYear)}`].join('\n');

/** What was read for a value class. */
export function classRows({ facts }: ClassWhy): [label: string, value: string][] {
  const { tierYearBefore, tierLastYear, tierNow } = facts;
  return [
    ['分层', `前年${TIER[tierYearBefore]}，去年${TIER[tierLastYear]}，现在${TIER[tierNow]}`],
    ['回款', threeYears(facts.revenueFen)],
    ['利润', threeYears(facts.profitFen)],
    ['增长', facts.growthPercent === null ? '没有可比的年份' : `${facts.growthPercent}%`],
    ['最早逾期', facts.overdueSince ? `${dayText(facts.overdueSince)}起` : '没有逾期'],
    ['战略标记', facts.isMarked ? '有' : '没有'],
    ['潜力评分', facts.potentialScore === null ? '还没评' : `${facts.potentialScore} 分`],
  ];
}
