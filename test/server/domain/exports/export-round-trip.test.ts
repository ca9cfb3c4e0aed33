import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Columns } from '../../../../server/domain/imports/column.ts';
import { CONTRACT_COLUMNS, readContract } from '../../../../server/domain/deals/contract-row.ts';
import { MILESTONE_KINDS, type Contract, type Milestone } from '../../../../server/domain/deals/contract.ts';
import {
  CONTRACT_SHEET,
  OPPORTUNITY_SHEET,
  ORDER_SHEET,
  PAYMENT_SHEET,
} from '../../../../server/domain/exports/export-deals.ts';
import type { Sheet } from '../../../../server/domain/exports/export-cells.ts';
import { CONTACT_SHEET } from '../../../../server/domain/exports/export-people.ts';
import { KDM_COLUMNS, kdmAfter, readKdm } from '../../../../server/domain/contacts/kdm-row.ts';
import {
  BUDGETS,
  CLOSENESS,
  DECISION_ROLES,
  EMPTY_KDM,
  LEVELS,
  type Kdm,
} from '../../../../server/domain/contacts/kdm.ts';
import {
  OPPORTUNITY_COLUMNS,
  opportunityAfter,
  readOpportunity,
} from '../../../../server/domain/deals/opportunity-row.ts';
import { OPPORTUNITY_STAGES, PURCHASE_TYPES } from '../../../../server/domain/deals/opportunity.ts';
import { membersOf } from '../../../../server/domain/imports/owner-cell.ts';
import { ORDER_COLUMNS, readOrder } from '../../../../server/domain/deals/order-row.ts';
import { ORDER_KINDS } from '../../../../server/domain/deals/order.ts';
import { PAYMENT_COLUMNS, readPayment } from '../../../../server/domain/deals/payment-row.ts';
import { readRefund } from '../../../../server/domain/deals/refund-row.ts';

const today = '2026-03-11';
const lookup = { accountOf: () => ({ name: '甲公司', externalId: 'C-1' }), timeZone: 'Asia/Shanghai' };
const members = membersOf([{ _id: 'anna', name: '安娜', isActive: true }]);
const customer = { accountExternalId: 'C-1', accountName: '甲公司' };

/** The rows of a file as the import gets them: cells by the English name of their column. */
function rowsOf<Known extends Columns>(sheet: Sheet, columns: Known, kept: object) {
  const names = new Map(Object.entries(columns).map(([name, { label }]) => [label, name]));
  return sheet.rowsOf(kept, lookup).map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => {
        const name = names.get(sheet.header[index] ?? '');
        return name ? [[name, cell]] : [];
      }),
    ),
  ) as Partial<Record<keyof Known, string>>[];
}

const anyFen = fc.integer({ min: 1, max: 100_000_000_000_000 });
const anyCost = fc.integer({ min: 0, max: 100_000_000_000_000 });
const anyPastDay = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2026, 2, 11 - days)).toISOString().slice(0, 10));
const anyWord = fc.stringMatching(/^[A-Za-z0-9一-鿿]{1,12}$/);
const anyKind = fc.constantFrom(...ORDER_KINDS);
const about = { _id: 'D-1', accountId: 'a1' };

it('an order that is exported is imported again to the fen, and its refunds with it', () => {
  const anyOrder = fc.record({
    product: fc.oneof(fc.constant(''), anyWord),
    amountFen: anyFen,
    costFen: anyCost,
    paidOn: anyPastDay,
    kind: anyKind,
  });
  const anyRefund = fc.record({ externalId: fc.constant('R-1'), amountFen: anyFen, refundedOn: anyPastDay });
  fc.assert(
    fc.property(anyOrder, fc.array(anyRefund, { maxLength: 2 }), (order, refunds) => {
      const [first = {}, ...others] = rowsOf(ORDER_SHEET, ORDER_COLUMNS, { ...about, ...order, refunds });
      expect(readOrder(first, today)).toEqual({
        order: { externalId: 'D-1', ...order },
        customer,
        problems: [],
      });
      expect(others.map((row) => readRefund(row, today))).toEqual(
        refunds.map((refund) => ({ refund, orderId: 'D-1', problems: [] })),
      );
    }),
  );
});

const anyMilestones = fc.subarray([...MILESTONE_KINDS], { minLength: 1 }).chain((kinds) =>
  fc.tuple(
    ...kinds.map((kind) =>
      fc.record<Milestone>({
        kind: fc.constant(kind),
        dueOn: anyPastDay,
        amountFen: fc.integer({ min: 1, max: 1_000_000_000 }),
        paidFen: fc.nat(1000),
        paidOn: fc.constant(null),
        isWrittenOff: fc.boolean(),
      }),
    ),
  ),
);

