/** What is watched over 预警, in the order in which lists show it within a level. Source: domain.md §12. */
export const WARNING_KINDS = [
  'follow_up_high_risk', // 跟进严重逾期: the last step of the escalation of §6
  'follow_up_overdue', // 头部/腰部客户跟进逾期
  'contact_left', // 客户删除了我方
  'contact_deleted', // 员工删除了客户
  'kdm_left', // 关键决策人流失
  'kdm_stale', // 关键决策人资料过期
  'detractor', // NPS 贬损者
  'tier_fell', // 客户分层下降
  'stage_fell', // 客户阶段倒退
  'revenue_fell', // 收入同比下降
  'share_fell', // 客户份额下降
  'payment_overdue', // 回款逾期
  'opportunity_stuck', // 商机停滞
  'single_threaded', // 头部客户只有一位联系人
  'contract_ending', // 合同将到期未续签
  'complaint_open', // 投诉未处理
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

/** What a warning is about that can go to another account by itself; every other kind is about the account. */
export const WARNINGS_ABOUT = {
  contact: ['contact_left', 'contact_deleted', 'kdm_left', 'kdm_stale', 'detractor', 'complaint_open'],
  contract: ['payment_overdue', 'contract_ending'],
  opportunity: ['opportunity_stuck'],
} as const satisfies Record<string, readonly WarningKind[]>;

/** What people are told of at once on any day and hour; the others wait for working hours. Source: domain.md §11. */
export const NOTIFIED_AT_ANY_HOUR: readonly WarningKind[] = ['detractor'];

/** How grave it is, the gravest first. */
export const WARNING_LEVELS = ['high', 'medium', 'low'] as const;
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** `acknowledged`: somebody is at it; `resolved`: by somebody, or because the facts no longer hold. */
export const WARNING_STATES = ['open', 'acknowledged', 'resolved'] as const;
export type WarningState = (typeof WARNING_STATES)[number];

/** What people call each kind. */
export const WARNING_NAMES: Readonly<Record<WarningKind, string>> = {
  follow_up_high_risk: '跟进高风险',
  follow_up_overdue: '跟进逾期',
  contact_left: '客户删除了我方',
  contact_deleted: '员工删除了客户',
  kdm_left: '关键决策人流失',
  kdm_stale: '决策人资料过期',
  detractor: '贬损评价',
  tier_fell: '分层下降',
  stage_fell: '阶段倒退',
  revenue_fell: '收入下降',
  share_fell: '份额下降',
  payment_overdue: '回款逾期',
  opportunity_stuck: '商机停滞',
  single_threaded: '单线联系',
  contract_ending: '合同将到期',
  complaint_open: '投诉未处理',
};
