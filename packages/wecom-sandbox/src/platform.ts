import type { BookIndex } from './book-index.ts';
import type { PlatformClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { PlatformLog } from './log.ts';
import type { PlatformRules } from './rules.ts';
import { nextCount } from './state.ts';
import type { PendingCallback, PlatformState } from './state.ts';

/** Where callbacks go, and how they are sealed. */
export type CallbackSettings = { url: string; token: string; aesKey: string };

/** What the parts of the platform share. */
export type Platform = {
  readonly state: PlatformState;
  /** Finds people, relations and tags of the state without scanning it. */
  readonly book: BookIndex;
  readonly rules: PlatformRules;
  readonly log: PlatformLog;
  readonly faults: Faults;
  readonly clock: PlatformClock;
  /** The platform's time; the same as `clock.now`. */
  readonly now: () => Date;
  /** Notes that the state changed; it reaches its file, if it has one, as `createStateFile` says. */
  readonly save: () => void;
  /** Resolves when every change up to now is in the file. */
  readonly kept: () => Promise<void>;
  /** Wakes the deliverer of callbacks. */
  readonly deliver: () => void;
  readonly settings: { callback: CallbackSettings; trustedOrigin: string | null };
};

/** The platform's clock in unix seconds, as WeCom counts. */
export function unixNow(platform: Pick<Platform, 'now'>): number {
  return Math.floor(platform.now().getTime() / 1000);
}

/** What happened, before it has an id. */
export type Announcement = Pick<PendingCallback, 'queue' | 'event' | 'fields'> &
  Partial<Pick<PendingCallback, 'changeType' | 'mayWelcome' | 'msgType' | 'from' | 'isOfApp'>>;

/** Puts an event on its way: kept by the next save, delivered after it. Without a callback URL nobody is told. */
export function announce(platform: Platform, event: Announcement): void {
  if (platform.settings.callback.url === '') return;
  platform.state.pending.push({
    mayWelcome: false,
    changeType: '',
    ...event,
    id: String(nextCount(platform.state, 'callback')),
    createdAt: unixNow(platform),
    xml: null,
    attempts: 0,
  });
}
