import { describe, expect, it } from 'vitest';
import type { Milestone } from '../../../../server/domain/deals/contract.ts';
import type { WarningFacts } from '../../../../server/domain/warnings/facts.ts';
import {
  contractEnding,
  opportunityStuck,
  paymentOverdue,
} from '../../../../server/domain/warnings/rules-deals.ts';
import { aWatch, facts, noon, withThresholds } from '../../../support/a-watch.ts';

type Deal = WarningFacts['contracts'][number];
const aMilestone = (more: Partial<Milestone> = {}): Milestone => ({
  kind: 'delivery',
  dueOn: '2026-03-10',
  amountFen: 1000,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
  ...more,
});
const aContract = (more: Partial<Deal> = {}): Deal => ({
  _id: 'HT-1',
  accountId: 'a1',
  name: '年度供货',
  kind: 'sale',
  amountFen: 1000,
  costFen: 0,
  signedOn: '2025-06-01',
  endsOn: null,
  milestones: [],
  ...more,
});
const owed = (...milestones: Milestone[]) => facts({}, { contracts: [aContract({ milestones })] });

describe('payment overdue', () => {
  it.each([
    ['due today', { dueOn: '2026-03-11' }, 0],
    ['due yesterday', { dueOn: '2026-03-10' }, 1],
    ['paid whole', { paidFen: 1000 }, 0],
    ['paid in part', { paidFen: 999 }, 1],
    ['written off', { isWrittenOff: true }, 0],
  ] as const)('%s: %j gives %d warnings', (_, more, count) => {
    expect(paymentOverdue(owed(aMilestone(more)), aWatch())).toHaveLength(count);
  });

  it('is one warning a contract, with the sum that is owed and the oldest date', () => {
    const late = [
      aMilestone({ dueOn: '2026-03-01', paidFen: 400 }),
      aMilestone({ dueOn: '2026-02-09', kind: 'down_payment' }),
    ];
    expect(paymentOverdue(owed(...late), aWatch())).toMatchObject([
      {
        subject: 'HT-1',
        text: '合同“年度供货”有 2 笔回款逾期，最久 30 天',
        inputs: { milestone: 'down_payment', dueOn: '2026-02-09', overdueDays: 30, openFen: 1600 },
        boundary: { name: 'overdueDays', value: 1 },
      },
    ]);
  });

  it.each([
    ['2026-03-02', 0],
    ['2026-03-01', 1],
  ])('from 10 days on by the settings: due on %s gives %d', (dueOn, count) => {
    expect(
      paymentOverdue(owed(aMilestone({ dueOn })), withThresholds({ paymentOverdueDays: 10 })),
    ).toHaveLength(count);
  });
});

const next = (more: Partial<Deal>) =>
  aContract({ _id: 'HT-2', signedOn: '2026-03-01', endsOn: '2027-05-01', ...more });
const ending = (endsOn: string | null, ...others: Deal[]) =>
  contractEnding(facts({}, { contracts: [aContract({ endsOn }), ...others] }), aWatch());

describe('contract ends in 90 days without renewal record', () => {
  it.each([
    ['2026-06-09', 1], // in 90 days
    ['2026-06-10', 0],
    ['2026-03-11', 1],
    [null, 0],
  ])('ends on %s: %d warnings', (endsOn, count) => {
    expect(ending(endsOn)).toHaveLength(count);
  });

  it.each([
    ['2026-03-11', true],
    ['2026-03-10', false],
  ])('ended on %s is news: %s', (endsOn, isFresh) => {
    expect(ending(endsOn)).toMatchObject([{ isFresh, inputs: { endsOn } }]);
  });

  it('is renewed by a contract signed later that runs longer', () => {
    expect(ending('2026-05-01', next({}))).toEqual([]);
    expect(ending('2026-05-01', next({ endsOn: null }))).toEqual([]);
    expect(ending('2026-05-01', next({ endsOn: '2026-05-01' }))).toHaveLength(2); // no longer than this one
    expect(ending('2026-05-01', next({ signedOn: '2025-06-01' }))).toHaveLength(1); // signed beside it
  });
});

const stuck = (enteredOn: string, typicalDays: number | null, stage: 'interest' | 'won' = 'interest') =>
  opportunityStuck(
    facts(
      {},
      {
        opportunities: [{ _id: 'O-1', name: '二期', stage, stageHistory: [{ stage, at: noon(enteredOn) }] }],
      },
    ),
    aWatch({ typicalStays: new Map(typicalDays === null ? [] : [[stage, typicalDays]]) }),
  );

describe('opportunity stuck = in a stage longer than the p75 of that stage', () => {
  it.each([
    ['2026-03-01', 10, 0],
    ['2026-02-28', 10, 1],
    ['2025-02-28', null, 0],
  ])('in its stage since %s, where p75 is %s days: %d warnings', (enteredOn, typicalDays, count) => {
    expect(stuck(enteredOn, typicalDays)).toHaveLength(count);
  });

  it('tells how long, and what is usual; what is decided is not stuck', () => {
    expect(stuck('2026-02-28', 10)).toMatchObject([
      { subject: 'O-1', inputs: { stageDays: 11 }, boundary: { name: 'stageDays', value: 10 } },
    ]);
    expect(stuck('2020-01-01', 10, 'won')).toEqual([]);
  });
});
