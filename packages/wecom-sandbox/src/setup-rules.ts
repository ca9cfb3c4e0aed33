/** How corp and app are set up in the admin console; deviations play a broken set-up. Source: wecom.md §2.0, §3.0, §4.2. */
export type SetupRules = {
  /** The app is switched off (50003). */
  isAppDisabled: boolean;
  /** The app is listed in 客户联系「可调用接口的应用」; else 48002, and no event of customers, groups or tags. */
  hasContactPermission: boolean;
  /** Trusted IPs 企业可信IP; `*` stands for anything. A caller from elsewhere gets 60020; null: none are asked for. */
  trustedIps: readonly string[] | null;
  /** What a wrong secret gets: 40001, or 40091 as some say. */
  wrongSecretErrcode: 40001 | 40091;
  /** What asking for a member outside of the visible range gets: 60011, or 60021 as some say. */
  unseenErrcode: 60011 | 60021;
  /** What changing a tag of the console gets: 81011, or 301002 as some say. */
  foreignTagErrcode: 81011 | 301002;
  /** Members without an interface licence: batch/get_by_user leaves them out, and gives 701008 when there are only such. */
  unlicensedUserids: readonly string[];
  /** The host's clock, seconds ahead of the true time; shows in Date headers, CreateTime and timestamps. */
  clockSkewSeconds: number;
  /** Whether the app hears of the address book (create_user, …); `ids`: without names, as new set-ups do. */
  staffEvents: 'none' | 'ids' | 'full';
  /** Whether the app hears that a member opens it. */
  reportsEnterAgent: boolean;
};

/** All is well. */
export const USUAL_SETUP: Readonly<SetupRules> = {
  isAppDisabled: false,
  hasContactPermission: true,
  trustedIps: null,
  wrongSecretErrcode: 40001,
  unseenErrcode: 60011,
  foreignTagErrcode: 81011,
  unlicensedUserids: [],
  clockSkewSeconds: 0,
  staffEvents: 'ids',
  reportsEnterAgent: true,
};
