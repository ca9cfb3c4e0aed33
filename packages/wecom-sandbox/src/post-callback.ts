import { envelopeXml } from './callback-xml.ts';
import type { Platform } from './platform.ts';
import { sealedQuery } from './seal-callback.ts';
import type { PendingCallback } from './state.ts';

/** One POST with fresh timestamp, nonce and ciphertext. @returns whether it was answered with 200 in time. */
export async function postCallback(
  platform: Platform,
  { callback, xml, signal }: { callback: PendingCallback; xml: string; signal: AbortSignal },
): Promise<boolean> {
  const { url } = platform.settings.callback;
  const startedAt = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(platform.rules.deliveryTimeoutMs)]);
  const { encrypted, query } = sealedQuery(platform, xml);
  const body = envelopeXml(platform.state.corp.corpId, encrypted, agentOf(platform, callback));
  const result = await post({ query: query.toString(), body }, { url, signal: limit });
  platform.log.add({
    kind: 'callback',
    name: nameOf(callback, ' / '),
    method: 'POST',
    path: new URL(url).pathname,
    status: result.status,
    ms: Math.round(performance.now() - startedAt),
    note: [callback.attempts > 0 ? `第 ${callback.attempts} 次重试` : '', result.fault]
      .filter(Boolean)
      .join(','),
    detail: { xml },
  });
  return result.status === 200;
}

/** Event and ChangeType, as far as there are such; a message goes by its kind. */
export function nameOf({ event, msgType = '', changeType }: PendingCallback, bar: string): string {
  return [event || msgType, changeType].filter(Boolean).join(bar);
}

/** The envelope's AgentID; null: it has none. */
function agentOf({ state, rules }: Platform, { isOfApp }: PendingCallback): string | null {
  if (isOfApp) return state.corp.agentId;
  return rules.xmlStyle.hasEmptyAgentId ? '' : null;
}

/** Status 0 when there was no answer; `fault` is Chinese, for the log. */
async function post(
  letter: { query: string; body: string },
  { url, signal }: { url: string; signal: AbortSignal },
): Promise<{ status: number; fault: string }> {
  try {
    const answer = await fetch(`${url}${url.includes('?') ? '&' : '?'}${letter.query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: letter.body,
      redirect: 'manual',
      signal,
    });
    await answer.arrayBuffer();
    return { status: answer.status, fault: '' };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, fault: isLate ? '超时' : '连接失败' };
  }
}
