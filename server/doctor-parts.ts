import type { EnvEncoding } from './env-file.ts';
import type { InboxStore } from './store/inbox.ts';
import type { DatabaseProbe } from './store/database-probe.ts';
import type { NoticeStore } from './store/notices.ts';
import type { RunStore } from './store/runs.ts';
import type { StaffStore } from './store/staff.ts';
import type { SyncStore } from './store/syncs.ts';
import type { Probe } from './wecom/probe.ts';

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
  runs: Pick<RunStore, 'all'>,
  at: { now: Date; timeZone: string },
) => Promise<readonly JobStanding[]>;

/** What the doctor reads of the book. */
export type DoctorBook = {
  database: DatabaseProbe;
  runs: Pick<RunStore, 'find' | 'all'>;
  inbox: InboxStore;
  staff: Pick<StaffStore, 'all'>;
  syncs: Pick<SyncStore, 'latest'>;
  notices: Pick<NoticeStore, 'open'>;
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
