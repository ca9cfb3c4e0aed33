import type { KdmField } from '../../../server/api/contract/kdm.ts';
import { dayText } from '../../parts/days.ts';

/** The name of every field of a profile, as forms and the history call it. */
export const FIELD: Readonly<Record<KdmField, string>> = {
  department: '部门',
  title: '职务',
  level: '级别',
  superiorId: '上级',
  isTop: '最高负责人',
  scope: '业务领域',
  authority: '权力范围',
  budget: '预算权',
  budgetUpToFen: '可批金额',
  methods: '联系方式',
  closeness: '关系亲疏',
  decisionRole: '决策角色',
  guideLevel: '向导级别',
  style: '风格偏好',
  birthday: '生日',
  notes: '备注',
};

/** Words of the sheet that edits a profile 关键决策人. */
export const EDIT = {
  title: '编辑资料',
  restored: '已恢复上次没保存的内容',
  groups: { place: '职位', power: '决策', reach: '联系方式', person: '其他' },
  unknown: '不清楚',
  top: '无上级（最高负责人）',
  budgetHint: '例如 50 万 或 500000',
  scopeHint: '管哪些业务、哪些产品',
  authorityHint: '能定什么、能否决什么',
  styleHint: '看重什么、怎么沟通合适',
  kind: (number: number) => `第 ${number} 个联系方式的类型`,
  value: (number: number) => `第 ${number} 个联系方式`,
  verifiedOn: '核实日期',
  verifiedOnOf: (number: number) => `第 ${number} 个联系方式的核实日期`,
  verifiedToday: '今天核实',
  addMethod: '添加联系方式',
  removeMethod: (number: number) => `删除第 ${number} 个联系方式`,
  save: '保存',
  saving: '正在保存',
  saved: '已保存',
  signIn: '重新登录',
  failed: {
    offline: '没有保存：网络不通。内容还在，连上后重试。',
    signedOut: '没有保存：登录已过期。内容还在，登录后接着填。',
    refused: (message: string) => `没有保存：${message}。内容还在。`,
    problems: (count: number) => `没有保存：有 ${count} 处要改，见下面红字。`,
    amount: '金额看不懂，请填数字，例如 500000 或 50 万',
  },
  merged: (by: string | null, fields: string[], clashes: string[]) =>
    `${by ?? '同事'}刚改过${fields.length ? `：${fields.join('、')}` : '这份资料'}。你没动的字段已换成最新内容。${
      clashes.length ? `${clashes.join('、')}两人都改了，这里留的是你填的。` : ''
    }请看过再保存。`,
} as const;

/** Words of the acts on the profile's card. */
export const ACT = {
  edit: '编辑资料',
  history: '变更记录',
  chart: '组织架构',
  confirm: '资料无误',
  confirmAgain: '再点一次确认',
  confirmed: '已确认，资料算最新',
  failed: (message: string) => `没有确认：${message}`,
  offline: '没有确认：网络不通，请重试',
} as const;

/** Words of the history. */
export const HISTORY = {
  title: '变更记录',
  loading: '正在读取',
  failed: '没有读到，请重试',
  closeness: '关系变化',
  closenessUnknown: '不清楚',
  since: (day: string | null) => (day ? `${dayText(day)}起` : '最早'),
  changes: '每次修改',
  none: '还没有人改过这份资料',
  confirmed: '确认资料无误',
  empty: '空',
  yes: '是',
  more: (total: number) => `显示更多（共 ${total} 次）`,
} as const;

/** Words of the org chart. */
export const CHART = {
  title: '组织架构',
  gaps: '决策链还缺',
  gapHint: {
    final_say: '找出谁最终拍板，关系做到常规合作以上',
    purchaser: '找到采购决策人，关系做到常规合作以上',
    user: '认识实际使用者，关系做到常规合作以上',
    technical: '认识技术把关人，关系做到常规合作以上',
  },
  complete: '决策链完整',
  unplaced: '还不知道上级的人',
  noOne: '还没有人填上级，先在资料里填写',
  cut: '原来的上级已不在此客户',
  here: '当前',
  below: (name: string, depth: number) => (depth === 0 ? '' : `第 ${depth + 1} 层，上级 ${name}`),
  legend: '左边颜色：关系亲疏',
} as const;
