import { expect, it } from 'vitest';
import {
  CLAIM_REFUSALS,
  claimProblems,
  claimRefusal,
  claimRefusalText,
  DEFAULT_CLAIMS,
  type ClaimFacts,
} from '../../../../server/domain/staff/claim.ts';

const now = new Date('2026-03-11T02:00:00Z');
const DAY_MS = 86_400_000;
const daysAgo = (days: number, moreMs = 0) => new Date(now.getTime() - days * DAY_MS - moreMs);
const free: ClaimFacts = { owned: 0, claimedToday: 0, releasedAt: null };
const refusalOf = (facts: Partial<ClaimFacts>, settings = DEFAULT_CLAIMS) =>
  claimRefusal(settings, { ...free, ...facts }, now);

it('lets a member own 500, claim 20 a day, and claim again 7 days after a release', () => {
  expect(DEFAULT_CLAIMS).toEqual({ maxAccounts: 500, perDay: 20, cooldownDays: 7 });
  expect(claimProblems(DEFAULT_CLAIMS)).toEqual([]);
  expect(refusalOf({})).toBeNull();
});

it.each([
  [{ owned: 499 }, null],
  [{ owned: 500 }, 'too_many_accounts'],
  [{ owned: 900 }, 'too_many_accounts'],
  [{ claimedToday: 19 }, null],
  [{ claimedToday: 20 }, 'too_many_claims'],
  [{ releasedAt: daysAgo(7) }, null],
  [{ releasedAt: daysAgo(7, -1) }, 'cooling_down'],
  [{ releasedAt: now }, 'cooling_down'],
] as const)('judges %o: %s', (facts, refusal) => {
  expect(refusalOf(facts)).toBe(refusal);
});

it('has no cooling down when nobody wants it', () => {
  expect(refusalOf({ releasedAt: now }, { ...DEFAULT_CLAIMS, cooldownDays: 0 })).toBeNull();
});

it('names the first limit of several, each with what to do', () => {
  expect(refusalOf({ owned: 500, claimedToday: 20, releasedAt: now })).toBe('too_many_accounts');
  expect(CLAIM_REFUSALS.map((refusal) => claimRefusalText(refusal, DEFAULT_CLAIMS))).toEqual([
    expect.stringContaining('500'),
    expect.stringContaining('20'),
    expect.stringContaining('7'),
  ]);
});

it.each([
  ['maxAccounts', 0],
  ['maxAccounts', 1.5],
  ['maxAccounts', 100_001],
  ['perDay', 0],
  ['perDay', 1001],
  ['cooldownDays', -1],
  ['cooldownDays', 366],
  ['cooldownDays', Number.NaN],
] as const)('refuses %s of %d', (field, value) => {
  expect(claimProblems({ ...DEFAULT_CLAIMS, [field]: value })).toEqual([
    { field, message: expect.stringMatching(/须为/) },
  ]);
});

it.each([
  ['maxAccounts', 1],
  ['maxAccounts', 100_000],
  ['perDay', 1],
  ['perDay', 1000],
  ['cooldownDays', 0],
  ['cooldownDays', 365],
] as const)('takes %s of %d', (field, value) => {
  expect(claimProblems({ ...DEFAULT_CLAIMS, [field]: value })).toEqual([]);
});
