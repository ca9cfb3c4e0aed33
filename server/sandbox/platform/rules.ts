/** What the real platform limits, and what sources disagree about. Source: wecom.md §3–4. */
export type PlatformRules = {
  /** Life of access tokens and tickets, seconds. */
  tokenSeconds: number;
  /** One corp × one API; above it the API is shut for 60 s (45009). */
  callsPerMinute: number;
  /** get_jsapi_ticket and ticket/get, per app. */
  ticketCallsPerHour: number;
  /** Tag and remark writes in flight at once; the next one gets 45033. */
  parallelWrites: number;
  /** How long such a write occupies its place, ms. */
  writeMs: number;
  corpTags: number;
  tagsPerCustomer: number;
  /** App messages to one member; excess is dropped silently. */
  appMessagesPerMinute: number;
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
};

/** The platform's usual behaviour. */
export const USUAL_RULES: Readonly<PlatformRules> = {
  tokenSeconds: 7200,
  callsPerMinute: 10_000,
  ticketCallsPerHour: 100,
  parallelWrites: 5,
  writeMs: 2,
  corpTags: 10_000,
  tagsPerCustomer: 3000,
  appMessagesPerMinute: 30,
  massPeriod: 'month',
  massPerPeriod: null,
  listsLostRelations: true,
  hasConsoleWelcome: false,
  deliveryTimeoutMs: 5000,
  retryDelayMs: 1000,
};
