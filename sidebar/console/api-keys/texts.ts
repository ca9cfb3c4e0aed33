import type { Scope } from './api.ts';

/** Words of the keys of other systems. */
export const KEY = {
  title: 'API 密钥',
  lead: '让 ERP 等系统读写数据：请求头带 Authorization: Bearer <密钥>。密钥能接触全部客户，但只能做勾选的事。',
  docs: '接口说明（OpenAPI）',
  empty: '还没有密钥',
  emptyHint: '要接入 ERP 或数据仓库时，在这里新建。',
  create: '新建密钥',
  name: '给谁用',
  nameHint: '如：金蝶 ERP',
  scopes: '可以做什么',
  perMinute: '每分钟最多请求几次（1–6000）',
  days: '有效期',
  daysOf: [
    [90, '90 天'],
    [365, '一年'],
    [730, '两年'],
  ],
  expires: (time: string) => `${time} 到期`,
  expiry: { endless: '没有到期日，建议更换', soon: '即将到期', expired: '已过期' },
  made: '已建好',
  madeFor: (name: string) => `密钥：${name}`,
  by: (name: string, time: string) => `${name}建于 ${time}`,
  used: (time: string) => `最近使用 ${time}`,
  unused: '还没有用过',
  limit: (perMinute: number) => `每分钟 ${perMinute} 次`,
  revoke: '吊销',
  revokeOf: (name: string) => `吊销：${name}`,
  revokeTitle: '吊销密钥',
  revokeSure: '使用它的系统立刻不能再访问，而且不能恢复；需要时只能新建。',
  revoked: '已吊销',
  revokedAt: (time: string) => `已吊销于 ${time}`,
} as const;

/** What a key may be allowed, in a word and in full. */
export const SCOPE: Readonly<Record<Scope, { name: string; hint: string }>> = {
  'accounts:read': { name: '查看客户', hint: '列出客户，读取客户资料和分类原因' },
  'accounts:write': { name: '写入客户', hint: '新建、更新客户和决策人资料' },
  'orders:write': { name: '写入订单', hint: '订单和退款' },
  'contracts:write': { name: '写入合同', hint: '合同、应付款和实际收款' },
  export: { name: '导出全部', hint: '一切数据，包括联系人和跟进内容；只给备份和数据仓库' },
};
