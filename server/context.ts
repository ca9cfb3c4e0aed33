import type { EnvEncoding } from './boot/env-file.ts';
import type { HeadsFile } from './boot/heads-file.ts';
import type { Metrics } from './boot/metrics.ts';
import type { Outgoing } from './infra/create-outgoing.ts';
import type { Log } from './infra/log.ts';
import type { Signer } from './infra/signer.ts';
import type { Stores } from './store/db/create-stores.ts';
import type { DatabaseProbe } from './store/db/database-probe.ts';
import type { SharedStore } from './store/db/shared.ts';
import type { Wecom } from './wecom/client/create-wecom.ts';
import type { Probe } from './wecom/client/probe.ts';

/** Facts about this installation that flows need. */
export type Site = {
  corpId: string;
  agentId: string;
  corpName: string; // as customers read it; may be empty
  publicUrl: string; // without a slash at the end
  timeZone: string;
  welcomeText: string; // empty: nobody is welcomed
  adminIds: readonly string[];
  trustedProxies: number; // in front of us; so many entries of X-Forwarded-For, from the right, are true
  metricsToken: string | null; // who shows it may read numbers
  hasMetricsPort: boolean; // numbers are read there, not here
  verifyFile: string | null; // the ownership file of the trusted domain, e.g. WW_verify_….txt
};

/** Everything a flow may hold; a flow names what it uses with `Pick<Context, …>`. */
export type Context = Stores & {
  site: Site;
  now: () => Date;
  log: Log;
  metrics: Metrics;
  signer: Signer;
  /** What one examination looks at; nothing is remembered from an earlier one. */
  doctor: () => DoctorParts;
  wecom: Wecom;
  /** Requests to servers of other people. */
  outgoing: Outgoing;
  headsFile: HeadsFile;
  shared: SharedStore;
  /** Counts who asks how often; what is counted least is forgotten first. */
  rates: Pick<SharedStore, 'count'>;
  database: DatabaseProbe;
  /** Bytes free where the embedded database lies; null: the database is elsewhere, or the system does not tell. */
  freeBytes: () => Promise<number | null>;
};

/** What the settings say, as far as the doctor may know: no secret is among it. */
export type DoctorSettings = {
  problems: readonly string[]; // one line per wrong or missing setting; begins with its name
  isSandbox: boolean;
  agentId: string;
  apiUrl: string;
  publicUrl: string;
  trustedProxies: number;
  verifyFile: string | null;
  hasContactSecret: boolean;
  databaseAt: string; // hosts, or the folder of the embedded database
  redisAt: string | null; // null: none
  hasJobs: boolean;
  timeZone: string;
  hostTimeZone: string;
  adminIds: readonly string[];
  envEncoding: EnvEncoding | null; // null: no .env
  sessionSecret: 'set' | 'weak' | 'kept'; // `kept`: made by us, in DATA_DIR
};

/** How a job stands; `rule`: what becomes of a missed run, in words; `isMissed`: that of today is to be made up for. */
export type JobStanding = { name: string; rule: string; isMissed: boolean };

/** Tells how every job stands. */
export type ReadJobs = (
  runs: Pick<Stores['runs'], 'all'>,
  at: { now: Date; timeZone: string },
) => Promise<readonly JobStanding[]>;

/** What the doctor reads of the book. */
export type DoctorBook = Pick<Stores, 'inbox'> & {
  database: DatabaseProbe;
  runs: Pick<Stores['runs'], 'find' | 'all'>;
  staff: Pick<Stores['staff'], 'all'>;
  syncs: Pick<Stores['syncs'], 'latest'>;
  notices: Pick<Stores['notices'], 'open'>;
};

/** Everything one examination looks at. What must be opened is opened when a check asks for it. */
export type DoctorParts = {
  settings: DoctorSettings;
  probe: Probe;
  now: () => Date;
  /** @throws when the database cannot be reached */
  book: () => Promise<DoctorBook>;
  /** Null where nobody says which jobs there are. */
  readJobs: ReadJobs | null;
  /** Room on the disk of DATA_DIR; null where it cannot be told. */
  freeBytes: () => Promise<number | null>;
  /** @throws when Redis does not answer */
  pingRedis: () => Promise<void>;
  /** Texts that must never be shown. */
  secrets: readonly string[];
};
