import { announce, unixNow } from './platform.ts';
import type { Platform } from './platform.ts';
import type { LinkQuota } from './slices/entries.ts';

/** From so many uses on the administrators are warned. Source: wecom.md §2.6. */
const LOW = 20;
const YEAR_SECONDS = 365 * 86_400;

/** Everything that was bought and has not expired; the corp starts with what the rules give. */
export function quotasOf(platform: Platform): LinkQuota[] {
  const { state, rules } = platform;
  const now = unixNow(platform);
  if (state.linkQuotas.length === 0)
    state.linkQuotas.push({ expiresAt: now + YEAR_SECONDS, bought: rules.linkUses, left: rules.linkUses });
  return state.linkQuotas.filter(({ expiresAt }) => expiresAt > now);
}

/** How many customers may still come by links. */
export function balanceOf(platform: Platform): number {
  return quotasOf(platform).reduce((sum, { left }) => sum + left, 0);
}

/** Uses one up, of those that expire first; tells when few or none are left. @returns false when there is none */
export function takeUse(platform: Platform): boolean {
  const [first] = quotasOf(platform)
    .filter(({ left }) => left > 0)
    .sort((left, right) => left.expiresAt - right.expiresAt);
  if (!first) return false;
  first.left -= 1;
  const left = balanceOf(platform);
  if (left === LOW - 1) tellLink(platform, 'balance_low', []);
  if (left === 0) tellLink(platform, 'balance_exhausted', []);
  return true;
}

/** Adds uses; tells when there were none. */
export function addUses(platform: Platform, { uses, days }: { uses: number; days: number }): void {
  const before = balanceOf(platform);
  const expiresAt = unixNow(platform) + days * 86_400;
  platform.state.linkQuotas.push({ expiresAt, bought: uses, left: uses });
  if (before === 0 && uses > 0) tellLink(platform, 'balance_increased', []);
}

/** Puts an event of acquisition links on its way. Source: wecom.md §2.6. */
export function tellLink(
  platform: Platform,
  changeType: string,
  fields: [name: string, value: string][],
): void {
  const linkId = fields.find(([name]) => name === 'LinkId')?.[1] ?? 'quota';
  announce(platform, { queue: linkId, event: 'customer_acquisition', changeType, fields });
}
