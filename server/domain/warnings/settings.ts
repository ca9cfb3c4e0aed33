import { isWhole, unless, type Problem } from '../problem.ts';
import { WARNING_KINDS, WARNING_LEVELS, type WarningKind, type WarningLevel } from './kinds.ts';

/** Who is told of a warning: the owner of the account, who leads the owner, the administrators. */
export const LISTENERS = ['owner', 'manager', 'admin'] as const;
export type Listener = (typeof LISTENERS)[number];

/** How one rule is kept. Within `windowDays` of a warning the same subject raises no second one. */
export type WarningRule = { isOn: boolean; level: WarningLevel; tell: Listener[]; windowDays: number };

/** Where the rules begin to warn; each number warns itself. */
export type WarningThresholds = {
  overdueWorkingDays: number; // head and waist, past the date
  eventDays: number; // losses, falls and bad marks older than this raise nothing new
  revenueMonths: number; // so many months are held against the same months a year before
  revenueDropPercent: number;
  shareDropPercent: number; // percentage points
  paymentOverdueDays: number;
  contractEndsDays: number;
  headContacts: number; // a head account with fewer followed contacts hangs on a thread
  complaintDays: number; // of 24 h, that a complaint may stay open
};

/** What is watched over, and how. Source: domain.md §12. */
export type WarningSettings = { rules: Record<WarningKind, WarningRule>; thresholds: WarningThresholds };

const rule = (level: WarningLevel, tell: Listener[], windowDays: number): WarningRule => ({
  isOn: true,
  level,
  tell,
  windowDays,
});

/** Source: domain.md §12; high risk after 7 working days is a number of the cadence (§6). */
export const DEFAULT_WARNINGS: WarningSettings = {
  rules: {
    follow_up_high_risk: rule('high', ['owner', 'manager'], 7),
    follow_up_overdue: rule('medium', ['owner'], 7),
    contact_left: rule('medium', ['owner'], 30),
    contact_deleted: rule('medium', ['manager'], 30),
    kdm_left: rule('high', ['owner', 'manager'], 90),
    kdm_stale: rule('low', ['owner'], 30),
    detractor: rule('high', ['owner', 'manager'], 30),
    tier_fell: rule('medium', ['owner', 'manager'], 30),
    stage_fell: rule('medium', ['owner'], 30),
    revenue_fell: rule('high', ['owner', 'manager'], 90),
    share_fell: rule('medium', ['owner'], 90),
    payment_overdue: rule('high', ['owner', 'manager'], 30),
    opportunity_stuck: rule('medium', ['owner'], 30),
    single_threaded: rule('medium', ['owner'], 90),
    contract_ending: rule('medium', ['owner', 'manager'], 90),
    complaint_open: rule('high', ['owner', 'manager'], 30),
  },
  thresholds: {
    overdueWorkingDays: 1,
    eventDays: 30,
    revenueMonths: 12,
    revenueDropPercent: 30,
    shareDropPercent: 5,
    paymentOverdueDays: 1,
    contractEndsDays: 90,
    headContacts: 2,
    complaintDays: 2,
  },
};

/** From and to which each threshold may be set. */
const RANGES: Readonly<Record<keyof WarningThresholds, readonly [number, number]>> = {
  overdueWorkingDays: [1, 60],
  eventDays: [1, 180],
  revenueMonths: [1, 12],
  revenueDropPercent: [1, 100],
  shareDropPercent: [1, 100],
  paymentOverdueDays: [1, 365],
  contractEndsDays: [1, 365],
  headContacts: [2, 20],
  complaintDays: [1, 60],
};

const MOST_WINDOW_DAYS = 365;

/** The rule of a kind; settings saved before the kind was invented hold its default. */
export const ruleOf = ({ rules }: WarningSettings, kind: WarningKind): WarningRule =>
  rules[kind] ?? DEFAULT_WARNINGS.rules[kind];

/** What an administrator has to mend. */
export function warningProblems(settings: WarningSettings): Problem[] {
  const thresholds = Object.entries(RANGES).flatMap(([name, [from, to]]) =>
    unless(
      isWhole(settings.thresholds[name as keyof WarningThresholds], from, to),
      `thresholds.${name}`,
      `请填写 ${from} 到 ${to} 之间的整数`,
    ),
  );
  return [...WARNING_KINDS.flatMap((kind) => ruleProblems(kind, ruleOf(settings, kind))), ...thresholds];
}

function ruleProblems(kind: WarningKind, { level, tell, windowDays }: WarningRule): Problem[] {
  const isKnown = tell.every((each) => LISTENERS.includes(each)) && new Set(tell).size === tell.length;
  return [
    ...unless(WARNING_LEVELS.includes(level), `rules.${kind}.level`, '级别须为高、中、低之一'),
    ...unless(isKnown, `rules.${kind}.tell`, '告知对象须为负责人、主管、管理员，且不重复'),
    ...unless(
      isWhole(windowDays, 1, MOST_WINDOW_DAYS),
      `rules.${kind}.windowDays`,
      `请填写 1 到 ${MOST_WINDOW_DAYS} 之间的整数`,
    ),
  ];
}
