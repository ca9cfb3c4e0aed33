import { setTimeout as delay } from 'node:timers/promises';
import { envelopeXml, eventXml } from './callback-xml.ts';
import type { Platform } from './platform.ts';
import { sealedQuery } from './seal-callback.ts';
import type { PendingCallback } from './state.ts';
import { grantWelcome } from './welcome.ts';

/** One delivery and three retries. Source: wecom.md §1.4. */
const ATTEMPTS = 4;

/**
 * Delivers pending callbacks: in order within a queue (one customer), queues side by side. What is pending when the
 * process dies is delivered after the next start.
 */
export function createDeliverer(platform: Platform) {
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const drain = async (queue: string): Promise<void> => {
    while (!stop.signal.aborted) {
      const next = platform.state.pending.find((callback) => callback.queue === queue);
      if (!next) return;
      await deliverOne(platform, next, stop.signal);
    }
  };
  const wake = (): void => {
    if (stop.signal.aborted || platform.settings.callback.url === '') return;
    for (const queue of new Set(platform.state.pending.map((callback) => callback.queue))) {
      if (running.has(queue)) continue;
      const run = drain(queue).finally(() => {
        running.delete(queue);
        if (platform.state.pending.some((callback) => callback.queue === queue)) wake();
      });
      running.set(queue, run);
    }
  };
  return {
    wake,
    /** Resolves when every callback was accepted or given up. */
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running.values());
    },
    /** Cuts what is under way; it stays pending. */
    stop: async (): Promise<void> => {
      stop.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** Delivers one callback until it is accepted or given up; a close in between leaves it pending. */
async function deliverOne(platform: Platform, callback: PendingCallback, signal: AbortSignal): Promise<void> {
  const xml = callback.xml ?? fixXml(platform, callback);
  while (callback.attempts < ATTEMPTS) {
    if (callback.attempts > 0 && !(await pause(platform.rules.retryDelayMs, signal))) return;
    const isAccepted = await attempt(platform, { callback, xml, signal });
    if (signal.aborted) return;
    callback.attempts += 1;
    if (isAccepted) break;
    platform.save();
  }
  platform.state.pending = platform.state.pending.filter((other) => other !== callback);
  platform.save();
}

/** @returns false when the platform was closed meanwhile. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );
}

/** Decides about the WelcomeCode at the last moment, as its 20 s start with the delivery; retries repeat the same XML. */
function fixXml(platform: Platform, callback: PendingCallback): string {
  const field = (name: string) => callback.fields.find(([key]) => key === name)?.[1];
  const relation = platform.state.corp.relations.find(
    (row) => row.userid === field('UserID') && row.externalUserId === field('ExternalUserID'),
  );
  const code = callback.mayWelcome && relation ? grantWelcome(platform, relation) : null;
  if (code !== null) callback.fields.push(['WelcomeCode', code]);
  callback.xml = eventXml(platform.state.corp.corpId, callback);
  platform.save();
  return callback.xml;
}

/** One POST with fresh timestamp, nonce and ciphertext. @returns whether it was answered with 200 in time. */
async function attempt(
  platform: Platform,
  { callback, xml, signal }: { callback: PendingCallback; xml: string; signal: AbortSignal },
): Promise<boolean> {
  const { url } = platform.settings.callback;
  const startedAt = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(platform.rules.deliveryTimeoutMs)]);
  const { encrypted, query } = sealedQuery(platform, xml);
  const body = envelopeXml(platform.state.corp.corpId, encrypted);
  const result = await post({ query: query.toString(), body }, { url, signal: limit });
  platform.log.add({
    kind: 'callback',
    name: `${callback.event} / ${callback.changeType}`,
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
