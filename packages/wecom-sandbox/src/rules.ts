import { USUAL_XML } from './callback-xml.ts';
import type { XmlStyle } from './callback-xml.ts';
import { USUAL_SETUP } from './setup-rules.ts';
import type { SetupRules } from './setup-rules.ts';
import { USUAL_VOLUMES } from './slices/volumes.ts';
import type { VolumeRules } from './slices/volumes.ts';

/** So many calls of one API, by window; null or absent: no limit of its own. */
export type CallLimits = {
  perMinute?: number | null;
  perHour?: number | null;
  perDay?: number | null;
  perMonth?: number | null;
};

/** What the real platform limits, and what sources disagree about. Source: wecom.md §3–4. */
export type PlatformRules = VolumeRules &
  SetupRules & {
    /** Life of access tokens and tickets, seconds. */
    tokenSeconds: number;
    /**
     * One corp × one API. Above the limit of a minute the API is shut for 60 s (45009), of an hour for 60 min, of a day for the
     * rest of it (Shanghai), of a month for 30 days.
     */
    callsPerMinute: number;
    callsPerHour: number;
    callsPerDay: number | null;
    callsPerMonth: number | null;
    /** One caller's IP × one API. */
    ipCallsPerMinute: number;
    ipCallsPerHour: number;
    /** Further limits of single APIs, by the end of the path: `{ 'department/list': { perHour: 3 } }`. */
    callLimits: Readonly<Record<string, CallLimits>>;
    /** get_jsapi_ticket and ticket/get, per app; and both together, per corp. */
    ticketCallsPerHour: number;
    ticketCallsPerCorpHour: number;
    /** Refused gettoken calls; above it gettoken is shut for an hour. */
    tokenFailuresPerHour: number;
    /** Tag and remark writes in flight at once; the next one gets 45033. */
    parallelWrites: number;
    /** How long such a write occupies its place, ms. */
    writeMs: number;
    corpTags: number;
    tagsPerCustomer: number;
    /** App messages to one member; excess is dropped silently. */
    appMessagesPerMinute: number;
    appMessagesPerHour: number;
    /** The corp's accounts: an app may send 200 messages a day for each, counted by receivers (45009). */
    appAccounts: number;
    /** Mass messages that one customer accepts per period; null: as many as the month has days. */
    massPeriod: 'day' | 'week' | 'month';
    massPerPeriod: number | null;
    /** Whether a customer who deleted the member is still listed for that member (unconfirmed on the real platform). */
    listsLostRelations: boolean;
    /** Whether the admin console has a welcome message of its own; then no event carries a WelcomeCode. */
    hasConsoleWelcome: boolean;
    /** Time limit of one callback delivery, ms. */
    deliveryTimeoutMs: number;
    /** Pause before each of the three retries, ms. */
    retryDelayMs: number;
    /** Which of the forms that occur the events have. */
    xmlStyle: Readonly<XmlStyle>;
  };

/** The platform's usual behaviour. */
export const USUAL_RULES: Readonly<PlatformRules> = {
  ...USUAL_VOLUMES,
  ...USUAL_SETUP,
  tokenSeconds: 7200,
  callsPerMinute: 10_000,
  callsPerHour: 150_000,
  callsPerDay: null,
  callsPerMonth: null,
  ipCallsPerMinute: 20_000,
  ipCallsPerHour: 600_000,
  callLimits: {},
  ticketCallsPerHour: 100,
  ticketCallsPerCorpHour: 400,
  tokenFailuresPerHour: 2000,
  parallelWrites: 5,
  writeMs: 2,
  corpTags: 10_000,
  tagsPerCustomer: 3000,
  appMessagesPerMinute: 30,
  appMessagesPerHour: 1000,
  appAccounts: 1000,
  massPeriod: 'month',
  massPerPeriod: null,
  listsLostRelations: true,
  hasConsoleWelcome: false,
  deliveryTimeoutMs: 5000,
  retryDelayMs: 1000,
  xmlStyle: USUAL_XML,
};
