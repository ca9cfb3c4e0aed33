import { calendarDay } from '../calendar.ts';
import { CONTRACT_COLUMNS, MILESTONE_NAMES } from '../deals/contract-row.ts';
import { MILESTONE_KINDS, type Contract, type Milestone } from '../deals/contract.ts';
import { sheetOf, wordOf, yuanCell, type Lookup, type Sheet } from './export-cells.ts';
import {
  OPPORTUNITY_COLUMNS,
  OPPORTUNITY_STAGE_NAMES,
  PURCHASE_TYPE_NAMES,
} from '../deals/opportunity-row.ts';
import { OPPORTUNITY_STAGES, type Opportunity } from '../deals/opportunity.ts';
import { KIND_NAMES, ORDER_COLUMNS } from '../deals/order-row.ts';
import type { Order } from '../deals/order.ts';
import { PAYMENT_COLUMNS } from '../deals/payment-row.ts';
import type { Payment } from '../deals/payment.ts';
import { ownNumber } from '../imports/own-number.ts';
import type { Refund } from '../deals/refund.ts';

/* Deals of customers, in the very columns of their imports: what is exported can be imported. */

type Of<Deal> = Deal & { _id: string; accountId: string };
type PaidOrder = Of<Omit<Order, 'externalId'>> & { refunds?: Refund[] };
type PaidContract = Of<Contract> & { payments?: Payment[] };

/** An account without a number, such as that of one person, is found again by our own id. */
const number = (_part: unknown, { accountId }: Of<object>, { accountOf }: Lookup) =>
  accountOf(accountId).externalId || ownNumber(accountId);
const dayOf = (at: Date | null | undefined, timeZone: string) => (at ? calendarDay(at, timeZone) : null);

const name = (_part: unknown, { accountId }: Of<object>, { accountOf }: Lookup) => accountOf(accountId).name;

/** Orders, each followed by its refunds. */
export const ORDER_SHEET: Sheet = sheetOf<PaidOrder, { order?: PaidOrder; refund?: Refund }>(
  [
    [ORDER_COLUMNS.external_id, ({ refund }, { _id }) => refund?.externalId ?? _id],
    [ORDER_COLUMNS.account_external_id, number],
    [ORDER_COLUMNS.account, name],
    [ORDER_COLUMNS.product, ({ order }) => order?.product],
    [ORDER_COLUMNS.amount_yuan, ({ order, refund }) => yuanCell((refund ?? order)?.amountFen)],
    [ORDER_COLUMNS.cost_yuan, ({ order }) => yuanCell(order?.costFen)],
    [ORDER_COLUMNS.paid_on, ({ order, refund }) => refund?.refundedOn ?? order?.paidOn],
    [ORDER_COLUMNS.kind, ({ order }) => (order ? wordOf(KIND_NAMES, order.kind) : '退款')],
    [ORDER_COLUMNS.order_external_id, ({ refund }, { _id }) => (refund ? _id : '')],
  ],
  (order) => [{ order }, ...(order.refunds ?? []).map((refund) => ({ refund }))],
);

const agreed = ({ milestones }: Contract, of: (typeof MILESTONE_KINDS)[number]): Milestone | undefined =>
  milestones.find(({ kind }) => kind === of);

/** Contracts with their payments as agreed. */
export const CONTRACT_SHEET: Sheet = sheetOf<PaidContract>(
  [
    [CONTRACT_COLUMNS.external_id, ({ _id }) => _id],
    [CONTRACT_COLUMNS.account_external_id, number],
    [CONTRACT_COLUMNS.account, name],
    [CONTRACT_COLUMNS.name, (contract) => contract.name],
    [CONTRACT_COLUMNS.kind, ({ kind }) => wordOf(KIND_NAMES, kind)],
    [CONTRACT_COLUMNS.amount_yuan, ({ amountFen }) => yuanCell(amountFen)],
    [CONTRACT_COLUMNS.cost_yuan, ({ costFen }) => yuanCell(costFen)],
    [CONTRACT_COLUMNS.signed_on, ({ signedOn }) => signedOn],
    [CONTRACT_COLUMNS.ends_on, ({ endsOn }) => endsOn],
    ...MILESTONE_KINDS.flatMap((kind) => [
      [
        CONTRACT_COLUMNS[`${kind}_yuan`],
        (contract: PaidContract) => yuanCell(agreed(contract, kind)?.amountFen),
      ] as const,
      [
        CONTRACT_COLUMNS[`${kind}_due_on`],
        (contract: PaidContract) => agreed(contract, kind)?.dueOn,
      ] as const,
    ]),
    ['已收', ({ milestones }) => yuanCell(milestones.reduce((sum, { paidFen }) => sum + paidFen, 0))],
  ],
  (contract) => [contract],
);

/** What came in for contracts, payment by payment. */
export const PAYMENT_SHEET: Sheet = sheetOf<PaidContract, Payment>(
  [
    [PAYMENT_COLUMNS.external_id, ({ externalId }) => externalId],
    [PAYMENT_COLUMNS.contract_external_id, (_payment, { _id }) => _id],
    [PAYMENT_COLUMNS.milestone, ({ milestone }) => wordOf(MILESTONE_NAMES, milestone)],
    [PAYMENT_COLUMNS.amount_yuan, ({ amountFen }) => yuanCell(amountFen)],
    [PAYMENT_COLUMNS.paid_on, ({ paidOn }) => paidOn],
  ],
  ({ payments = [] }) => payments,
);

/** Opportunities, each with its products in one cell. */
export const OPPORTUNITY_SHEET: Sheet = sheetOf<Of<Opportunity>>(
  [
    [OPPORTUNITY_COLUMNS.external_id, ({ _id }) => _id],
    [OPPORTUNITY_COLUMNS.account_external_id, number],
    [OPPORTUNITY_COLUMNS.account, name],
    [OPPORTUNITY_COLUMNS.name, (opportunity) => opportunity.name],
    [OPPORTUNITY_COLUMNS.stage, ({ stage }) => wordOf(OPPORTUNITY_STAGE_NAMES, stage)],
    [OPPORTUNITY_COLUMNS.product, ({ lines }) => lines.map(({ product }) => product)],
    [OPPORTUNITY_COLUMNS.amount_yuan, ({ lines }) => lines.map(({ amountFen }) => yuanCell(amountFen))],
    [OPPORTUNITY_COLUMNS.owner, ({ ownerId }) => ownerId],
    [OPPORTUNITY_COLUMNS.purchase_type, ({ purchaseType }) => wordOf(PURCHASE_TYPE_NAMES, purchaseType)],
    [OPPORTUNITY_COLUMNS.expected_close_on, ({ expectedCloseOn }) => expectedCloseOn],
    [OPPORTUNITY_COLUMNS.lost_reason, ({ lostReason }) => lostReason],
    ...OPPORTUNITY_STAGES.map(
      (stage) =>
        [
          OPPORTUNITY_COLUMNS[`${stage}_on`],
          ({ stageHistory = [] }: Partial<Opportunity>, _kept: object, { timeZone }: Lookup) =>
            dayOf(stageHistory.findLast((entry) => entry.stage === stage)?.at, timeZone),
        ] as const,
    ),
  ],
  (opportunity) => [opportunity],
);
