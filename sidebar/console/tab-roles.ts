import type { Me } from '../../server/api/contract/session.ts';

export type Role = Me['role'];

const EVERYONE: readonly Role[] = ['sales', 'manager', 'admin'];
const MANAGERS: readonly Role[] = ['manager', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

/** The parts of the console in the order of their tabs, and who finds them there. */
const TABS = {
  accounts: EVERYONE,
  warnings: EVERYONE,
  absences: EVERYONE,
  handovers: MANAGERS,
  channels: MANAGERS,
  settings: ADMINS,
  connections: ADMINS,
  audit: ADMINS,
  sessions: ADMINS,
  doctor: ADMINS,
  syncs: ADMINS,
  events: ADMINS,
  notices: ADMINS,
} as const;
export type TabName = keyof typeof TABS;

/** The tabs of a role. */
export const tabsOf = (role: Role): TabName[] =>
  (Object.keys(TABS) as TabName[]).filter((name) => TABS[name].includes(role));
