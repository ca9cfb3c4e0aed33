import type { DoctorReport } from '../../server/api/contract/doctor.ts';
import type { Syncs } from '../../server/api/contract/console.ts';
import type { TransferView } from '../../server/api/contract/transfers.ts';

/** Words of the frame. */
export const SHELL = {
  me: (name: string) => `登录信息：${name}`,
  title: '跟进 · 管理',
  tabs: '管理内容',
  waiting: '正在读取',
  retry: '重试',
  signIn: '重新登录',
  refresh: '刷新',
  more: '再看一些',
  failed: '没有读到',
  missingHint: '没有连上服务器，或者服务器刚刚更新过，请重新打开。',
} as const;

/** The doctor. */
export const DOCTOR = {
  title: '体检',
  lead: '逐项检查设置、企业微信、回调、域名、数据库和任务。没通过的，会告诉您去哪个页面改什么。',
  leadHint: '大约几秒；网络不通时最多一分半钟。不会改动业务数据。',
  start: '开始体检',
  again: '再检查一次',
  copy: '复制结果',
  copied: '已复制',
  notCopied: '没能复制，请长按选择',
  running: '正在检查……',
  fine: '一切正常',
  fineHint: '没有要处理的问题。',
  todo: '需要处理',
  passed: '通过与跳过',
  tried: '检查了',
  answer: '返回了',
  cure: '怎么改',
  code: '代码',
  status: { ok: '通过', warn: '提醒', fail: '未通过', skip: '跳过' } satisfies Record<
    DoctorReport['findings'][number]['status'],
    string
  >,
  count: (word: string, count: number) => `${word} ${count}`,
} as const;

/** Synchronisations. */
export const SYNC = {
  title: '同步',
  lead: '每天夜里与企业微信核对一次；这里列出事件没有告诉我们的差异。',
  empty: '还没有同步过',
  emptyHint: '夜间任务会自动运行；也可以点“立即同步”',
  begin: '立即同步',
  begun: '已开始，完成后列在这里',
  busy: '正在同步，完成后列在这里',
  first: '首次',
  firstLoad: (added: number) => `首次读入 ${added} 条跟进关系`,
  named: (count: number) => `按客户查看（${count} 条）`,
  what: { added: '新增', changed: '变更', lost: '流失', suspicious: '存疑' },
  full: '完整',
  state: { running: '进行中', done: '完成', stopped: '已停止', failed: '未完成' } satisfies Record<
    Syncs['runs'][number]['state'],
    string
  >,
  took: (minutes: number) => (minutes < 1 ? '用时不到 1 分钟' : `用时 ${minutes} 分钟`),
  rows: (count: number) => `核对 ${count} 条关系`,
  added: (count: number) => `新增 ${count}`,
  changed: (count: number) => `变更 ${count}`,
  lost: (count: number) => `流失 ${count}`,
  suspicious: (count: number) => `存疑 ${count}`,
  groups: (count: number) => `客户群 ${count}`,
  same: '没有差异',
  aside: (count: number) => `已搁置 ${count} 项：没读到，保留原有数据`,
  perStaff: (count: number) => `按成员查看（${count} 人有差异）`,
} as const;

/** Callback events. */
export const EVENT = {
  title: '失败的事件',
  lead: '企业微信告诉了我们、但多次处理都没成功的事。修好原因后重放。',
  empty: '没有失败的事件',
  emptyHint: '每个回调都处理好了。',
  more: (shown: number, total: number) => `只列出最近 ${shown} 个，共 ${total} 个`,
  subject: '对象',
  tries: (count: number) => `试了 ${count} 次`,
  noReason: '没有留下原因',
  replay: '重放',
  replaying: '处理中',
  replayOf: (kind: string) => `重放：${kind}`,
  outcome: {
    done: '已处理好',
    later: '又失败了，稍后会自动再试',
    failed: '又失败了',
    taken: '正在处理，或前面还有同一对象的事件',
  },
  notSent: '没有连上服务器，请重试',
} as const;

/** Kinds of events as people call them. */
export const EVENT_KIND: Readonly<Record<string, string>> = {
  'change_external_contact.add_external_contact': '添加客户',
  'change_external_contact.add_half_external_contact': '客户添加了成员',
  'change_external_contact.edit_external_contact': '修改客户资料',
  'change_external_contact.del_external_contact': '成员删除客户',
  'change_external_contact.del_follow_user': '客户删除成员',
  'change_external_contact.transfer_fail': '客户接替失败',
  'change_external_chat.create': '新建客户群',
  'change_external_chat.update': '客户群变化',
  'change_external_chat.dismiss': '解散客户群',
  'change_external_tag.create': '新建标签',
  'change_external_tag.update': '修改标签',
  'change_external_tag.delete': '删除标签',
  'change_external_tag.shuffle': '标签排序',
  'change_contact.create_user': '新增成员',
  'change_contact.update_user': '修改成员',
  'change_contact.delete_user': '删除成员',
  'change_contact.create_party': '新增部门',
  'change_contact.update_party': '修改部门',
  'change_contact.delete_party': '删除部门',
  template_card_event: '点击卡片按钮',
  subscribe: '成员进入可见范围',
  unsubscribe: '成员离开可见范围',
  unreadable: '读不懂的回调',
};

/** Notices. */
export const NOTICE = {
  title: '提醒事项',
  lead: '系统发现、需要管理员处理的事。处理好之后会自动消失。',
  empty: '没有待处理的提醒',
  emptyHint: '一切正常。',
  times: (count: number) => `出现 ${count} 次`,
  since: (time: string) => `从 ${time} 起`,
} as const;

/** Transfers and the pool. */
export const HANDOVER = {
  title: '交接',
  lead: '没有负责人的客户，和成员之间转接客户的记录。',
  empty: '没有要交接的',
  emptyHint: '每家客户都有负责人，也还没有转接过客户。',
  pool: (count: number) => `待分配客户（${count}）`,
  poolHint: '没有负责人，不会有人收到跟进提醒。',
  poolMore: (shown: number) => `只列出最久的 ${shown} 家`,
  accepted: '主管已同意',
  former: (name: string) => `原负责人 ${name}`,
  neverOwned: '从来没有负责人',
  heir: (name: string) => `建议交给 ${name}`,
  noHeir: '还没有合适的人选',
  pooled: (time: string) => `从 ${time} 起待分配`,
  transfers: '转接记录',
  noTransfers: '还没有转接过客户',
  kind: { on_job: '在职', resigned: '离职' } satisfies Record<TransferView['kind'], string>,
  way: (from: string, to: string) => `${from} → ${to}`,
  asked: (time: string) => `发起于 ${time}`,
  takeover: (time: string) => `生效时间 ${time}`,
} as const;
