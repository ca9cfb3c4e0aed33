import type { Middleware } from 'koa';
import { serveApi } from './api/serve-api.ts';
import { dropTokens } from './api/token.ts';
import { bindActions } from './bind-actions.ts';
import type { Actions } from './bind-actions.ts';
import type { SandboxCorp } from './corp.ts';
import { createDeliverer } from './deliver-callbacks.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { injectBridge } from './inject-bridge.ts';
import { readState, writeState } from './keep-state.ts';
import { listen } from './listen.ts';
import { createLog } from './log.ts';
import type { PlatformLog } from './log.ts';
import type { CallbackSettings, Platform } from './platform.ts';
import { USUAL_RULES } from './rules.ts';
import type { PlatformRules } from './rules.ts';
import { serveSandbox } from './serve-sandbox.ts';
import { freshState } from './state.ts';
import type { PlatformState } from './state.ts';
import { verifyCallbackUrl } from './verify-callback.ts';
import type { Verification } from './verify-callback.ts';

/** How a sandbox platform is opened; only `corp` is needed. */
export type PlatformOptions = {
  corp: SandboxCorp;
  /** Where the state survives restarts; without it everything is forgotten at the end. */
  file?: string;
  /** Where callbacks go; `setCallbackUrl` may say so later. */
  callback?: CallbackSettings;
  /** The one origin whose host and port OAuth redirects and JS-SDK pages must match. */
  trustedOrigin?: string;
  /** The built stand-in client, served at /sandbox/. */
  pagesDir?: string;
  now?: () => Date;
  /** 0: any free port of 127.0.0.1. */
  port?: number;
  /** Deviations from the usual limits. */
  rules?: Partial<PlatformRules>;
};

/** A running WeCom platform of one corp. */
export type SandboxPlatform = {
  /** `http://127.0.0.1:PORT`: serves as WECOM_API_URL and WECOM_OAUTH_URL. */
  origin: string;
  /** For the product's own server: answers everything below /sandbox and injects the bridge into framed pages. */
  middleware: Middleware;
  credentials: {
    corpId: string;
    agentId: string;
    agentSecret: string;
    callbackToken: string;
    callbackAesKey: string;
  };
  setCallbackUrl: (url: string) => void;
  setTrustedOrigin: (origin: string) => void;
  actions: Actions;
  /** Read access for tests. */
  state: Readonly<PlatformState>;
  log: Pick<PlatformLog, 'after'>;
  /** May be changed at any time. */
  rules: PlatformRules;
  faults: Faults & { dropTokens: () => void };
  /** Checks the callback URL as the admin console does when it is saved. */
  verifyCallbackUrl: () => Promise<Verification>;
  /** Resolves when every callback was delivered or given up. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens the platform on its own port, with the state of an earlier run if `file` holds one. */
export async function openPlatform(options: PlatformOptions): Promise<SandboxPlatform> {
  const { platform, deliverer } = assemble(options);
  const actions = bindActions(platform);
  const sandbox = serveSandbox(platform, { actions, pagesDir: options.pagesDir });
  const { origin, close } = await listen([serveApi(platform), sandbox], options.port ?? 0);
  deliverer.wake();
  const { corp } = platform.state;
  return {
    origin,
    middleware: (ctx, next) => sandbox(ctx, () => injectBridge(ctx, next)),
    credentials: {
      corpId: corp.corpId,
      agentId: corp.agentId,
      agentSecret: corp.agentSecret,
      callbackToken: platform.settings.callback.token,
      callbackAesKey: platform.settings.callback.aesKey,
    },
    setCallbackUrl: (url) => {
      platform.settings.callback.url = url;
      deliverer.wake();
    },
    setTrustedOrigin: (trusted) => {
      platform.settings.trustedOrigin = trusted;
    },
    actions,
    state: platform.state,
    log: platform.log,
    rules: platform.rules,
    faults: { ...platform.faults, dropTokens: () => dropTokens(platform) },
    verifyCallbackUrl: () => verifyCallbackUrl(platform),
    settled: deliverer.settled,
    close: async () => {
      await deliverer.stop();
      platform.log.end();
      await close();
    },
  };
}

/** The parts of a platform; the deliverer needs the platform, and the platform wakes the deliverer. */
function assemble({ corp, file, callback, trustedOrigin, rules, now = () => new Date() }: PlatformOptions) {
  const state = (file && readState(file, corp.corpId)) || freshState(corp);
  const deliver = { wake: () => {} };
  const platform: Platform = {
    state,
    rules: { ...USUAL_RULES, ...rules },
    log: createLog(now),
    faults: createFaults(),
    now,
    save: () => {
      if (file) writeState(file, state);
    },
    deliver: () => deliver.wake(),
    settings: {
      callback: { url: '', token: state.corp.callbackToken, aesKey: state.corp.callbackAesKey, ...callback },
      trustedOrigin: trustedOrigin ?? null,
    },
  };
  const deliverer = createDeliverer(platform);
  deliver.wake = deliverer.wake;
  return { platform, deliverer };
}
