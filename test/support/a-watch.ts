import { DEFAULT_CADENCE } from '../../server/domain/cadence/cadence-settings.ts';
import { DEFAULT_CALENDAR } from '../../server/domain/calendar.ts';
import type {
  Watch,
  WarningAccount,
  WarningFacts,
  WarningRelation,
} from '../../server/domain/warnings/facts.ts';
import { DEFAULT_WARNINGS, type WarningThresholds } from '../../server/domain/warnings/settings.ts';

/** Wednesday, 11 March 2026, at ten in Shanghai. */
export const NOW = new Date('2026-03-11T02:00:00Z');

/** Noon in Shanghai. */
export const noon = (day: string) => new Date(`${day}T04:00:00Z`);

/** A watch by the defaults. */
export const aWatch = (more: Partial<Watch> = {}): Watch => ({
  now: NOW,
  today: '2026-03-11',
  timeZone: 'Asia/Shanghai',
  cadence: DEFAULT_CADENCE,
  calendar: DEFAULT_CALENDAR,
  goLive: { day: '' },
  staleDays: 90,
  settings: DEFAULT_WARNINGS,
  typicalStays: new Map(),
  ...more,
});

/** The same with other thresholds. */
export const withThresholds = (thresholds: Partial<WarningThresholds>): Watch =>
  aWatch({
    settings: { ...DEFAULT_WARNINGS, thresholds: { ...DEFAULT_WARNINGS.thresholds, ...thresholds } },
  });

/** anna follows wm1 unless told otherwise. */
export const aFollowing = (more: Partial<WarningRelation> = {}): WarningRelation => ({
  staffId: 'anna',
  externalUserId: 'wm1',
  followedAt: NOW,
  lostAt: null,
  lostBy: null,
  ...more,
});

/** A tail account that nothing is wrong with. */
export function facts(
  account: Partial<WarningAccount> = {},
  more: Partial<Omit<WarningFacts, 'account'>> = {},
): WarningFacts {
  return {
    account: {
      _id: 'a1',
      ownerId: 'anna',
      knownSince: noon('2025-06-02'),
      tier: 'tail',
      stage: 'repeat',
      dueOn: '2026-04-01',
      sharePercent: null,
      ...account,
    },
    contacts: [{ _id: 'wm1', name: '王经理', kdm: {} }],
    relations: [aFollowing()],
    contracts: [],
    opportunities: [],
    answers: [],
    falls: [],
    complaints: [],
    orders: [],
    ...more,
  };
}
