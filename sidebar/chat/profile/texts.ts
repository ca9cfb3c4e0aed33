import { dayText } from '../../parts/days.ts';

/** Words of the header and of what surrounds the cards. */
export const PROFILE = {
  log: '记录跟进',
  message: '发消息',
  saved: (next: string) => `已记录，${next}`,
  sent: (next: string) => `已发送，${next}`,
  answered: '已发送，问题已关闭',
  undo: '撤销',
  undone: '问题已恢复为未答复',
  undoFailed: '没有撤销：网络不通，请在记录跟进里重新记下这个问题',
  due: '查看今天要跟进的客户',
  owner: (name: string | null) => (name ? `负责人 ${name}` : '待分配，还没有负责人'),
  lost: '已流失',
  lostHint: '对方已把我们删除，无法再发消息',
  why: '为什么',
} as const;

/** Words of the profile 关键决策人. */
export const KDM = {
  title: '关键决策人',
  completeness: (percent: number) => `完整度 ${percent}%`,
  gaps: '缺',
  stale: (days: number | null) => (days === null ? '从未核实' : `${days} 天未核实`),
  fresh: (days: number) => (days === 0 ? '今天核实' : `${days} 天前核实`),
  chainComplete: '决策链完整',
  chainGaps: (names: string[]) => `决策链缺口：缺${names.join('、')}`,
  department: '部门',
  level: '级别',
  superior: '上级',
  top: '无（最高负责人）',
  scope: '业务领域',
  authority: '权力范围',
  budget: '预算权',
  upTo: (yuan: string) => `${yuan} 以内可批`,
  closeness: '关系',
  role: '决策角色',
  style: '风格偏好',
  birthday: '生日',
  notes: '备注',
  verified: (day: string | null) => (day ? `${dayText(day)}核实` : '未核实'),
  call: (number: string) => `拨打 ${number}`,
  copy: (value: string) => `复制 ${value}`,
  copied: '已复制',
  copyFailed: '复制不了，请长按选择',
} as const;

/** Words of the satisfaction card; a minus sign is the typographic one. */
export const NPS = {
  title: '满意度',
  latest: '最近评分',
  none: '还没有评过分',
  noComment: '没有留言',
  closed: (by: string, ago: string) => `已闭环 · ${by} · ${ago}`,
  cause: '原因',
  action: '措施',
  account: '客户整体',
  score: (score: number) => `NPS ${score > 0 ? '+' : ''}${String(Math.round(score)).replace('-', '−')}`,
  interval: (low: number, high: number) => `95% 区间 ${low} ~ ${high}`.replaceAll('-', '−'),
  answers: (n: number) => `${n} 份回答`,
  same: (n: number) => `${n} 份回答都在同一档`,
  few: '不足 10 份，先看人数，不算分数',
} as const;

/** Words of the list of other people of the account. */
export const COLLEAGUES = { title: '同一客户的其他联系人' } as const;
