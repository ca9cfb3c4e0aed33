import type { Day } from './calendar.ts';
import { MILESTONE_NAMES } from './contract-row.ts';
import type { Payment } from './payment.ts';
import { cellsOf, choiceCell, pastDayCell, priceCell, readOr, type Read } from './row-cells.ts';

/** The columns of an import of payments. */
export const PAYMENT_COLUMNS = {
  external_id: '收款编号',
  contract_external_id: '合同编号',
  milestone: '款项',
  amount_yuan: '金额',
  paid_on: '收款日期',
} as const;

/** One row, as texts. */
export type PaymentRow = Partial<Record<keyof typeof PAYMENT_COLUMNS, string>>;

/** Reads one row; every problem is named. `today` is the corp's day. */
export function readPayment(row: PaymentRow, today: Day): Read<{ payment: Payment; contractId: string }> {
  const problems: string[] = [];
  const text = cellsOf(row);
  const named = { text: text('milestone'), label: '款项', names: MILESTONE_NAMES };
  const payment: Payment = {
    externalId: text('external_id'),
    milestone: choiceCell(named, problems) ?? 'down_payment',
    amountFen: priceCell({ text: text('amount_yuan'), label: '金额' }, problems),
    paidOn: pastDayCell({ text: text('paid_on'), label: '收款日期', today }, problems),
  };
  const contractId = text('contract_external_id');
  if (!named.text) problems.push('缺少款项');
  if (!payment.externalId) problems.push('缺少收款编号');
  if (!contractId) problems.push('缺少合同编号');
  return readOr({ payment, contractId }, problems);
}
