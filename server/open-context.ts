import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { create, isAxiosError, type AxiosInstance } from 'axios';
import { createConnection, type Connection } from 'mongoose';
import type { Config } from './config.ts';
import type { Context, Site } from './context.ts';
import { openEmbeddedDb } from './embedded-db/open-embedded-db.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createSigner } from './signer.ts';
import { buildIndexes, createStores } from './store/create-stores.ts';
import { createMemoryShared, openRedisShared } from './store/shared.ts';
import type { CallbackKeys } from './wecom/crypto.ts';
import { createWecom, type WecomIdentity } from './wecom/create-wecom.ts';

/** The WeCom platform we work with: the real one, or the sandbox. */
export type Platform = {
  apiUrl: string;
  identity: WecomIdentity;
  keys: CallbackKeys;
  corpName: string;
  welcomeText: string;
};

/** How to open: `own` refuses a database that another process holds, `join-or-own` joins it. */
export type Opening = {
  platform: Platform;
  publicUrl: string;
  database: 'own' | 'join-or-own';
  now?: () => Date;
};

/** A context, and how to end it: connections last, the database at the very end. */
export type Opened = { context: Context; keys: CallbackKeys; close: () => Promise<void> };

const WECOM_TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 16 * 1024 * 1024;
const FIND_SERVER_MS = 5000;

/** Opens every part; the only place that knows all of them. @throws when a part cannot be reached */
export async function openContext(config: Config, opening: Opening): Promise<Opened> {
  const { platform, now = () => new Date() } = opening;
  const metrics = createMetrics();
  const database = await openDatabase(config, opening.database);
  const shared = config.REDIS_URL ? await openRedisShared(config.REDIS_URL) : createMemoryShared();
  const stores = createStores(database.connection);
  await buildIndexes(database.connection);
  const http = openHttp(platform.apiUrl, metrics);
  const context: Context = {
    site: siteOf(config, opening),
    now,
    log: createLog(config.LOG_LEVEL),
    metrics,
    signer: createSigner(config.SESSION_SECRET ?? keptSecret(config.DATA_DIR)),
    wecom: createWecom(http, shared, platform.identity),
    shared,
    ...stores,
  };
  const close = async () => {
    await shared.close();
    await database.close();
  };
  return { context, keys: platform.keys, close };
}

function siteOf(config: Config, { platform, publicUrl }: Opening): Site {
  return {
    corpId: platform.identity.corpId,
    agentId: platform.identity.agentId,
    corpName: platform.corpName,
    publicUrl,
    timeZone: config.APP_TIMEZONE,
    welcomeText: platform.welcomeText,
    adminIds: config.ADMIN_USERIDS,
  };
}

async function openDatabase(
  config: Config,
  mode: Opening['database'],
): Promise<{ connection: Connection; close: () => Promise<void> }> {
  const embedded = config.MONGODB_URI ? null : await openEmbeddedDb({ dir: config.DATA_DIR, mode });
  void embedded?.failed.then(endWithoutDatabase);
  const uri = config.MONGODB_URI ?? embedded?.uri ?? '';
  const connection = createConnection(uri, { serverSelectionTimeoutMS: FIND_SERVER_MS, autoIndex: false });
  const close = async () => {
    await connection.close();
    await embedded?.close();
  };
  await connection.asPromise().catch(async (error: unknown) => {
    await embedded?.close();
    throw error;
  });
  return { connection, close };
}

/** Nothing can be kept any more: better to be started again than to answer and forget. */
function endWithoutDatabase(error: Error): never {
  process.stderr.write(`The embedded database ended by itself: ${error.message}\n`);
  process.exit(1);
}

/** Counts every call by path and outcome; the query, which holds the token, is never looked at. */
function openHttp(baseURL: string, { wecom }: Metrics): AxiosInstance {
  const http = create({
    baseURL,
    timeout: WECOM_TIMEOUT_MS,
    maxContentLength: LARGEST_ANSWER,
    maxRedirects: 0,
  });
  http.interceptors.response.use(
    (response) => {
      const outcome = String(response.data?.errcode ?? 0);
      wecom.inc({ path: response.config.url ?? '', outcome });
      return response;
    },
    (error: unknown) => {
      if (isAxiosError(error)) wecom.inc({ path: error.config?.url ?? '', outcome: 'unreachable' });
      throw error;
    },
  );
  return http;
}

/** A secret made once and kept beside the data, for installations that set none. */
function keptSecret(dir: string): string {
  const file = join(dir, 'session-secret');
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
