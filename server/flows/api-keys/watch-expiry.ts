import type { Context } from '../../context.ts';
import { keyExpiry, keyExpiryText } from '../../domain/system/api-key.ts';
import { calendarDay } from '../../domain/calendar.ts';

const KIND = 'api-key-expiry';

/** Tells administrators of keys that end soon or have ended, until they are revoked. @returns how many are told of. */
export async function watchExpiry({
  apiKeys,
  notices,
  site,
  now,
}: Pick<Context, 'apiKeys' | 'notices' | 'site' | 'now'>): Promise<number> {
  const at = now();
  const held = (await apiKeys.list()).filter(({ revokedAt }) => !revokedAt);
  const told = new Set<string>();
  for (const { _id: subject, name, expiresAt } of held) {
    const expiry = keyExpiry({ expiresAt }, at);
    if (!expiresAt || (expiry !== 'soon' && expiry !== 'expired')) continue;
    const text = keyExpiryText(name, calendarDay(expiresAt, site.timeZone), expiry);
    await notices.raise({ kind: KIND, subject, text }, at);
    told.add(subject);
  }
  for (const { kind, subject } of await notices.open())
    if (kind === KIND && !told.has(subject)) await notices.resolve(KIND, subject, at);
  return told.size;
}
