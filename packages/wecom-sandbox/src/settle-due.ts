import { settleTransfers } from './settle-transfers.ts';
import type { Platform } from './platform.ts';

/** Does what has come due by the platform's clock; asked at every call, and when the clock is moved. */
export function settleDue(platform: Platform): void {
  if (!settleTransfers(platform)) return;
  platform.save();
  platform.deliver();
}
