import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';

/** Asked again while a token is valid, the platform gives the same one with what is left of its life. */
const getToken = defineApi({
  method: 'GET',
  path: '/cgi-bin/gettoken',
  title: '获取 access_token',
  empty: { access_token: '', expires_in: 0 },
  isOpen: true,
  writes: true,
  fields: z.object({ corpid: z.string(), corpsecret: z.string() }),
  missing: { corpid: 41002, corpsecret: 41004 },
  run: (platform, { corpid, corpsecret }) => {
    const { state, rules } = platform;
    if (corpid !== state.corp.corpId) throw new ApiError(40013);
    if (corpsecret !== state.corp.agentSecret) throw new ApiError(rules.wrongSecretErrcode);
    const nowMs = platform.now().getTime();
    // Expired tokens stay known for a while, as the platform tells 42001 from 40014.
    state.tokens = state.tokens.filter((token) => token.expiresAt > nowMs - 86_400_000);
    let token = state.tokens.findLast((candidate) => candidate.expiresAt > nowMs);
    if (!token) {
      token = { value: nextSecret(state, 'token', 214), expiresAt: nowMs + rules.tokenSeconds * 1000 };
      state.tokens.push(token);
    }
    return { access_token: token.value, expires_in: Math.ceil((token.expiresAt - nowMs) / 1000) };
  },
});

/** @throws {ApiError} 41001 missing, 40014 unknown, 42001 expired. */
export function checkToken(platform: Platform, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new ApiError(41001);
  const token = platform.state.tokens.find((candidate) => candidate.value === value);
  if (!token) throw new ApiError(40014);
  if (token.expiresAt <= platform.now().getTime()) throw new ApiError(42001);
}

/** The living ticket of a kind, or a new one. */
function currentTicket(platform: Platform, kind: 'jsapi' | 'agent_config'): Record<string, unknown> {
  const { state, rules } = platform;
  const nowMs = platform.now().getTime();
  state.tickets = state.tickets.filter((ticket) => ticket.expiresAt > nowMs);
  let ticket = state.tickets.find((candidate) => candidate.kind === kind);
  if (!ticket) {
    const expiresAt = nowMs + rules.tokenSeconds * 1000;
    ticket = { kind, value: nextSecret(state, kind, 86), expiresAt };
    state.tickets.push(ticket);
  }
  return { ticket: ticket.value, expires_in: Math.ceil((ticket.expiresAt - nowMs) / 1000) };
}

/** For `config`: signs as the corp. */
const getJsapiTicket = defineApi({
  method: 'GET',
  path: '/cgi-bin/get_jsapi_ticket',
  title: '获取企业的 jsapi_ticket',
  writes: true,
  fields: z.object({}),
  run: (platform) => currentTicket(platform, 'jsapi'),
});

/** For `agentConfig`: signs as the app. */
const getAgentTicket = defineApi({
  method: 'GET',
  path: '/cgi-bin/ticket/get',
  title: '获取应用的 jsapi_ticket',
  writes: true,
  fields: z.object({ type: z.literal('agent_config') }),
  run: (platform) => currentTicket(platform, 'agent_config'),
});

/** Callbacks of the sandbox come from this machine. */
const getCallbackIp = defineApi({
  method: 'GET',
  path: '/cgi-bin/getcallbackip',
  title: '获取企业微信回调 IP 段',
  empty: { ip_list: [] },
  fields: z.object({}),
  run: () => ({ ip_list: ['127.0.0.1'] }),
});

/** Where the API itself answers. */
const getApiDomainIp = defineApi({
  method: 'GET',
  path: '/cgi-bin/get_api_domain_ip',
  title: '获取企业微信接口 IP 段',
  empty: { ip_list: [] },
  fields: z.object({}),
  run: () => ({ ip_list: ['127.0.0.1'] }),
});

/** Tokens, tickets, and the platform's addresses. Source: wecom.md §1.5, §3.1. */
export const tokenApis = [getToken, getJsapiTicket, getAgentTicket, getCallbackIp, getApiDomainIp];

/** Makes every access token unknown at once, as the platform may do at any time. */
export function dropTokens({ state }: Platform): void {
  state.tokens = [];
}
