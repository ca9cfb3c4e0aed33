import type { ApiAnswer } from './doctor-answers.ts';

/** Every check, in the order in which an installation grows: what comes later stands on what comes before. */
export const CHECK_NAMES = [
  'env_file',
  'settings',
  'api',
  'clock',
  'credentials',
  'trusted_ip',
  'app_enabled',
  'visible_range',
  'contact_permission',
  'product_apis',
  'members',
  'contact_secret',
  'callback',
  'public_url',
  'proxies',
  'ownership_file',
  'corp_ticket',
  'app_ticket',
  'js_signature',
  'oauth',
  'database',
  'disk',
  'redis',
  'time_zone',
  'jobs',
  'last_sync',
  'admins',
  'events',
  'inbox',
  'notices',
  'session_secret',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** `skip`: not tried, because something it stands on failed or because it does not apply. */
export const CHECK_STATUSES = ['ok', 'warn', 'fail', 'skip'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/**
 * What one check found. `code` is WeCom's errcode as text or a word of ours, null when there is nothing to mend;
 * `subject` is what the cure speaks of (an address, a file), '' without.
 */
export type Verdict = {
  status: CheckStatus;
  tried: string;
  answer: string;
  code: string | null;
  subject: string;
};

/** A verdict ready to be shown. `cure`: which screen or setting to change, null when there is nothing to mend. */
export type Finding = {
  name: CheckName;
  title: string;
  status: CheckStatus;
  tried: string;
  answer: string;
  cure: string | null;
  code: string | null;
};

const TITLES: Readonly<Record<CheckName, string>> = {
  env_file: '.env 的编码',
  settings: '设置',
  api: '连接企业微信接口',
  clock: '系统时钟',
  credentials: '企业 ID 与 Secret',
  trusted_ip: '企业可信 IP',
  app_enabled: '应用状态',
  visible_range: '应用可见范围',
  contact_permission: '客户联系权限',
  product_apis: '所需接口',
  members: '成员激活',
  contact_secret: '客户联系 Secret（旧）',
  callback: '回调 URL',
  public_url: '对外地址',
  proxies: '反向代理',
  ownership_file: '域名归属文件',
  corp_ticket: '企业 jsapi_ticket',
  app_ticket: '应用 jsapi_ticket',
  js_signature: 'JS-SDK 签名',
  oauth: '网页授权',
  database: '数据库',
  disk: '磁盘空间',
  redis: 'Redis',
  time_zone: '时区',
  jobs: '定时任务',
  last_sync: '最近的同步',
  admins: '管理员',
  events: '收到事件',
  inbox: '回调事件',
  notices: '提醒事项',
  session_secret: '会话密钥',
};

/** The name of a check as people read it. */
export const checkTitle = (name: CheckName) => TITLES[name];

/** All is well. */
export const fine = (tried: string, answer: string): Verdict => ({
  status: 'ok',
  tried,
  answer,
  code: null,
  subject: '',
});

/** Not tried, and why. */
export const skipped = (answer: string): Verdict => ({
  status: 'skip',
  tried: '',
  answer,
  code: null,
  subject: '',
});

/** What has to be mended before the product works. */
export const failed = (
  tried: string,
  answer: string,
  about: { code: string; subject?: string },
): Verdict => ({
  status: 'fail',
  tried,
  answer,
  code: about.code,
  subject: about.subject ?? '',
});

/** What works now, but should be looked at. */
export const warned = (
  tried: string,
  answer: string,
  about: { code: string; subject?: string },
): Verdict => ({
  ...failed(tried, answer, about),
  status: 'warn',
});

/** The verdict on an API that gave no good answer. */
export function refused(tried: string, answer: Exclude<ApiAnswer, { is: 'good' }>): Verdict {
  if (answer.is === 'unusable') return failed(tried, answer.word, { code: answer.code });
  const { errcode, errmsg, seenIp } = answer;
  return failed(tried, `errcode ${errcode}：${errmsg}`, { code: String(errcode), subject: seenIp ?? '' });
}
