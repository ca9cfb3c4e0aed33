import { createBookIndex } from './book-index.ts';
import { createClock } from './clock.ts';
import type { SandboxCorp } from './corp.ts';
import { createDeliverer } from './deliver-callbacks.ts';
import { createFaults } from './faults.ts';
import { createStateFile, readState, writeState } from './state-file.ts';
import { createLog } from './log.ts';
import type { CallbackSettings, Platform } from './platform.ts';
import { USUAL_RULES } from './rules.ts';
import type { PlatformRules } from './rules.ts';
import { settleDue } from './settle-due.ts';
import { freshState } from './state.ts';

/** How a sandbox platform is opened; only `corp` is needed. */
export type PlatformOptions = {
  corp: SandboxCorp;
  /** Where the state survives restarts; without it everything is forgotten at the end. */
  file?: string;
  /** Where callbacks go; `setCallbackUrl` may say so later. */
  callback?: CallbackSettings;
  /** The one origin whose host and port OAuth redirects and JS-SDK pages must match. */
  trustedOrigin?: string;
  /** The built stand-in client, served at /sandbox/; without it the package's own. */
  pagesDir?: string;
  now?: () => Date;
  /** 0: any free port of 127.0.0.1. */
  port?: number;
  /** Deviations from the usual limits. */
  rules?: Partial<PlatformRules>;
};

/** The parts of a platform; the deliverer needs the platform, and the platform wakes the deliverer. */
export function assemblePlatform(options: PlatformOptions) {
  const { corp, file, callback, trustedOrigin, now: base = () => new Date() } = options;
  const state = (file && readState(file, corp)) || freshState(corp);
  const deliver = { wake: () => {} };
  const keeper = createStateFile(() => (file ? writeState(file, state) : 0));
  const rules: PlatformRules = { ...USUAL_RULES, ...options.rules };
  const clock = createClock(state, {
    base,
    skewSeconds: () => rules.clockSkewSeconds,
    moved: () => {
      platform.save();
      settleDue(platform);
    },
  });
  const platform: Platform = {
    state,
    book: createBookIndex(state.corp),
    rules,
    log: createLog(clock.now),
    faults: createFaults({ now: clock.now, seed: state.corp.seed }),
    clock,
    now: clock.now,
    save: keeper.save,
    kept: keeper.kept,
    deliver: () => deliver.wake(),
    settings: {
      callback: { url: '', token: state.corp.callbackToken, aesKey: state.corp.callbackAesKey, ...callback },
      trustedOrigin: trustedOrigin ?? null,
    },
  };
  const deliverer = createDeliverer(platform);
  deliver.wake = deliverer.wake;
  return { platform, deliverer, keeper };
}
