import { isDay, type Day } from './calendar.ts';
import { fenOfYuan } from './money.ts';
import { ORDER_KINDS, type Order, type OrderKind } from './order.ts';

/** The columns of an order import; see contract.md "Import files". */
export const ORDER_COLUMNS = {
  external_id: '订单编号',
  account_external_id: '客户编号',
  account: '客户名称',
  product: '产品',
  amount_yuan: '金额',
  cost_yuan: '成本',
  paid_on: '付款日期',
  kind: '类型',
} as const;

/** One row, as texts. */
export type OrderRow = Partial<Record<keyof typeof ORDER_COLUMNS, string>>;

/** An order that was read, and how its customer is named; or what is wrong with the row, for people. */
export type ReadOrder =
  | { order: Order; accountExternalId: string; accountName: string; problems: [] }
  | { order: null; problems: string[] };

/** Kinds as people write them. */
const KIND_NAMES = new Map<string, OrderKind>([
  ['销售', 'sale'],
  ['代理', 'agency'],
  ['经销', 'distribution'],
  ['股权', 'equity'],
  ['订阅', 'subscription'],
]);

/** Reads one row; every problem is named, so that one round of mending is enough. `today` is the corp's day. */
export function readOrder(row: OrderRow, today: Day): ReadOrder {
  const problems: string[] = [];
  const text = (field: keyof OrderRow) => (row[field] ?? '').trim();
  const order: Order = {
    externalId: text('external_id'),
    product: text('product'),
    amountFen: readPrice(text('amount_yuan'), problems),
    costFen: text('cost_yuan') ? (readAmount(text('cost_yuan'), '成本', problems) ?? 0) : 0,
    paidOn: readPaidOn(text('paid_on'), today, problems),
    kind: readKind(text('kind'), problems),
  };
  if (!order.externalId) problems.push('缺少订单编号');
  const [accountExternalId, accountName] = [text('account_external_id'), text('account')];
  if (!accountExternalId && !accountName) problems.push('缺少客户编号或客户名称');
  return problems.length > 0
    ? { order: null, problems }
    : { order, accountExternalId, accountName, problems: [] };
}

/** What the customer paid in fen; 0 when a problem was found. */
function readPrice(text: string, problems: string[]): number {
  const fen = readAmount(text, '金额', problems);
  if (fen === 0) problems.push('金额不能为 0');
  return fen ?? 0;
}

/** The amount in fen; null when a problem was found. */
function readAmount(text: string, label: string, problems: string[]): number | null {
  try {
    const fen = fenOfYuan(text);
    if (fen >= 0) return fen;
    problems.push(`${label}不能为负数，退款请冲减原订单`);
  } catch {
    problems.push(text ? `${label}“${text}”不是有效金额，应为元，如 12,800.50` : `缺少${label}`);
  }
  return null;
}

/** The day, also from `2026/3/9`; empty when a problem was found. */
function readPaidOn(text: string, today: Day, problems: string[]): Day {
  const day = text.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1');
  if (!isDay(day)) problems.push(text ? `付款日期“${text}”应写作 2026-11-22` : '缺少付款日期');
  else if (day > today) problems.push(`付款日期 ${day} 在今天之后`);
  else return day;
  return '';
}

function readKind(text: string, problems: string[]): OrderKind {
  const kind = KIND_NAMES.get(text) ?? ORDER_KINDS.find((name) => name === text.toLowerCase());
  if (text && !kind) problems.push(`类型“${text}”应为 ${[...KIND_NAMES.keys()].join('、')}`);
  return kind ?? 'sale';
}
