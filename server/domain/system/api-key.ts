/** How near the end of a key is; `endless`: made before keys had an end, and to be replaced. */
export const KEY_EXPIRIES = ['endless', 'fresh', 'soon', 'expired'] as const;
type KeyExpiry = (typeof KEY_EXPIRIES)[number];

/** Time enough to make another key and give it to the other system. */
const SOON_MS = 30 * 86_400_000;

/** Where a key stands at `now`. */
export function keyExpiry({ expiresAt }: { expiresAt?: Date | null }, now: Date): KeyExpiry {
  if (!expiresAt) return 'endless';
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return 'expired';
  return leftMs <= SOON_MS ? 'soon' : 'fresh';
}

/** What administrators are told of a key that ends soon, or has ended; `day` is the last one. */
export const keyExpiryText = (name: string, day: string, expiry: 'soon' | 'expired') =>
  expiry === 'soon'
    ? `API 密钥“${name}”将于 ${day} 到期，之后使用它的系统不能再访问。请在“连接”里新建密钥，换到那个系统，再吊销旧的`
    : `API 密钥“${name}”已于 ${day} 到期，使用它的系统不能再访问。请在“连接”里新建密钥；不再需要时吊销它`;
