import type { Day } from '../calendar.ts';
import { column } from '../imports/column.ts';
import { damageProblems } from '../imports/damage.ts';
import { MILESTONE_NAMES } from './contract-row.ts';
import type { Payment } from './payment.ts';
import { cellsOf, choiceCell, pastDayCell, priceCell, readOr, type Read } from '../imports/row-cells.ts';

/** The columns of an import of payments. */
export const PAYMENT_COLUMNS = {
  external_id: column('id', '收款编号', {
    also: ['收款单号', '收款单编号', '回款编号', '单据编号', '流水号'],
    near: ['收款单', '回款单', '单据号'],
  }),
  contract_external_id: column('id', '合同编号', {
    also: ['合同号', '合同编码'],
    near: ['合同编', '合同号'],
  }),
  milestone: column('text', '款项', { also: ['款项类型', '款项名称', '款项性质'] }),
  amount_yuan: column('money', '金额', {
    also: ['收款金额', '回款金额', '到账金额', '实收金额'],
    near: ['金额', '总额', '实收'],
  }),
  paid_on: column('day', '收款日期', {
    also: ['收款时间', '回款日期', '到账日期', '到账时间'],
    instead: ['单据日期'],
    near: ['日期', '时间'],
  }),
} as const;

/** One row, as texts. */
export type PaymentRow = Partial<Record<keyof typeof PAYMENT_COLUMNS, string>>;

/** Reads one row; every problem is named. `today` is the corp's day. */
export function readPayment(row: PaymentRow, today: Day): Read<{ payment: Payment; contractId: string }> {
  const problems = damageProblems(row, PAYMENT_COLUMNS);
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
