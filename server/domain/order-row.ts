import type { Day } from './calendar.ts';
import type { Order, OrderKind } from './order.ts';
import {
  amountCell,
  cellsOf,
  choiceCell,
  pastDayCell,
  priceCell,
  readOr,
  type Names,
  type Read,
} from './row-cells.ts';

/** The columns of an order import; see contract.md "Import files". The last is for refunds. */
export const ORDER_COLUMNS = {
  external_id: '订单编号',
  account_external_id: '客户编号',
  account: '客户名称',
  product: '产品',
  amount_yuan: '金额',
  cost_yuan: '成本',
  paid_on: '付款日期',
  kind: '类型',
  order_external_id: '原订单编号',
} as const;

/** One row, as texts. */
export type OrderRow = Partial<Record<keyof typeof ORDER_COLUMNS, string>>;

/** How a row names its customer; the number (of the ERP, or our own as an export has it) is believed before the name. */
export type AccountName = { accountExternalId: string; accountName: string };

/** Kinds of orders and contracts as people write them. */
export const KIND_NAMES: Names<OrderKind> = [
  ['销售', 'sale'],
  ['代理', 'agency'],
  ['经销', 'distribution'],
  ['股权', 'equity'],
  ['订阅', 'subscription'],
];

/** Reads one row; every problem is named, so that one round of mending is enough. `today` is the corp's day. */
export function readOrder(row: OrderRow, today: Day): Read<{ order: Order; customer: AccountName }> {
  const problems: string[] = [];
  const text = cellsOf(row);
  const amount = { text: text('amount_yuan'), label: '金额', onMinus: '，退款请另起一行，类型写“退款”' };
  const cost = { text: text('cost_yuan') || '0', label: '成本' };
  const order: Order = {
    externalId: text('external_id'),
    product: text('product'),
    amountFen: priceCell(amount, problems),
    costFen: amountCell(cost, problems) ?? 0,
    paidOn: pastDayCell({ text: text('paid_on'), label: '付款日期', today }, problems),
    kind: choiceCell({ text: text('kind'), label: '类型', names: KIND_NAMES }, problems) ?? 'sale',
  };
  if (!order.externalId) problems.push('缺少订单编号');
  return readOr({ order, customer: customerCell(row, problems) }, problems);
}

/** How the row names its customer. */
export function customerCell(
  row: { account_external_id?: string; account?: string },
  problems: string[],
): AccountName {
  const text = cellsOf<typeof row>(row);
  const customer = {
    accountExternalId: text('account_external_id'),
    accountName: text('account'),
  };
  if (!customer.accountExternalId && !customer.accountName) problems.push('缺少客户编号或客户名称');
  return customer;
}