it('a contract that is exported is imported again with its payments as agreed; all sums in fen agree', () => {
  fc.assert(
    fc.property(anyMilestones, anyCost, anyKind, (milestones, costFen, kind) => {
      const amountFen = milestones.reduce((sum, each) => sum + each.amountFen, 0);
      const contract: Omit<Contract, 'accountId'> = {
        name: '年度框架',
        kind,
        amountFen,
        costFen,
        signedOn: '2025-01-01',
        endsOn: '2027-01-01',
        milestones,
      };
      const [row = {}] = rowsOf(CONTRACT_SHEET, CONTRACT_COLUMNS, { ...about, ...contract });
      const { milestones: _paid, ...plain } = contract;
      const agreed = milestones.map(({ kind: of, dueOn, amountFen: fen }) => ({
        kind: of,
        dueOn,
        amountFen: fen,
      }));
      const read = readContract(row);
      expect(read).toEqual({ externalId: 'D-1', said: { ...plain, agreed }, customer, problems: [] });
    }),
  );
});

it('a payment that is exported is imported again', () => {
  const anyPayment = fc.record({
    externalId: fc.constant('P-1'),
    milestone: fc.constantFrom(...MILESTONE_KINDS),
    amountFen: anyFen,
    paidOn: anyPastDay,
  });
  fc.assert(
    fc.property(fc.array(anyPayment, { maxLength: 3 }), (payments) => {
      const rows = rowsOf(PAYMENT_SHEET, PAYMENT_COLUMNS, { ...about, milestones: [], payments });
      expect(rows.map((row) => readPayment(row, today))).toEqual(
        payments.map((payment) => ({ payment, contractId: 'D-1', problems: [] })),
      );
    }),
  );
});

it('an opportunity that is exported is imported again, product by product', () => {
  const anyLine = fc.record({ product: anyWord, amountFen: anyFen });
  const anyOpportunity = fc
    .record({
      name: anyWord,
      ownerId: fc.constantFrom('anna', null),
      stage: fc.constantFrom(...OPPORTUNITY_STAGES),
      lines: fc.array(anyLine, { maxLength: 3 }),
      purchaseType: fc.constantFrom(...PURCHASE_TYPES),
      expectedCloseOn: fc.option(anyPastDay),
    })
    .map((each) => ({ ...each, lostReason: each.stage === 'lost' ? '价格' : null }));
  fc.assert(
    fc.property(anyOpportunity, (said) => {
      const at = new Date('2026-01-05T03:00:00Z');
      const stageHistory = [{ stage: said.stage, at }];
      const kept = { ...about, ...said, stageHistory };
      const [row = {}] = rowsOf(OPPORTUNITY_SHEET, OPPORTUNITY_COLUMNS, kept);
      const read = readOpportunity(row, { members, today });
      const stageDays = [{ stage: said.stage, day: '2026-01-05' }];
      expect(read).toEqual({ externalId: 'D-1', said: { ...said, stageDays }, customer, problems: [] });
      if (!('said' in read)) throw new Error('unread');
      const now = { now: new Date('2026-03-11'), timeZone: lookup.timeZone };
      expect(opportunityAfter(read.said, kept, now)).toEqual({ ...said, stageHistory });
    }),
  );
});

it('a profile that is exported is imported again: nothing is known less, and nothing else', () => {
  const anyText = fc.option(anyWord);
  const anyKdm = fc
    .record({
      department: anyText,
      title: anyText,
      level: fc.constantFrom(...LEVELS, null),
      superiorId: fc.constantFrom('wm2', null),
      scope: anyText,
      authority: anyText,
      budget: fc.constantFrom(...BUDGETS, null),
      closeness: fc.constantFrom(...CLOSENESS, null),
      decisionRole: fc.constantFrom(...DECISION_ROLES, null),
      birthday: fc.constantFrom('1980-05-01', null),
    })
    .map((kdm): Kdm => ({
      ...EMPTY_KDM,
      ...kdm,
      budgetUpToFen: kdm.budget === 'approves_up_to' ? 5_000_001 : null,
      guideLevel: kdm.decisionRole === 'guide' ? 3 : null,
      methods: [
        { kind: 'mobile', value: '13800000000' },
        { kind: 'mobile', value: '13900000000' },
        { kind: 'email', value: 'a@b.cn' },
      ],
    }));
  const people = [{ _id: 'wm2', name: '李总', kdm: {} }];
  fc.assert(
    fc.property(anyKdm, (kdm) => {
      const kept = { _id: 'wm1', name: '王', position: '', corpName: '', accountId: 'a1', kdm };
      const [row = {}] = rowsOf(CONTACT_SHEET, KDM_COLUMNS, kept);
      const read = readKdm(row);
      if (!('said' in read)) throw new Error(read.problems.join());
      const { confirmedAt: _never, ...known } = kdm;
      expect(kdmAfter(EMPTY_KDM, read.said, people)).toEqual(known);
      expect(kdmAfter(kdm, read.said, people)).toEqual(known);
    }),
  );
});
