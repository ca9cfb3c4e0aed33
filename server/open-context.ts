import { join } from 'node:path';
import { createConnection, type Connection } from 'mongoose';
import type { Config } from './config.ts';
import type { Context, Site } from './context.ts';
import { createDoctor } from './create-doctor.ts';
import { openEmbeddedDb } from './embedded-db/open-embedded-db.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createOutgoing } from './outgoing/create-outgoing.ts';
import { readOrCreateSecret } from './secret-file.ts';
import { createSigner } from './signer.ts';
import { buildIndexes, createStores } from './store/create-stores.ts';
import { createDatabaseProbe } from './store/database-probe.ts';
import { endedWithin } from './stop-process.ts';
import { createMemoryShared, openRedisShared, type SharedStore } from './store/shared.ts';
import { createSteadyShared } from './store/steady-shared.ts';
import type { CallbackKeys } from './wecom/crypto.ts';
import type { GateOptions } from './wecom/create-gate.ts';
import { createWecom, type WecomIdentity } from './wecom/create-wecom.ts';
import { createWecomHttp } from './wecom/http.ts';

/** The WeCom platform we work with: the real one, or the sandbox. */
export type Platform = {
  apiUrl: string;
  identity: WecomIdentity;
  keys: CallbackKeys;
  corpName: string;
  welcomeText: string;
  adminIds: readonly string[];
};

/** How to open: `own` refuses a database that another process holds, `join-or-own` joins it. */
export type Opening = {
  platform: Platform;
  publicUrl: string;
  database: 'own' | 'join-or-own';
  now?: () => Date;
  /** How WeCom is called; the clock on the wall and WeCom's documented caps when left out. */
  gate?: Pick<GateOptions, 'clock' | 'capsOf'>;
};

/** A context, and how to end it: connections last, the database at the very end. `announceEnd`: a close is near. */
export type Opened = {
  context: Context;
  keys: CallbackKeys;
  announceEnd: () => void;
  close: () => Promise<void>;
};

/** The record of what was done may take so long to be written when everything ends. */
const DRAIN_MS = 1000;

const FIND_SERVER_MS = 5000;

/** Opens every part; the only place that knows all of them. @throws when a part cannot be reached */
export async function openContext(config: Config, opening: Opening): Promise<Opened> {
  const { platform, now = () => new Date() } = opening;
  const metrics = createMetrics();
  const database = await openDatabase(config, opening.database);
  const shared = config.REDIS_URL
    ? await openRedisShared(config.REDIS_URL)
    : createMemoryShared(opening.gate?.clock?.now);
  const stores = createStores(database.connection);
  await buildIndexes(database.connection);
  const log = createLog(config.LOG_LEVEL);
  const http = createWecomHttp(platform.apiUrl);
  const context: Context = {
    site: siteOf(config, opening),
    now,
    log,
    metrics,
    signer: createSigner(secretsOf(config)),
    doctor: createDoctor(
      { config, problems: [], platform, publicUrl: opening.publicUrl, now },
      {
        book: async () => ({ database: createDatabaseProbe(database.connection), ...stores }),
        pingRedis: shared.ping,
      },
    ),
    wecom: createWecom(http, shelfOf(config, shared, { log, metrics }), {
      ...platform.identity,
      ...opening.gate,
      watch: metrics.watch,
    }),
    outgoing: createOutgoing({ allowsPrivate: config.WEBHOOKS_TO_PRIVATE === 'on' }),
    shared,
    ...stores,
  };
  const close = async () => {
    await endedWithin(DRAIN_MS, stores.audit.drain());
    await shared.close();
    await database.close();
  };
  return { context, keys: platform.keys, announceEnd: database.announceEnd, close };
}

/** What signs and verifies sessions and survey links, the newest first. */
const secretsOf = ({ SESSION_SECRETS: list, SESSION_SECRET: one, DATA_DIR: dir }: Config): string[] =>
  list ?? [one ?? keptSessionSecret(dir)];

function siteOf(config: Config, { platform, publicUrl }: Opening): Site {
  return {
    corpId: platform.identity.corpId,
    agentId: platform.identity.agentId,
    corpName: platform.corpName,
    publicUrl,
    timeZone: config.APP_TIMEZONE,
    welcomeText: platform.welcomeText,
    adminIds: platform.adminIds,
    verifyFile: config.WECOM_VERIFY_FILE ?? null,
  };
}

type OpenedDatabase = { connection: Connection; announceEnd: () => void; close: () => Promise<void> };

/** The database that the settings name. A collection is made with its indexes or by what is first put there. @throws when it cannot be reached */
export async function openDatabase(config: Config, mode: Opening['database']): Promise<OpenedDatabase> {
  const embedded = config.MONGODB_URI ? null : await openEmbeddedDb({ dir: config.DATA_DIR, mode });
  void embedded?.failed.then(endWithoutDatabase);
  const uri = config.MONGODB_URI ?? embedded?.uri ?? '';
  const connection = createConnection(uri, {
    serverSelectionTimeoutMS: FIND_SERVER_MS,
    autoIndex: false,
    autoCreate: false,
  });
  const close = async () => {
    await connection.destroy(); // closed alone, mongoose would keep it with all its models
    await embedded?.close();
  };
  await connection.asPromise().catch(async (error: unknown) => {
    await embedded?.close();
    throw error;
  });
  return { connection, announceEnd: () => embedded?.announceEnd(), close };
}

/** Nothing can be kept any more: better to be started again than to answer and forget. */
function endWithoutDatabase(error: Error): never {
  process.stderr.write(`The embedded database ended by itself: ${error.message}\n`);
  process.exit(1);
}

/** With Redis, calls go on while it is away: this process then keeps tokens and budgets for itself. */
function shelfOf(config: Config, shared: SharedStore, { log, metrics }: Pick<Context, 'log' | 'metrics'>) {
  if (!config.REDIS_URL) return shared;
  return createSteadyShared({
    shared,
    own: createMemoryShared(),
    onFailure(error) {
      metrics.sharedFailures.inc();
      log.warn({ error }, 'shared store away');
    },
  });
}

/** For installations that set no SESSION_SECRET. */
const keptSessionSecret = (dir: string) =>
  readOrCreateSecret({
    file: join(dir, 'session-secret'),
    ifLost: 'everybody has to sign in again and survey links that are out stop working',
  });
