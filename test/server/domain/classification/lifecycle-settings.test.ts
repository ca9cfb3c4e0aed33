import { describe, expect, it } from 'vitest';
import {
  DEFAULT_LIFECYCLE,
  lifecycleProblems,
  stageOf,
  type LifecycleFacts,
  type LifecycleSettings,
} from '../../../../server/domain/classification/lifecycle.ts';
import { LOYAL, NOTHING, today, TWO_ORDERS } from '../../../support/lifecycle-facts.ts';

const by = (limits: Partial<LifecycleSettings>, facts: Partial<LifecycleFacts>) =>
  stageOf({ ...NOTHING, ...facts }, today, { ...DEFAULT_LIFECYCLE, ...limits });

describe('the numbers of the rules can be changed', () => {
  it('and are 90 days, 12 and 6 months, NPS 9, 80 %, two orders and one referral until somebody does', () => {
    expect(DEFAULT_LIFECYCLE).toEqual({
      prospectDays: 90,
      longTermSinceMonths: 12,
      longTermActiveMonths: 6,
      advocateNps: 9,
      advocateSharePercent: 80,
      repeatOrders: 2,
      strategicReferrals: 1,
    });
    expect(lifecycleProblems(DEFAULT_LIFECYCLE)).toEqual([]);
  });

  it.each<[string, Partial<LifecycleSettings>, Partial<LifecycleFacts>, string]>([
    ['a repeat from the third order', { repeatOrders: 3 }, { ...LOYAL, paidOrders: 3 }, 'long_term'],
    ['a first purchase up to it', { repeatOrders: 3 }, { ...LOYAL, paidOrders: 2 }, 'first_purchase'],
    [
      'partnership by two referrals',
      { strategicReferrals: 2 },
      { ...LOYAL, referralsWon: 2 },
      'strategic_partner',
    ],
    ['not by one', { strategicReferrals: 2 }, { ...LOYAL, referralsWon: 1 }, 'long_term'],
    ['a prospect within 30 days', { prospectDays: 30 }, { opportunityClosesOn: '2026-08-14' }, 'prospect'],
    ['no prospect in 31', { prospectDays: 30 }, { opportunityClosesOn: '2026-08-15' }, 'suspect'],
    [
      'long-term from 24 months',
      { longTermSinceMonths: 24 },
      { ...LOYAL, firstOrderOn: '2024-07-15' },
      'long_term',
    ],
    ['not a day earlier', { longTermSinceMonths: 24 }, { ...LOYAL, firstOrderOn: '2024-07-16' }, 'repeat'],
    [
      'active for 3 months',
      { longTermActiveMonths: 3 },
      { ...LOYAL, lastOrderOn: '2026-04-15' },
      'long_term',
    ],
    ['not a day longer', { longTermActiveMonths: 3 }, { ...LOYAL, lastOrderOn: '2026-04-14' }, 'repeat'],
    ['an advocate from 10', { advocateNps: 10 }, { ...TWO_ORDERS, latestNps: 9 }, 'repeat'],
    ['even from 0, but nobody unasked', { advocateNps: 0 }, TWO_ORDERS, 'repeat'],
    ['from 0, who answered 0', { advocateNps: 0 }, { ...TWO_ORDERS, latestNps: 0 }, 'advocate'],
    ['a share of 50 %', { advocateSharePercent: 50 }, { ...TWO_ORDERS, largestSharePercent: 50 }, 'advocate'],
  ])('%s', (...[, limits, facts, expected]) => {
    expect(by(limits, facts)).toBe(expected);
  });

  it.each<[keyof LifecycleSettings, number, number]>([
    ['prospectDays', 1, 730],
    ['longTermSinceMonths', 1, 120],
    ['longTermActiveMonths', 1, 60],
    ['advocateNps', 0, 10],
    ['advocateSharePercent', 1, 100],
    ['repeatOrders', 2, 20],
    ['strategicReferrals', 1, 20],
  ])('%s from %d to %d, in whole numbers', (field, from, to) => {
    const wrong = (value: number) =>
      lifecycleProblems({ ...DEFAULT_LIFECYCLE, [field]: value }).map((problem) => problem.field);
    expect([from, to].flatMap(wrong)).toEqual([]);
    expect([from - 1, to + 1, from + 0.5].flatMap(wrong)).toEqual([field, field, field]);
  });
});
