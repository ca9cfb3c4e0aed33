import type { Check, ProblemCode } from '../problem.ts';

/** The checks, as whoever opened the page would call them. */
export const CHECK: Readonly<Record<Check, string>> = {
  sign_in: '登录',
  bridge: '连接企业微信',
  agent_config: '应用授权（agentConfig）',
  chat_contact: '读取聊天中的客户',
  profile: '读取客户资料',
};

/** Words around a failure, whatever it is. */
export const FAILURE = {
  checks: '打开步骤',
  detail: '返回信息',
  retry: '重试',
  due: '先看今天要跟进的客户',
  /** @param distance steps from the failed one. */
  state: (distance: number) => (distance < 0 ? '通过' : distance === 0 ? '未通过' : '未进行'),
} as const;

type ProblemText = { title: string; hints: readonly string[]; retry?: string };

/** What failed and what to do about it. `retry` replaces the word on the button. */
export const PROBLEM: Readonly<Record<ProblemCode, ProblemText>> = {
  offline: {
    title: '网络不通',
    hints: ['没有连上服务器，请检查手机或电脑的网络', '使用公司代理或 VPN 时，请确认能访问本页网址'],
  },
  signed_out: {
    title: '没有登录成功',
    hints: ['请确认你在应用的可见范围内', '请允许本页使用 Cookie，再登录一次'],
    retry: '重新登录',
  },
  not_a_member: {
    title: '这个页面只对本企业成员开放',
    hints: ['请用本企业的企业微信账号打开', '刚入职的同事，请管理员同步一次通讯录'],
    retry: '重新登录',
  },
  bridge_silent: {
    title: '企业微信没有响应',
    hints: ['关闭侧边栏，再从客户聊天里打开', '请把企业微信升级到 3.0.24 或更高版本'],
    retry: '重新打开',
  },
  wecom_silent: {
    title: '企业微信迟迟没有答复',
    hints: ['关闭侧边栏，再从客户聊天里打开', '仍不行时，重启企业微信'],
    retry: '重新打开',
  },
  app_refused: {
    title: '企业微信拒绝了应用授权',
    hints: [
      `可信域名：${location.host} 必须是应用的可信域名`,
      '签名：invalid signature 表示签名用的网址、应用 ID 或密钥不符',
      '可见范围：你必须在应用的可见范围内',
    ],
  },
  signature_unavailable: {
    title: '服务器没有给出签名',
    hints: ['请管理员检查应用的 AgentId 和 Secret', '请管理员确认服务器 IP 在企业可信 IP 里'],
  },
  contact_refused: {
    title: '读不到当前客户',
    hints: [
      'no permission：请管理员在「客户联系 → 可调用接口的应用」里加上本应用',
      'without context：请从与客户的单聊打开侧边栏',
      '你必须在应用的可见范围内，并且开通了客户联系',
    ],
  },
  not_yours: {
    title: '这位客户不在你名下',
    hints: ['只有跟进人、负责人和他们的主管能看到客户资料', '需要协作时，请联系客户的负责人或管理员'],
  },
  not_synced: {
    title: '这位客户还没有同步',
    hints: ['刚添加的客户通常几分钟内会出现', '很久以前就加过的，请管理员运行一次客户同步'],
  },
  too_often: { title: '操作太频繁', hints: ['请一分钟后再试', '一直出现时，请看看是不是有程序在用你的账号'] },
  server_away: {
    title: '服务器暂时没有响应',
    hints: ['通常很快恢复，请稍后重试', '一直出现时，请把下面的返回信息发给管理员'],
  },
  server_error: { title: '服务器出错了', hints: ['请稍后重试', '一直出现时，请把下面的返回信息发给管理员'] },
};
