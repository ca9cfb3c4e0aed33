import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import { serveApi } from './api/serve-api.ts';
import { dropTokens } from './api/token.ts';
import { assemblePlatform } from './assemble-platform.ts';
import type { PlatformOptions } from './assemble-platform.ts';
import { bindActions } from './bind-actions.ts';
import type { Actions } from './bind-actions.ts';
import type { PlatformClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { injectBridge } from './inject-bridge.ts';
import { listen } from './listen.ts';
import type { PlatformLog } from './log.ts';
import type { PlatformRules } from './rules.ts';
import { serveSandbox } from './serve-sandbox.ts';
import { settleDue } from './settle-due.ts';
import type { Platform } from './platform.ts';
import type { PlatformState } from './state.ts';
import { verifyCallbackUrl } from './verify-callback.ts';
import type { Verification } from './verify-callback.ts';

/** The stand-in client, as `npm run build` leaves it. */
const CLIENT_DIR = fileURLToPath(new URL('../dist/client/', import.meta.url));

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
  /** The platform's time, which can be moved; what has come due is done at once. */
  clock: PlatformClock;
  /** Checks the callback URL as the admin console does when it is saved. */
  verifyCallbackUrl: () => Promise<Verification>;
  /** Resolves when what was due is done, and every callback was delivered or given up. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens the platform on its own port, with the state of an earlier run if `file` holds one. */
export async function openPlatform(options: PlatformOptions): Promise<SandboxPlatform> {
  const { platform, deliverer, keeper } = assemblePlatform(options);
  const actions = bindActions(platform);
  const sandbox = serveSandbox(platform, { actions, pagesDir: options.pagesDir ?? CLIENT_DIR });
  const { origin, close } = await listen([serveApi(platform), sandbox], options.port ?? 0);
  deliverer.wake();
  return {
    origin,
    middleware: (ctx, next) => sandbox(ctx, () => injectBridge(ctx, next)),
    credentials: credentialsOf(platform),
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
    clock: platform.clock,
    verifyCallbackUrl: () => verifyCallbackUrl(platform),
    settled: async () => {
      settleDue(platform);
      await deliverer.settled();
    },
    close: async () => {
      await deliverer.stop();
      platform.log.end();
      await close();
      keeper.close();
    },
  };
}

/** What settings would say of this corp. */
function credentialsOf({ state, settings }: Platform): SandboxPlatform['credentials'] {
  const { corpId, agentId, agentSecret } = state.corp;
  const { token, aesKey } = settings.callback;
  return { corpId, agentId, agentSecret, callbackToken: token, callbackAesKey: aesKey };
}

export type { PlatformOptions } from './assemble-platform.ts';
