import type { Delivery, HookEvent } from './api.ts';

/** Words of webhooks. */
export const HOOK = {
  title: 'Webhook',
  lead: '客户变化时，我们主动通知您的系统；10 秒内没有得到 2xx，会按越来越长的间隔重试三天。',
  signature: '对方怎样确认消息是我们发的',
  signatureSteps: [
    '每条消息带 x-genjin-signature: t=<秒>,v1=<十六进制>',
    '用建立时给的密钥，对「<t>.<正文>」算 HMAC-SHA256，应等于 v1',
    '拒绝 t 过旧的消息；x-genjin-delivery 相同的是重发，只处理一次',
    '详细说明见 README 的「命令」一节',
  ],
  empty: '还没有 webhook',
  emptyHint: '有系统需要立刻知道客户变化时，在这里新建。',
  create: '新建 webhook',
  url: '对方的地址',
  urlHint: 'https://',
  events: '通知哪些变化',
  made: '已建好',
  secretOf: (url: string) => `签名密钥：${url}`,
  by: (name: string, time: string) => `${name}建于 ${time}`,
  waiting: (count: number) => `等待 ${count}`,
  failed: (count: number) => `已放弃 ${count}`,
  fine: '没有积压',
  test: '测试',
  testOf: (url: string) => `测试：${url}`,
  testing: '正在发送',
  tested: (status: number) => `测试成功，对方返回 ${status}`,
  notTested: (why: string) => `测试没有成功：${why}`,
  returned: (status: number) => `对方返回 ${status}`,
  unknown: '没有返回',
  deliveries: '投递记录',
  deliveriesOf: (url: string) => `投递记录：${url}`,
  remove: '删除',
  removeOf: (url: string) => `删除：${url}`,
  removeTitle: '删除 webhook',
  removeSure: '不再通知这个地址，等待中的消息也不再发送，投递记录一并删除；不能恢复。',
  removed: '已删除',
} as const;

/** Words of messages that were sent, or not. */
export const DELIVERY = {
  state: { waiting: '等待', sent: '已送达', failed: '已放弃' } satisfies Record<Delivery['state'], string>,
  stateLabel: '状态',
  all: '全部',
  empty: '没有投递记录',
  most: (count: number) => `只列出最近 ${count} 条`,
  tries: (count: number) => `试了 ${count} 次`,
  next: (time: string) => `下次 ${time}`,
  since: '从何时起全部重发（不填：只重发已放弃的）',
  replay: '重发',
  replaying: '正在安排',
  replayed: (count: number) => (count ? `已安排重发 ${count} 条` : '没有要重发的'),
} as const;

/** What a webhook may be told. */
export const HOOK_EVENT: Readonly<Record<HookEvent, string>> = {
  'account.tier_changed': '分层变化',
  'account.stage_changed': '阶段变化',
  'account.value_class_changed': '价值分类变化',
  'account.owner_changed': '负责人变化',
  'account.changed': '新建、合并、拆分或改名',
};
