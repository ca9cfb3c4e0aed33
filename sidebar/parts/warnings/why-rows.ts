import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { dayOf, dayText } from '../days.ts';
import { STAGE, TIER } from '../texts.ts';
import { yuanText } from '../yuan.ts';
import { WARNING } from './texts.ts';

type Value = string | number | null;

/** What the facts behind a warning are called; a fact without a name here is no news to people and is left out. */
const FACT: Readonly<Record<string, string>> = {
  milestone: '付款节点',
  overdueWorkingDays: '逾期',
  overdueDays: '逾期',
  openFen: '未付金额',
  dueOn: '应跟进日期',
  tier: '分层',
  stage: '阶段',
  fromTier: '原分层',
  toTier: '现分层',
  fromStage: '原阶段',
  toStage: '现阶段',
};

/** How a number is read, by the unit at the end of its name. */
const UNITS: readonly [RegExp, (value: number) => string][] = [
  [/Fen$/, yuanText],
  [/WorkingDays$/, (days) => `${days} 个工作日`],
  [/Days$/, (days) => `${days} 天`],
  [/Hours$/, (hours) => `${hours} 小时`],
  [/Percent$/, (percent) => `${percent}%`],
];

/** A fact as people read it: money in yuan, days by the calendar, our own words in Chinese. */
function factText(name: string, value: Exclude<Value, null>): string {
  if (typeof value === 'number') return UNITS.find(([unit]) => unit.test(name))?.[1](value) ?? String(value);
  if (name.endsWith('On')) return dayText(value);
  if (name.endsWith('At')) return dayText(dayOf(new Date(value)));
  const words: Readonly<Record<string, string>> = { ...TIER, ...STAGE };
  return words[value] ?? value;
}

/** The facts that were read for a warning, and the boundary that they passed. */
export function whyRows({ why }: Pick<WarningView, 'why'>): [label: string, value: string][] {
  const facts = Object.entries(why.inputs).flatMap(([name, value]): [string, string][] => {
    const label = FACT[name];
    return label && value !== null ? [[label, factText(name, value)]] : [];
  });
  const { boundary } = why;
  return boundary ? [...facts, [WARNING.boundary, factText(boundary.name, boundary.value)]] : facts;
}
