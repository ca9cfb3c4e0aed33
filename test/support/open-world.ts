import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../server/app.ts';
import { createEventWork } from '../../server/callback/event-work.ts';
import { readConfig } from '../../server/boot/config.ts';
import { dataDirOf } from '../../server/boot/data-dir.ts';
import type { Context } from '../../server/context.ts';
import { listen } from '../../server/boot/listen.ts';
import { openContext, type Opened, type Opening } from '../../server/boot/open-context.ts';
import { PAGES_DIR } from '../../server/boot/open-platform.ts';
import type { SandboxCorp } from '@genjin/wecom-sandbox';
import { openPlatform, type SandboxPlatform } from '@genjin/wecom-sandbox';
import type { PlatformRules } from '@genjin/wecom-sandbox';
import { takeDatabase, type KeptDatabase } from './kept-databases.ts';

/** A small world: a WeCom platform with a corp, a database of its own, and the server between them. */
export type World = {
  context: Context;
  platform: SandboxPlatform;
  /** Where the server under test answers. */
  origin: string;
  /** What it keeps beside its database. */
  dataDir: string;
  /** Where its database is. */
  uri: string;
  /** Moves the clock of server and platform. */
  setNow: (at: Date | string) => void;
  /** Resolves when every callback was delivered and worked on. */
  settled: () => Promise<void>;
  /** Cuts the server off from its database for good. */
  loseDatabase: () => Promise<void>;
  close: () => Promise<void>;
};

export type WorldOptions = {
  corp: SandboxCorp;
  now?: string;
  rules?: Partial<PlatformRules>;
  settings?: Record<string, string>;
  /** How WeCom is called, e.g. with a clock that runs faster. */
  gate?: Opening['gate'];
};

/** One for all worlds, because some take over the log of another. */
const AUDIT_SECRET = 'a'.repeat(64);

/** A Wednesday morning in Shanghai: a plain working day. */
export const WEDNESDAY = '2026-03-11T10:00:00+08:00';

/** Opens a world on real HTTP and a real database; see `kept-databases`. */
export async function openWorld({
  corp,
  now = WEDNESDAY,
  rules = {},
  settings = {},
  gate,
}: WorldOptions): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-world-'));
  const clock = { now: new Date(now) };
  const database = settings['MONGODB_URI'] ? null : await takeDatabase();
  const config = readConfig({
    DATA_DIR: dir,
    AUDIT_SECRETS: AUDIT_SECRET,
    LOG_LEVEL: 'silent',
    ...(database ? { MONGODB_URI: database.uri } : {}),
    ...settings,
  });
  const door = await listen('127.0.0.1', 0);
  const origin = `http://localhost:${door.port}`;
  const platform = await openPlatform({
    corp,
    trustedOrigin: origin,
    pagesDir: PAGES_DIR,
    now: () => clock.now,
    rules,
  });
  const opened = await openServerSide({
    config,
    platform,
    origin,
    now: () => clock.now,
    database,
    ...(gate ? { gate } : {}),
  });
  const { context, keys } = opened;
  const queue = createEventWork(context);
  const app = createApp({ context, keys, queue, pagesDir: PAGES_DIR, before: [platform.middleware] });
  door.handle(app.callback());
  platform.setCallbackUrl(`http://127.0.0.1:${door.port}/wecom/callback`);
  return {
    context,
    platform,
    origin,
    dataDir: dataDirOf(config),
    uri: String(config.MONGODB_URI),
    setNow: (at) => void (clock.now = new Date(at)),
    async settled() {
      await platform.settled();
      await queue.idle();
    },
    loseDatabase: async () => database?.connection.destroy(),
    async close() {
      await door.close();
      await queue.idle();
      await platform.close();
      await opened.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

type Parts = {
  config: ReturnType<typeof readConfig>;
  platform: SandboxPlatform;
  origin: string;
  now: () => Date;
  /** Null for the one that the settings name. */
  database: KeptDatabase | null;
  gate?: NonNullable<Opening['gate']>;
};

function openServerSide({ config, platform, origin, database, ...rest }: Parts): Promise<Opened> {
  const { corpId, agentId, agentSecret, callbackToken: token, callbackAesKey: aesKey } = platform.credentials;
  const site = {
    apiUrl: platform.origin,
    identity: { corpId, agentId, agentSecret, contactSecret: agentSecret, oauthUrl: `${origin}/sandbox` },
    keys: { token, aesKey, receiveId: corpId },
    corpName: platform.state.corp.corpName,
    welcomeText: config.WELCOME_TEXT,
    adminIds: config.ADMIN_USERIDS,
  };
  return openContext(config, { platform: site, publicUrl: origin, database: database ?? 'own', ...rest });
}
