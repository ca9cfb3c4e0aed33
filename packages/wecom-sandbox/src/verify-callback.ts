import { randomInt } from 'node:crypto';
import { callbackKeys, sealedQuery } from './seal-callback.ts';
import type { Platform } from './platform.ts';

/** The admin console waits one second for the answer. Source: wecom.md §1.2. */
const LIMIT_MS = 1000;

/** What the admin console says when a callback URL is saved; `detail` is Chinese. */
export type Verification = { isFine: boolean; detail: string };

/** Does what the admin console does when the callback URL is saved: sends a sealed number and wants it back opened. */
export async function verifyCallbackUrl(platform: Platform): Promise<Verification> {
  const { url } = platform.settings.callback;
  if (url === '') return { isFine: false, detail: '还没有设置回调地址' };
  const echo = String(randomInt(1_000_000_000, 2_000_000_000));
  const { encrypted, query } = sealedQuery(platform, echo);
  query.set('echostr', encrypted);
  try {
    const answer = await fetch(`${url}${url.includes('?') ? '&' : '?'}${query.toString()}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const text = await answer.text();
    if (answer.status === 200 && text === echo) return { isFine: true, detail: '验证成功' };
    const key = callbackKeys(platform).aesKey.slice(0, 4);
    return {
      isFine: false,
      detail: `回调地址应原样返回解密后的 echostr（HTTP ${answer.status}），请核对 Token 与以 ${key} 开头的 EncodingAESKey`,
    };
  } catch {
    return { isFine: false, detail: '回调地址在 1 秒内没有响应' };
  }
}
