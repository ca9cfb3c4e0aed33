import type { AccountView } from '../../../server/api/contract/accounts.ts';
import { dayText } from '../../parts/days.ts';

/** Words of the list of accounts. */
export const ACCOUNTS = {
  title: '客户',
  lead: '您能看到的客户；点开看详情，领取、合并、指定分层都在里面。',
  empty: '没有符合条件的客户',
  emptyHint: '换一个条件，或新建一个客户。',
  search: '客户名称',
  find: '查找',
  tier: '分层',
  anyTier: '全部分层',
  stage: '阶段',
  anyStage: '全部阶段',
  dates: '跟进日期',
  anyDate: '全部跟进日期',
  isDue: '待跟进（今天到期和逾期）',
  isOverdue: '已逾期',
  whose: '归属',
  anyone: '全部归属',
  team: '我的团队',
  pool: '待分配',
  create: '新建客户',
  assignAll: '批量分配',
  owner: (name: string | null) => (name ? `负责人 ${name}` : '待分配'),
  due: (day: string) => `应跟进 ${dayText(day)}`,
  count: (count: number) => `${count} 家`,
} as const;

/** Words of one account. */
export const ACCOUNT = {
  back: '返回客户列表',
  moved: (name: string) => `这个客户已合并到「${name}」`,
  why: '为什么',
  noClass: '未分类',
  followUp: '记一次跟进',
  lastTouch: '上次联系',
  lastSign: '客户最近动态',
  edit: '修改资料',
  owner: '换负责人',
  claim: '领取',
  assign: '分配',
  release: '放回待分配',
  merge: '合并到…',
  split: '拆分',
  pin: '手工指定',
  rate: '评潜力',
  undo: '撤销合并',
  people: (count: number) => `联系人（${count}）`,
  noPeople: '还没有联系人',
  gaps: '决策链还缺',
  complete: (percent: number) => `资料完整 ${percent}%`,
  followers: (names: string) => `跟进人 ${names}`,
  merges: '合并进来的客户',
  mergedBy: (by: string, day: string) => `${by} 合并，${day}前可以撤销`,
  potential: '潜力评分',
  share: '采购份额',
  history: '变化记录',
  done: {
    claim: '已领取，由您负责',
    release: '已放回待分配',
    merge: '已合并，30 天内可以撤销',
    undo: '已撤销合并',
    split: '已拆分',
    save: '已保存',
    create: '已建好',
    assign: '已分配',
  },
} as const;

/** Words of the sheets. */
export const SHEET = {
  save: '保存',
  busy: '正在处理',
  name: '客户名称',
  industry: '行业',
  region: '地区',
  size: '规模',
  owner: '负责人',
  deputy: '协作人',
  deputyHint: '可不填',
  ownerHint: '可不填，默认由您负责',
  person: '姓名或成员账号',
  reason: '原因',
  reasonHint: '会写进审计记录',
  releaseHint: '放回后不再提醒任何人跟进，主管可以重新分配。',
  pick: '输入名称查找',
  nothing: '没有找到',
  another: '重选',
  referrer: '谁推荐来的',
  merge: '合并',
  into: '合并到哪个客户',
  mergeMoves: (count: number, name: string) => `会移到「${name}」：${count} 位联系人`,
  mergeRest: '还有全部跟进、商机、订单、合同和评分',
  mergeFills: (fields: string) => `对方空着、由这里补上：${fields}`,
  mergeKeeps: (owner: string) => `负责人：${owner}`,
  mergeUndo: '两边都有的内容以对方为准。30 天内可以撤销。',
  splitHint: '选中的联系人和他们的跟进、预警会移到新客户，两边的下次跟进日期各自重算。',
  splitName: '新客户的名称',
  what: '指定什么',
  value: '改为',
  until: '有效期到',
  untilHint: '不填：12 个月',
  strategic: '战略客户标记',
  clear: '取消手工指定，按规则计算',
  members: '分给谁（每行一位）',
  strategy: '分配方式',
  potential: '潜力评分（0–100）',
  unknown: '不清楚就不填',
  share: '我们占对方采购的份额 %（采购最多的品类）',
  shareOf: (name: string, count: number) => `${name}（${count} 家）`,
  assigned: (count: number, skipped: number) =>
    `已分配 ${count} 家${skipped ? `，${skipped} 家没有分出` : ''}`,
} as const;

/** Words of the sheet that logs a follow-up 跟进. */
export const FOLLOW_UP = {
  title: '记一次跟进',
  saved: (next: string) => `已记录，${next}`,
} as const;

/** Words of complaints 投诉. */
export const COMPLAINT = {
  title: '投诉',
  none: '没有未关闭的投诉',
  note: '记一条投诉',
  text: '投诉内容',
  who: '谁投诉的',
  nobody: '不具体到人',
  channel: '通过什么',
  notedBy: (name: string) => `${name} 记录`,
  noted: '已记下，处理完请在这里关闭',
  close: '关闭',
  closeTitle: '关闭投诉',
  cause: '原因',
  action: '处理措施',
  closed: '投诉已关闭',
} as const;

/** What is to be done with customers of a stage. */
export const DIMENSION: Readonly<Record<AccountView['account']['dimension'], string>> = {
  select: '选择（猜想、预期）',
  acquire: '获取（首次成交）',
  keep: '保持（重复购买、长期）',
  expand: '拓展（拥护者、战略合作、合伙人）',
};

/** Where accounts came from. */
export const SOURCE: Readonly<Record<NonNullable<AccountView['source']>['kind'], string>> = {
  wecom: '企业微信',
  channel: '渠道活码',
  referral: '转介绍',
  import: '导入',
  api: '接口',
  manual: '手工新建',
  split: '拆分',
};
