import type { Day } from '../calendar.ts';
import { column, CUSTOMER_NAME, CUSTOMER_NUMBER } from '../imports/column.ts';
import { damageProblems } from '../imports/damage.ts';
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
} from '../imports/row-cells.ts';

/** The columns of an order import; see contract.md "Import files". The last is for refunds. */
export const ORDER_COLUMNS = {
  external_id: column('id', '订单编号', {
    also: [
      '订单号',
      '订单编码',
      '订单ID',
      '销售订单号',
      '销售订单编号',
      '销售单号',
      '单据编号',
      '单据号',
      '单号',
    ],
    near: ['订单编', '订单号', '单据编', '单据号'],
  }),
  account_external_id: CUSTOMER_NUMBER,
  account: CUSTOMER_NAME,
  product: column('text', '产品', {
    also: ['产品名称', '商品', '商品名称', '商品全名', '物料名称', '存货名称', '货品名称', '品名'],
  }),
  amount_yuan: column('money', '金额', {
    also: ['订单金额', '销售金额', '成交金额', '总金额', '金额合计', '合计金额', '价税合计'],
    near: ['金额', '价税', '总价', '货款', '总额', '实付', '实收'],
  }),
  cost_yuan: column('money', '成本', {
    also: ['成本金额', '总成本', '成本合计', '销售成本', '订单成本'],
    near: ['成本', '进价'],
  }),
  paid_on: column('day', '付款日期', {
    also: ['付款时间', '支付日期', '支付时间', '收款日期', '到账日期', '回款日期'],
    instead: ['单据日期', '订单日期', '成交日期'],
    near: ['日期', '时间'],
  }),
  kind: column('text', '类型', {
    also: ['订单类型'],
    near: ['单据类型', '业务类型', '交易类型', '销售类型', '订单类别', '单据类别'],
  }),
  order_external_id: column('id', '原订单编号', { also: ['原订单号', '原单号', '原单据编号', '源单编号'] }),
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
  const problems = damageProblems(row, ORDER_COLUMNS);
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
