import { SECTION } from '../settings/labels.ts';

/** What changed, as people call it. */
const CHANGE: Readonly<Record<string, string>> = {
  'absence.plan': '登记请假',
  'absence.cancel': '取消请假',
  'account.create': '新建客户',
  'account.edit': '修改客户资料',
  'account.assign': '分配客户',
  'account.claim': '领取客户',
  'account.release': '放回待分配',
  'account.owner': '换负责人或协作人',
  'account.referral': '改推荐人',
  'account.merge': '合并客户',
  'account.unmerge': '撤销合并',
  'account.split': '拆分客户',
  'account.rate_potential': '评潜力',
  'account.pin_tier': '指定分层',
  'account.set_stage': '指定阶段',
  'account.mark_strategic': '标记战略客户',
  'account.clear_tier': '取消指定分层',
  'account.clear_stage': '取消指定阶段',
  'account.clear_strategic': '取消战略标记',
  'api-key.create': '新建 API 密钥',
  'api-key.revoke': '吊销 API 密钥',
  'audit.forget': '删除到期的查看记录',
  'book.seed': '填充演示数据',
  'complaint.open': '记录投诉',
  'complaint.close': '了结投诉',
  'task.close': '完成待办',
  'answer.correct': '客户更正评分',
  'answer.close': '闭环贬损评价',
  'follow_up.correct': '更正跟进',
  'follow_up.take_back': '撤回跟进',
  'promise.kept': '约定已兑现',
  'promise.moved': '约定改期',
  'promise.withdrawn': '撤回约定',
  'contact.kdm': '修改决策人资料',
  'contact.kdm.confirm': '确认决策人资料',
  'contact.message': '发消息',
  'contract.payment': '记录回款',
  'contract.save': '保存合同',
  'opportunity.save': '保存商机',
  'order.save': '保存订单',
  'order.refund': '记录退款',
  export: '导出',
  'session.begin': '登录',
  'session.end': '退出登录',
  'session.end_all': '结束全部登录',
  'session.refuse': '登录已失效，被拒绝',
  'sign-in.refuse': '登录被拒绝',
  'key.refuse': '密钥被拒绝',
  'warning.acknowledged': '接手预警',
  'warning.resolved': '解决预警',
  'webhook.create': '新建 webhook',
  'webhook.delete': '删除 webhook',
  'webhook.replay': '重发 webhook 消息',
};

/** What a request is about, by the first part of its path. */
const REQUEST: Readonly<Record<string, string>> = {
  absences: '请假',
  accounts: '客户',
  'api-keys': 'API 密钥',
  audit: '审计',
  channels: '渠道',
  complaints: '投诉',
  console: '运行情况',
  contacts: '联系人',
  contracts: '合同',
  'custom-fields': '自定义字段',
  doctor: '体检',
  due: '跟进清单',
  exports: '导出',
  'js-sdk': '侧边栏签名',
  me: '登录信息',
  members: '成员',
  orders: '订单',
  payments: '回款',
  sessions: '登录',
  permissions: '权限表',
  playbook: '服务策略',
  pool: '待分配客户',
  settings: '设置',
  'tier-shape': '客户金字塔',
  transfers: '转接',
  warnings: '预警',
  webhooks: 'Webhook',
};

const sectionText = (name: string) =>
  name in SECTION && `设置：${SECTION[name as keyof typeof SECTION].title}`;

/** What somebody did, in words; what has none stays as it was noted. */
export function actText(act: string): string {
  const [, resource] = /^[A-Z]+ \/([\w-]+)/.exec(act) ?? [];
  const words = resource ? REQUEST[resource] : CHANGE[act];
  return words ?? (sectionText(act.replace('settings.', '')) || act);
}
