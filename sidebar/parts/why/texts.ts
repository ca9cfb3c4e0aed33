/** Words around something that was set by hand. */
export const BY_HAND = {
  set: (name: string, what: string) => `${name} 手工指定：${what}`,
  reason: (reason: string) => `原因：${reason}`,
  until: (day: string) => `有效期到 ${day}，之后恢复按规则计算`,
} as const;

/** Words of the playbook 服务策略. */
export const PLAYBOOK = {
  title: '服务策略',
  none: '未分层的客户还没有服务策略',
  failed: '服务策略没有读到',
  discount: '折扣',
  discountOf: (from: number, to: number) =>
    to === 0 ? '不给折扣' : from === to ? `${to}%` : `${from}%–${to}%`,
  payment: '账期',
  paymentOf: (days: number) => (days === 0 ? '款到发货' : `交货后 ${days} 天`),
  visit: '拜访',
  visitOf: (days: number) => (days === 0 ? '不安排' : `每 ${days} 天一次`),
  cost: '费用',
  costOf: (yuan: string) => `每季度 ${yuan} 以内`,
  commission: '提成',
  commissionOf: (percent: number) => `回款的 ${percent}%`,
} as const;

/** Words of the sheet while it reads. */
export const WHY = { waiting: '正在读取', failed: '没有读到，请检查网络后重试' } as const;
