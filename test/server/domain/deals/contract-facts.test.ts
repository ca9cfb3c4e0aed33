import { describe, expect, it } from 'vitest';
import { contractFactsOf } from '../../../../server/domain/deals/contract-facts.ts';
import type { Contract, Milestone } from '../../../../server/domain/deals/contract.ts';

const today = '2026-07-15';
const aMilestone = (dueOn: string, more: Partial<Milestone> = {}): Milestone => ({
  kind: 'delivery',
  dueOn,
  amountFen: 100,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
  ...more,
});
const aContract = (given: Partial<Contract> = {}) => ({
  kind: 'sale' as const,
  signedOn: '2026-01-01',
  milestones: [],
  ...given,
});
const overdueSince = (...milestones: Milestone[]) =>
  contractFactsOf([aContract({ milestones })], today).overdueSince;

describe('partner: contract of kind agency / distribution / equity on record', () => {
  it.each([
    ['sale', false],
    ['subscription', false],
    ['agency', true],
    ['distribution', true],
    ['equity', true],
  ] as const)('%s: %s', (kind, isPartner) => {
    expect(contractFactsOf([aContract(), aContract({ kind })], today).partnerContract).toBe(isPartner);
  });

  it.each([
    ['2026-07-15', true],
    ['2026-07-16', false],
  ])('signed on %s: %s', (signedOn, isPartner) => {
    expect(contractFactsOf([aContract({ kind: 'agency', signedOn })], today).partnerContract).toBe(isPartner);
  });
});

describe('the oldest receivable that is overdue', () => {
  it.each<[string, Milestone[], string | null]>([
    ['is none without payments', [], null],
    ['is none that is due today', [aMilestone('2026-07-15')], null],
    ['is one that was due yesterday', [aMilestone('2026-07-14')], '2026-07-14'],
    ['is one that is paid in part', [aMilestone('2026-07-01', { paidFen: 99 })], '2026-07-01'],
    ['is none that is paid', [aMilestone('2026-07-01', { paidFen: 100 })], null],
    ['is none that is written off', [aMilestone('2026-07-01', { isWrittenOff: true })], null],
    ['is the oldest of all', [aMilestone('2026-07-10'), aMilestone('2026-07-02')], '2026-07-02'],
  ])('%s', (_, milestones, expected) => {
    expect(overdueSince(...milestones)).toBe(expected);
  });

  it('is looked for in every contract', () => {
    const contracts = ['2026-05-05', '2026-04-04', '2026-06-06'].map((dueOn) =>
      aContract({ milestones: [aMilestone(dueOn)] }),
    );
    expect(contractFactsOf(contracts, today).overdueSince).toBe('2026-04-04');
  });
});
