import { describe, expect, it } from 'vitest';
import {
  DEFAULT_KDM_SETTINGS,
  kdmFreshness,
  kdmSettingsProblems,
} from '../../../../server/domain/contacts/kdm.ts';

const clock = { now: new Date('2026-03-11T10:00:00+08:00'), timeZone: 'Asia/Shanghai' };
const confirmed = (at: string) => ({ title: '经理', confirmedAt: new Date(at) });

describe('freshness = days since anyone confirmed the profile; stale after 90 days', () => {
  it.each([
    ['2026-03-11T00:01:00+08:00', 0, false],
    ['2026-03-10T23:59:00+08:00', 1, false],
    ['2025-12-11T23:59:00+08:00', 90, false],
    ['2025-12-10T23:59:00+08:00', 91, true],
    ['2025-12-10T00:01:00+08:00', 91, true],
  ])('confirmed at %s is %d days ago in the days of the corp; stale after 90: %s', (at, days, isStale) => {
    expect(kdmFreshness(confirmed(at), clock)).toEqual({ confirmedDaysAgo: days, isStale });
  });

  it('is stale when something is known that nobody ever confirmed', () => {
    expect(kdmFreshness({ title: '经理' }, clock)).toEqual({ confirmedDaysAgo: null, isStale: true });
  });

  it('is not asked of a profile of which nothing is known', () => {
    expect(kdmFreshness({}, clock)).toEqual({ confirmedDaysAgo: null, isStale: false });
  });

  it.each([
    [30, true],
    [31, false],
  ])('goes by the days an administrator set: %d', (staleDays, isStale) => {
    expect(kdmFreshness(confirmed('2026-02-08T10:00:00+08:00'), clock, { staleDays }).isStale).toBe(isStale);
  });
});

describe('the settings of profiles', () => {
  it('begin with 90 days', () => {
    expect(DEFAULT_KDM_SETTINGS).toEqual({ staleDays: 90 });
  });

  it.each([
    [0, 1],
    [1, 0],
    [3650, 0],
    [3651, 1],
    [1.5, 1],
    [Number.NaN, 1],
  ])('with %d days have %d problems', (staleDays, count) => {
    expect(kdmSettingsProblems({ staleDays })).toHaveLength(count);
  });
});
