import { createHash } from 'node:crypto';
import { isTrusted } from './authorize.ts';
import type { Platform } from './platform.ts';

/** What the native client sends for checking; `url` is the page's address without `#…`. */
export type AgentConfig = {
  corpid: string;
  agentid: string;
  timestamp: string;
  nonceStr: string;
  signature: string;
  url: string;
};

/** The answer of agentConfig to the page; `detail` says to the developer what is wrong. */
export type AgentConfigResult = { err_msg: string; detail?: string };

/** Checks the signature against every living agent_config ticket. Source: wecom.md §5.4. */
export function checkAgentConfig(platform: Platform, config: AgentConfig): AgentConfigResult {
  const { corp, tickets } = platform.state;
  if (config.corpid !== corp.corpId) return refusal('invalid corpid', `corpid 应为 ${corp.corpId}`);
  if (config.agentid !== corp.agentId) return refusal('invalid agentid', `agentid 应为 ${corp.agentId}`);
  const trusted = platform.settings.trustedOrigin;
  if (!isTrusted(config.url, trusted))
    return refusal('invalid url domain', `页面 ${config.url} 不在可信域名 ${trusted ?? '(未设置)'} 下`);
  const nowMs = platform.now().getTime();
  const living = tickets.filter((ticket) => ticket.expiresAt > nowMs);
  const isSignedWith = (kind: 'jsapi' | 'agent_config') =>
    living.some((ticket) => ticket.kind === kind && jsSignatureOf(ticket.value, config) === config.signature);
  if (isSignedWith('agent_config')) return { err_msg: 'agentConfig:ok' };
  if (isSignedWith('jsapi'))
    return refusal('invalid signature', '签名用了企业的 jsapi_ticket，应使用 agent_config 的 ticket');
  return refusal('invalid signature', `签名与 url ${config.url} 不符，或 ticket 已过期`);
}

/** `reason` as the platform words it, `detail` in Chinese for the developer. */
function refusal(reason: string, detail: string): AgentConfigResult {
  return { err_msg: `agentConfig:fail, ${reason}`, detail };
}

/** Raw values in this order, the URL not encoded. */
function jsSignatureOf(ticket: string, { nonceStr, timestamp, url }: AgentConfig): string {
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`;
  return createHash('sha1').update(text).digest('hex');
}
