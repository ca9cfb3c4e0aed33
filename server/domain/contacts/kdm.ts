import { calendarDay, daysBetween } from '../calendar.ts';
import { isWhole, unless, type Problem } from '../problem.ts';

/** Who a contact is inside the account. Source: domain.md §2. */
export const LEVELS = ['executive', 'manager', 'staff'] as const; // 高层 中层 基层
export const BUDGETS = ['none', 'recommends', 'approves_up_to', 'final'] as const; // final: final say
export const CLOSENESS = ['unknown', 'initial', 'regular', 'close'] as const; // 不认识 初步沟通 常规合作 关系密切, rising
export const DECISION_ROLES = [
  'purchaser', // 采购决策
  'user', // 使用者
  'technical', // 技术把关
  'finance', // 财务
  'supply_chain', // 供应链
  'quality', // 质量
  'supervisor', // 监理
  'guide', // 向导
] as const;
export const METHOD_KINDS = ['mobile', 'wechat', 'email', 'other'] as const;

export type Level = (typeof LEVELS)[number];
export type Budget = (typeof BUDGETS)[number];
export type Closeness = (typeof CLOSENESS)[number];
export type DecisionRole = (typeof DECISION_ROLES)[number];

/** A way to reach somebody besides WeCom; `verifiedOn` is a day YYYY-MM-DD. */
export type ContactMethod = {
  kind: (typeof METHOD_KINDS)[number];
  value: string;
  verifiedOn?: string | null;
};

/** A way of contact as it is kept: full-width letters and digits, as Chinese keyboards give them, become plain ones. */
export const plainText = (value: string): string => value.normalize('NFKC').trim();

/** The profile 关键决策人 of one contact. `null` or absent means: nobody knows yet. */
export type Kdm = {
  department?: string | null;
  title?: string | null;
  level?: Level | null;
  superiorId?: string | null; // externalUserId of another contact of the same account
  isTop?: boolean | null; // has no superior inside the account
  scope?: string | null; // 业务领域
  authority?: string | null; // 权力范围
  budget?: Budget | null;
  budgetUpToFen?: number | null;
  methods?: ContactMethod[] | null;
  closeness?: Closeness | null;
  decisionRole?: DecisionRole | null;
  guideLevel?: number | null; // 1 informs, 2 advises, 3 can intervene
  style?: string | null;
  birthday?: string | null; // YYYY-MM-DD
  notes?: string | null;
  confirmedAt?: Date | null; // when anybody last confirmed the profile
};

/** Nobody knows anything yet. */
export const EMPTY_KDM = {
  department: null,
  title: null,
  level: null,
  superiorId: null,
  isTop: null,
  scope: null,
  authority: null,
  budget: null,
  budgetUpToFen: null,
  methods: null,
  closeness: null,
  decisionRole: null,
  guideLevel: null,
  style: null,
  birthday: null,
  notes: null,
  confirmedAt: null,
} satisfies Required<Kdm>;

/** The fields that completeness counts, in the order in which they are asked for. */
export const REQUIRED_FIELDS = [
  'department',
  'title',
  'level',
  'superior',
  'scope',
  'authority',
  'method',
  'closeness',
  'decisionRole',
] as const;
export type RequiredField = (typeof REQUIRED_FIELDS)[number];

/** What an account's decision chain 决策链 may lack. */
export const CHAIN_GAPS = ['final_say', 'purchaser', 'user', 'technical'] as const;
export type ChainGap = (typeof CHAIN_GAPS)[number];

/** What an administrator may change about profiles: after how many days without confirmation one is stale. */
export type KdmSettings = { staleDays: number };

/** Source: domain.md §2. */
export const DEFAULT_KDM_SETTINGS: KdmSettings = { staleDays: 90 };

/** What is wrong with the settings of profiles, in words for administrators. */
export function kdmSettingsProblems({ staleDays }: KdmSettings): Problem[] {
  return unless(isWhole(staleDays, 1, 3650), 'staleDays', '资料过期天数要填 1 到 3650 之间的整数');
}

/** How old a profile's last confirmation is; `confirmedDaysAgo` in days of the corp's calendar, null: never confirmed. */
export type Freshness = { confirmedDaysAgo: number | null; isStale: boolean };

/** How fresh a profile is at `now`. Stale: something is known, and nobody confirmed it for more than `staleDays`, or ever. */
export function kdmFreshness(
  kdm: Kdm,
  { now, timeZone }: { now: Date; timeZone: string },
  { staleDays }: KdmSettings = DEFAULT_KDM_SETTINGS,
): Freshness {
  const { confirmedAt } = kdm;
  if (!confirmedAt) return { confirmedDaysAgo: null, isStale: kdmCompleteness(kdm) > 0 };
  const confirmedDaysAgo = daysBetween(calendarDay(confirmedAt, timeZone), calendarDay(now, timeZone));
  return { confirmedDaysAgo, isStale: confirmedDaysAgo > staleDays };
}

/** Which required field is filled, by name. */
const FILLED: Record<RequiredField, (kdm: Kdm) => boolean> = {
  department: ({ department }) => Boolean(department),
  title: ({ title }) => Boolean(title),
  level: ({ level }) => Boolean(level),
  superior: ({ superiorId, isTop }) => Boolean(superiorId || isTop),
  scope: ({ scope }) => Boolean(scope),
  authority: ({ authority }) => Boolean(authority),
  method: ({ methods }) => Boolean(methods?.length),
  closeness: ({ closeness }) => Boolean(closeness && closeness !== 'unknown'),
  decisionRole: ({ decisionRole }) => Boolean(decisionRole),
};

/** The required fields nobody filled, in the order to ask. */
export function kdmGaps(kdm: Kdm): RequiredField[] {
  return REQUIRED_FIELDS.filter((field) => !FILLED[field](kdm));
}

/** Filled required fields ÷ required fields, in whole percent, rounded down so that 100 means all. */
export function kdmCompleteness(kdm: Kdm): number {
  return Math.floor(((REQUIRED_FIELDS.length - kdmGaps(kdm).length) * 100) / REQUIRED_FIELDS.length);
}

/** Who must be known, at closeness regular or better, for the chain to be complete. Source: domain.md §2. */
const CHAIN: Record<ChainGap, (kdm: Kdm) => boolean> = {
  final_say: ({ budget }) => budget === 'final',
  purchaser: ({ decisionRole }) => decisionRole === 'purchaser',
  user: ({ decisionRole }) => decisionRole === 'user',
  technical: ({ decisionRole }) => decisionRole === 'technical',
};

/** What the decision chain of an account lacks, given the profiles of its contacts. */
export function chainGaps(contacts: readonly Kdm[]): ChainGap[] {
  const known = contacts.filter(({ closeness }) => closeness === 'regular' || closeness === 'close');
  return CHAIN_GAPS.filter((gap) => !known.some(CHAIN[gap]));
}
