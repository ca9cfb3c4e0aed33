import type { Faults } from './faults.ts';
import type { PlatformLog } from './log.ts';
import type { PlatformRules } from './rules.ts';
import type { PendingCallback, PlatformState } from './state.ts';

/** Where callbacks go, and how they are sealed. */
export type CallbackSettings = { url: string; token: string; aesKey: string };

/** What the parts of the platform share. */
export type Platform = {
  readonly state: PlatformState;
  readonly rules: PlatformRules;
  readonly log: PlatformLog;
  readonly faults: Faults;
  readonly now: () => Date;
  /** Writes the state to its file, if it has one, before it returns. */
  readonly save: () => void;
  /** Wakes the deliverer of callbacks. */
  readonly deliver: () => void;
  readonly settings: { callback: CallbackSettings; trustedOrigin: string | null };
};

/** The platform's clock in unix seconds, as WeCom counts. */
export function unixNow(platform: Platform): number {
  return Math.floor(platform.now().getTime() / 1000);
}

/** Puts an event on its way: kept by the next save, delivered after it. */
export function announce(
  platform: Platform,
  event: Pick<PendingCallback, 'queue' | 'event' | 'changeType' | 'fields'> & { mayWelcome?: boolean },
): void {
  if (platform.settings.callback.url === '') return;
  platform.state.sequence += 1;
  platform.state.pending.push({
    mayWelcome: false,
    ...event,
    id: String(platform.state.sequence),
    createdAt: unixNow(platform),
    xml: null,
    attempts: 0,
  });
}
