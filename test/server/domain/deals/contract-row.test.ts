import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MILESTONE_KINDS, type Milestone } from '../../../../server/domain/deals/contract.ts';
import {
  milestonesAfter,
  readContract,
  type ContractRow,
} from '../../../../server/domain/deals/contract-row.ts';

const aRow = (more: ContractRow = {}): ContractRow => ({
  external_id: 'HT-1',
  account: '恒锐',
  amount_yuan: '1,000',
  signed_on: '2026-03-01',
  ...more,
});
const problemsOf = (more: ContractRow): readonly string[] => readContract(aRow(more)).problems;
const aMilestone = (more: Partial<Milestone> = {}): Milestone => ({
  kind: 'delivery',
  dueOn: '2026-04-01',
  amountFen: 100,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
  ...more,
});

it('reads a contract in fen and days, with every payment that was agreed', () => {
  const row = {
    name: '二号线',
    kind: '代理',
    cost_yuan: '600',
    ends_on: '2027-02-28',
    down_payment_yuan: '300',
    down_payment_due_on: '2026/3/9',
    warranty_yuan: '700',
    warranty_due_on: '2027-03-01',
  };
  expect(readContract(aRow(row))).toEqual({
    externalId: 'HT-1',
    said: {
      name: '二号线',
      kind: 'agency',
      amountFen: 100_000,
      costFen: 60_000,
      signedOn: '2026-03-01',
      endsOn: '2027-02-28',
      agreed: [
        { kind: 'down_payment', amountFen: 30_000, dueOn: '2026-03-09' },
        { kind: 'warranty', amountFen: 70_000, dueOn: '2027-03-01' },
      ],
    },
    customer: { accountExternalId: '', accountName: '恒锐' },
    problems: [],
  });
});

it('calls a contract without a name by its number, and lets it be for no term', () => {
  expect(readContract(aRow())).toMatchObject({
    said: { name: 'HT-1', endsOn: null, kind: 'sale', agreed: [] },
  });
});

it.each<[string, ContractRow, string[]]>([
  ['without its number', { external_id: ' ' }, ['缺少合同编号']],
  ['of nobody', { account: '' }, ['缺少客户编号或客户名称']],
  ['of less than nothing', { amount_yuan: '-1' }, ['金额不能为负数']],
  ['of nothing', { amount_yuan: '0' }, ['金额不能为 0']],
  ['too large', { amount_yuan: '1000000000001' }, ['金额“1000000000001”不是有效金额，应为元，如 12,800.50']],
  ['that ends before it is signed', { ends_on: '2026-02-28' }, ['到期日期早于签订日期']],
  ['that ends on the day it is signed', { ends_on: '2026-03-01' }, []],
  ['that is signed some day', { signed_on: '3月' }, ['签订日期“3月”应写作 2026-11-22']],
  ['with a payment on no day', { delivery_yuan: '1' }, ['缺少到货付款日期']],
  ['with a payment of no amount', { delivery_due_on: '2026-04-01' }, ['缺少到货付款']],
])('a contract %s: %j', (_name, more, problems) => {
  expect(problemsOf(more)).toEqual(problems);
});

it('keeps what was paid when payments are agreed anew', () => {
  const known = [aMilestone({ paidFen: 40, paidOn: '2026-03-10' })];
  const agreed = [{ kind: 'delivery' as const, dueOn: '2026-05-01', amountFen: 40 }];
  expect(milestonesAfter({ agreed, amountFen: 40 }, known)).toEqual({
    milestones: [aMilestone({ dueOn: '2026-05-01', amountFen: 40, paidFen: 40, paidOn: '2026-03-10' })],
  });
});

it('lets no payment become smaller than what was paid of it, nor go away', () => {
  const known = [aMilestone({ paidFen: 40 })];
  const problem = { problem: '“到货付款”已收 ¥0.40，金额不能低于它' };
  const smaller = [{ kind: 'delivery' as const, dueOn: '2026-05-01', amountFen: 39 }];
  const others = [{ kind: 'warranty' as const, dueOn: '2026-05-01', amountFen: 100 }];
  expect(milestonesAfter({ agreed: smaller, amountFen: 39 }, known)).toEqual(problem);
  expect(milestonesAfter({ agreed: others, amountFen: 100 }, known)).toEqual(problem);
});

it('leaves the known payments to a row without any, while the sum still agrees', () => {
  const known = [aMilestone()];
  expect(milestonesAfter({ agreed: [], amountFen: 100 }, known)).toEqual({ milestones: known });
  expect(milestonesAfter({ agreed: [], amountFen: 101 }, known)).toEqual({
    problem: '各期付款合计 ¥1，与合同金额 ¥1.01 不一致',
  });
  expect(milestonesAfter({ agreed: [], amountFen: 101 }, [])).toEqual({ milestones: [] });
});

const someAgreed = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...MILESTONE_KINDS),
    dueOn: fc.constant('2026-04-01'),
    amountFen: fc.integer({ min: 1, max: 1e14 }),
  }),
  { selector: ({ kind }) => kind, minLength: 1 },
);

it('always: the sums of a contract agree, or it is refused', () => {
  fc.assert(
    fc.property(someAgreed, fc.integer({ min: -2, max: 2 }), (agreed, offFen) => {
      const sumFen = agreed.reduce((sum, { amountFen }) => sum + amountFen, 0);
      const after = milestonesAfter({ agreed, amountFen: sumFen + offFen }, []);
      expect('milestones' in after).toBe(offFen === 0);
    }),
  );
});
