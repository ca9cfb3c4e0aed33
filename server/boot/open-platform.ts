import { resolve } from 'node:path';
import { isSandbox } from './config-mode.ts';
import type { Config } from './config.ts';
import { dataDirOf } from './data-dir.ts';
import { moveOldSandbox } from './old-sandbox.ts';
import type { Platform } from './open-context.ts';
import { openSandbox, type Sandbox } from '../demo/open-sandbox.ts';
import { unwritableOr } from './start-error.ts';

/** The platform to work with, the sandbox when that is what it is, and the time as it stands there. */
export type OpenedPlatform = { platform: Platform; sandbox: Sandbox | null; now: () => Date };

/** The built pages, wherever this file runs from. */
export const PAGES_DIR = resolve(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../dist/pages' : '../../pages',
);

/** What new customers of the sandbox corp read, unless a setting says otherwise. */
const SANDBOX_WELCOME = '您好，很高兴认识您！以后有任何问题，随时在这里找我。';

/** Who sees the console of the sandbox, unless a setting says otherwise: 周明远, the sales director. */
const SANDBOX_ADMIN = 'zhoumingyuan';

type Opening = { publicUrl: string; mode: 'own' | 'join-or-own'; now?: () => Date };

/**
 * Opens the sandbox when no corp is named, else takes the settings at their word.
 *
 * @throws {StartError} the sandbox cannot write to its folder
 */
export async function openPlatform(config: Config, opening: Opening): Promise<OpenedPlatform> {
  try {
    if (!config.MONGODB_URI) await moveOldSandbox(config.DATA_DIR);
    if (isSandbox(config)) return await openSandboxPlatform(config, opening);
  } catch (error) {
    throw unwritableOr(config.DATA_DIR, error);
  }
  return { platform: realPlatform(config), sandbox: null, now: opening.now ?? (() => new Date()) };
}

async function openSandboxPlatform(
  config: Config,
  { publicUrl, mode, now = () => new Date() }: Opening,
): Promise<OpenedPlatform> {
  const sandbox = await openSandbox({
    dir: dataDirOf(config),
    publicUrl,
    mode,
    now,
  });
  const { origin, credentials, corpName } = sandbox.site;
  const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = credentials;
  const platform: Platform = {
    apiUrl: origin,
    identity: {
      corpId,
      agentId,
      agentSecret,
      contactSecret: agentSecret,
      oauthUrl: `${sandbox.site.publicUrl}/sandbox`,
    },
    keys: { token: callbackToken, aesKey: callbackAesKey, receiveId: corpId },
    corpName: config.CORP_NAME || corpName,
    welcomeText: config.WELCOME_TEXT || SANDBOX_WELCOME,
    adminIds: config.ADMIN_USERIDS.length > 0 ? config.ADMIN_USERIDS : [SANDBOX_ADMIN],
  };
  return { platform, sandbox, now: sandbox.now };
}

/** The corp that the settings name; `readConfig` has seen to it that they are set. */
export function realPlatform(config: Config): Platform {
  const {
    WECOM_CORP_ID: corpId = '',
    WECOM_AGENT_ID: agentId = '',
    WECOM_AGENT_SECRET: agentSecret = '',
  } = config;
  const { WECOM_CALLBACK_TOKEN: token = '', WECOM_CALLBACK_AES_KEY: aesKey = '' } = config;
  const contactSecret = config.WECOM_CONTACT_SECRET ?? agentSecret;
  return {
    apiUrl: config.WECOM_API_URL,
    identity: { corpId, agentId, agentSecret, contactSecret, oauthUrl: config.WECOM_OAUTH_URL },
    keys: { token, aesKey, receiveId: corpId },
    corpName: config.CORP_NAME,
    welcomeText: config.WELCOME_TEXT,
    adminIds: config.ADMIN_USERIDS,
  };
}
