import type { Config } from './config.ts';
import { isSandbox } from './config-mode.ts';
import { dataDirOf } from './data-dir.ts';
import type { DoctorParts, DoctorSettings } from '../context.ts';
import { hostsOf, passwordOf, secretStateOf } from '../domain/doctor/doctor-settings.ts';
import type { WecomIdentity } from '../wecom/client/create-wecom.ts';
import type { CallbackKeys } from '../wecom/client/crypto.ts';
import { readEnvFile } from './env-file.ts';
import { freeBytesAt } from './free-bytes.ts';
import { createProbeRequest } from '../wecom/client/probe-request.ts';
import { createProbe } from '../wecom/client/probe.ts';

/** What is examined: the settings, and the platform that they lead to. */
export type DoctorSite = {
  config: Config;
  problems: readonly string[];
  platform: { apiUrl: string; identity: WecomIdentity; keys: CallbackKeys; adminIds: readonly string[] };
  publicUrl: string;
  now: () => Date;
};

/** How the doctor gets at what must be opened. */
export type DoctorDoors = Pick<DoctorParts, 'book' | 'pingRedis'>;

/** Shorter texts stand in other words too. */
const SHORTEST_SECRET = 6;

/** Makes ready for examinations, each of which looks afresh. */
export function createDoctor(site: DoctorSite, doors: DoctorDoors): () => DoctorParts {
  const { platform, publicUrl, now } = site;
  return () => ({
    settings: settingsOf(site),
    probe: createProbe({ hear: createProbeRequest(now), publicUrl, now, ...platform }),
    now,
    readJobs: null,
    freeBytes: () => freeBytesAt(site.config.DATA_DIR),
    ...doors,
    secrets: secretsOf(site),
  });
}

function settingsOf({ config, problems, platform, publicUrl }: DoctorSite): DoctorSettings {
  return {
    problems,
    isSandbox: isSandbox(config),
    agentId: platform.identity.agentId,
    apiUrl: platform.apiUrl,
    publicUrl,
    trustedProxies: config.TRUSTED_PROXIES,
    verifyFile: config.WECOM_VERIFY_FILE ?? null,
    hasContactSecret: platform.identity.contactSecret !== platform.identity.agentSecret,
    databaseAt: config.MONGODB_URI ? hostsOf(config.MONGODB_URI) : `内嵌数据库 ${dataDirOf(config)}`,
    redisAt: config.REDIS_URL ? hostsOf(config.REDIS_URL) : null,
    hasJobs: config.JOBS === 'on',
    timeZone: config.APP_TIMEZONE,
    hostTimeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    adminIds: platform.adminIds,
    envEncoding: readEnvFile()?.encoding ?? null,
    sessionSecret: secretStateOf(config.SESSION_SECRET ?? null),
  };
}

function secretsOf({ config, platform: { identity, keys } }: DoctorSite): string[] {
  const passwords = [passwordOf(config.MONGODB_URI ?? ''), passwordOf(config.REDIS_URL ?? '')];
  const secrets = [identity.agentSecret, identity.contactSecret, keys.aesKey, config.SESSION_SECRET ?? ''];
  return [...secrets, ...passwords].filter(({ length }) => length >= SHORTEST_SECRET);
}
