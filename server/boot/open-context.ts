import { join } from 'node:path';
import { checkCorp } from './check-corp.ts';
import { isSandbox } from './config-mode.ts';
import type { Config } from './config.ts';
import type { Context, Site } from '../context.ts';
import { createDoctor } from './create-doctor.ts';
import { dataDirOf } from './data-dir.ts';
import { hostsOf } from '../domain/doctor/doctor-settings.ts';
import { freeBytesAt } from './free-bytes.ts';
import { createLog } from '../infra/log.ts';
import { createMetrics } from './metrics.ts';
import { openDatabase, reasonOf, type OpenedDatabase } from './open-database.ts';
import { createOutgoing } from '../infra/create-outgoing.ts';
import { createHeadsFile } from './heads-file.ts';
import { readOrCreateSecret, readSecret } from './secret-file.ts';
import { createSigner } from '../infra/signer.ts';
import { prepareDatabase } from './prepare-database.ts';
import { StartError } from './start-error.ts';
import { createAuditKeys, type AuditKeys } from '../store/audit-keys.ts';
import { createStores } from '../store/db/create-stores.ts';
import { createDatabaseProbe } from '../store/db/database-probe.ts';
import { endedWithin } from './stop-process.ts';
import { shelvesOf } from './shared-caches.ts';
import { openRedisShared, type SharedStore } from '../store/db/shared.ts';
import type { CallbackKeys } from '../wecom/client/crypto.ts';
import type { GateOptions } from '../wecom/client/create-gate.ts';
import { createWecom, type WecomIdentity } from '../wecom/client/create-wecom.ts';
import { createWecomHttp } from '../wecom/client/http.ts';

/** The WeCom platform we work with: the real one, or the sandbox. */
export type Platform = {
  apiUrl: string;
  identity: WecomIdentity;
  keys: CallbackKeys;
  corpName: string;
  welcomeText: string;
  adminIds: readonly string[];
};

/** How to open: `own` refuses a database that another process holds, `join-or-own` joins it; one that is open is taken over. */
export type Opening = {
  platform: Platform;
  publicUrl: string;
  database: 'own' | 'join-or-own' | OpenedDatabase;
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

/** Opens every part; the only place that knows all of them. @throws {StartError} a part cannot be reached, or is another corp's or a newer version's */
export async function openContext(config: Config, opening: Opening): Promise<Opened> {
  const database = await databaseOf(config, opening.database);
  const { corpId } = opening.platform.identity;
  const now = opening.now?.() ?? new Date();
  try {
    await checkCorp(database.connection, { corpId, isSandbox: isSandbox(config), now });
    return await openUpon(database, config, opening);
  } catch (error) {
    await database.close(); // a process that exits with its thread running may never end
    throw error;
  }
}

async function databaseOf(config: Config, wanted: Opening['database']): Promise<OpenedDatabase> {
  if (typeof wanted !== 'string') return wanted;
  return openDatabase({ uri: config.MONGODB_URI, dir: dataDirOf(config), mode: wanted });
}

async function openUpon(database: OpenedDatabase, config: Config, opening: Opening): Promise<Opened> {
  const { platform, now = () => new Date() } = opening;
  const signer = createSigner(secretsOf(config));
  const metrics = createMetrics();
  const stores = createStores(database.connection, auditKeysOf(config));
  if (!database.isPrepared) await prepareDatabase(database.connection, { timeZone: config.APP_TIMEZONE });
  const log = createLog(config.LOG_LEVEL);
  const probe = createDatabaseProbe(database.connection);
  const redis = config.REDIS_URL ? await openRedis(config.REDIS_URL) : null;
  const { shared, rates } = shelvesOf(redis, { log, metrics, now: opening.gate?.clock?.now });
  const context: Context = {
    site: siteOf(config, opening),
    now,
    log,
    metrics,
    signer,
    doctor: createDoctor(
      { config, problems: [], platform, publicUrl: opening.publicUrl, now },
      { book: async () => ({ database: probe, ...stores }), pingRedis: shared.ping },
    ),
    wecom: createWecom(createWecomHttp(platform.apiUrl), shared, {
      ...platform.identity,
      ...opening.gate,
      watch: { ...metrics.watch, strayed: noteStrays(log) },
    }),
    headsFile: createHeadsFile(dataDirOf(config)),
    outgoing: createOutgoing({ allowsPrivate: config.WEBHOOKS_TO_PRIVATE === 'on' }),
    shared,
    rates,
    database: probe,
    freeBytes: () => (config.MONGODB_URI ? Promise.resolve(null) : freeBytesAt(dataDirOf(config))),
    ...stores,
  };
  const close = async () => {
    await endedWithin(DRAIN_MS, Promise.all([stores.audit.drain(), stores.sessions.drain()]));
    await Promise.all([shared.close(), rates.close()]);
    await database.close();
  };
  return { context, keys: platform.keys, announceEnd: database.announceEnd, close };
}

/** Which rows of WeCom's answers could not be read, for who has to find out why: fields, never what they hold. */
const noteStrays = (log: Context['log']) => (path: string, faults: readonly string[]) =>
  log.warn({ path, count: faults.length, faults: faults.slice(0, 5) }, 'rows of another shape set aside');

/** What signs and verifies sessions and survey links, the newest first. */
const secretsOf = (config: Config): string[] =>
  config.SESSION_SECRETS ?? [config.SESSION_SECRET ?? keptSessionSecret(dataDirOf(config))];

/** What seals the audit log: the settings' keys, and the one of the file, which stays good for what it has sealed. */
function auditKeysOf(config: Config): AuditKeys {
  const { AUDIT_SECRETS: list } = config;
  const file = {
    file: join(dataDirOf(config), 'audit-key'),
    ifLost: 'what the audit log holds so far cannot be checked any more',
  };
  const kept = list ? readSecret(file) : readOrCreateSecret(file);
  return createAuditKeys([...(list ?? []), ...(kept ? [kept] : [])]);
}

function siteOf(config: Config, { platform, publicUrl }: Opening): Site {
  return {
    corpId: platform.identity.corpId,
    agentId: platform.identity.agentId,
    corpName: platform.corpName,
    publicUrl,
    timeZone: config.APP_TIMEZONE,
    welcomeText: platform.welcomeText,
    adminIds: platform.adminIds,
    trustedProxies: config.TRUSTED_PROXIES,
    metricsToken: config.METRICS_TOKEN ?? null,
    hasMetricsPort: config.METRICS_PORT !== undefined,
    verifyFile: config.WECOM_VERIFY_FILE ?? null,
  };
}

async function openRedis(url: string): Promise<SharedStore> {
  try {
    return await openRedisShared(url);
  } catch (error) {
    throw new StartError(
      `REDIS_URL: ${hostsOf(url)} does not answer (${reasonOf(error)}). Start Redis there, or mend address and password in REDIS_URL; a single process needs no Redis.`,
      { cause: error },
    );
  }
}

/** For installations that set no SESSION_SECRET. */
const keptSessionSecret = (dir: string) =>
  readOrCreateSecret({
    file: join(dir, 'session-secret'),
    ifLost: 'everybody has to sign in again and survey links that are out stop working',
  });
