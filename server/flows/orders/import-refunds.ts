import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import {
  emptyReport,
  FROM_FILE,
  fromTo,
  outcomeOf,
  tally,
  type ImportMode,
  type ImportReport,
} from '../../domain/imports/import-report.ts';
import { matchKey, numberKey } from '../../domain/match-key.ts';
import { customerCell, type AccountName, type OrderRow } from '../../domain/deals/order-row.ts';
import { idInNumber } from '../../domain/imports/own-number.ts';
import { placementOf, type Book } from '../../domain/accounts/placement.ts';
import { isRefundRow, readRefund } from '../../domain/deals/refund-row.ts';
import {
  refundOf,
  refundProblem,
  withRefund,
  type PlannedOrder,
  type Refund,
} from '../../domain/deals/refund.ts';
import type { Numbered } from '../../domain/imports/row-cells.ts';
import { importRows } from '../imports/import-rows.ts';

type Needs = Pick<
  Context,
  'accountBook' | 'accounts' | 'announcements' | 'audit' | 'orders' | 'site' | 'now'
>;

/** `planned`: orders as a dry run of the same file would leave them, by the key of their number. */
type RefundMode = ImportMode & { planned?: Map<string, PlannedOrder> };

/** One that only a dry run knows has no account yet. */
type KnownOrder = PlannedOrder & { accountId?: string };

type Good = { refund: Refund; orderId: string; customer: AccountName };
type Line = { line: number };
type Run = { mode: RefundMode; report: ImportReport };

/** Keeps the refunds of a file of orders, once its orders are kept; beyond the order's amount they are refused. Repeatable. */
export async function importRefunds(
  context: Needs,
  rows: AsyncIterable<Numbered<OrderRow>>,
  mode: RefundMode = FROM_FILE,
): Promise<ImportReport> {
  const run: Run = { mode, report: emptyReport() };
  const today = calendarDay(context.now(), context.site.timeZone);
  return importRows<OrderRow, Good>(rows, {
    report: run.report,
    onBatch: mode.onBatch,
    idOf: numberOf,
    keys: [{ label: '退款编号', of: (row) => numberKey(numberOf(row)) }],
    isOurs: isRefundRow,
    read(row) {
      const read = readRefund(row, today);
      return 'refund' in read ? { ...read, customer: customerCell(row, []) } : read;
    },
    keep: (good) => keepBatch(context, good, run),
  });
}

const numberOf = (row: OrderRow) => (row.external_id ?? '').trim();

async function keepBatch(context: Needs, rows: readonly (Good & Line)[], run: Run): Promise<void> {
  const kept = await context.orders.findMany(rows.map(({ orderId }) => orderId));
  const orders = new Map<string, KnownOrder>(
    kept.map(({ refunds = [], ...order }) => [numberKey(order._id), { ...order, refunds }]),
  );
  const book = await bookOf(context, rows);
  const holders = await holdersOf(context, rows);
  for (const { line, ...row } of rows) {
    const order = orderOf(numberKey(row.orderId), orders, run.mode);
    const holder = holders.get(numberKey(row.refund.externalId));
    const isElsewhere = holder !== undefined && holder !== order?._id;
    const problem = isElsewhere
      ? `退款编号已用于订单 ${holder}`
      : await keepOwn(context, { ...row, line, book }, { ...run, order });
    if (problem) run.report.rejected.push({ line, id: row.refund.externalId, reasons: [problem] });
  }
}

/** The order as it is kept, or as the rows before this one would leave it. */
function orderOf(
  key: string,
  orders: ReadonlyMap<string, KnownOrder>,
  { planned }: RefundMode,
): KnownOrder | undefined {
  const [kept, left] = [orders.get(key), planned?.get(key)];
  return left ? { ...kept, ...left } : kept;
}

/** The customers that the rows name. */
function bookOf({ accountBook }: Needs, rows: readonly Good[]): Promise<Book> {
  const numbers = rows.flatMap(({ customer }) => customer.accountExternalId || []);
  const keys = rows.flatMap(({ customer }) => (customer.accountName ? matchKey(customer.accountName) : []));
  return accountBook.find({ numbers, keys, ids: numbers.flatMap((number) => idInNumber(number) || []) });
}

type Ordered = Run & { order: KnownOrder | undefined };

/** Whether the customer that a row names has the order; `unknown`: nobody is called so. */
function ownership(customer: AccountName, ownerId: string, book: Book): 'own' | 'unknown' | 'other' {
  const isSilent = !customer.accountExternalId && !customer.accountName;
  if (!ownerId || isSilent) return 'own';
  const placement = placementOf(customer, book);
  if ('create' in placement) return 'unknown';
  return 'accountId' in placement && placement.accountId === ownerId ? 'own' : 'other';
}

/** Keeps a refund unless its row names another customer than the order has; a name that nobody has is noted. */
async function keepOwn(
  context: Needs,
  { line, book, ...row }: Good & Line & { book: Book },
  run: Ordered,
): Promise<string | null> {
  const ownerId = run.order?.accountId ?? '';
  const whose = ownership(row.customer, ownerId, book);
  if (whose === 'own') return keepRefund(context, row, run);
  const doubt = doubtOf(row.customer, (await context.accounts.find(ownerId))?.name ?? ownerId);
  if (whose === 'other') return `${doubt}，请核对`;
  const problem = await keepRefund(context, row, run);
  const note = { line, id: row.refund.externalId, reasons: [`${doubt}，已记到原订单`] };
  if (!problem) run.report.notes.push(note);
  return problem;
}

const doubtOf = ({ accountExternalId, accountName }: AccountName, owner: string) =>
  `退款写的客户是“${accountName || accountExternalId}”，原订单却属于“${owner}”`;

/** The order that holds each refund, by the key of the refund's number. */
async function holdersOf({ orders }: Needs, rows: readonly Good[]): Promise<Map<string, string>> {
  const found = await orders.ofRefunds(rows.map(({ refund }) => refund.externalId));
  return new Map(
    found.flatMap(({ _id, refunds }) => refunds.map(({ externalId }) => [numberKey(externalId), _id])),
  );
}

/** Why the refund was not kept; null when it was. */
async function keepRefund(
  context: Needs,
  { refund, orderId: named }: Good,
  { order, mode, report }: Ordered,
): Promise<string | null> {
  if (!order) return `原订单“${named}”不存在`;
  const orderId = order._id;
  const problem = refundProblem(order, refund);
  if (problem) return problem;
  const before = refundOf(order.refunds, refund) ?? null;
  const outcome = outcomeOf(before, refund);
  const refunds = withRefund(order.refunds, refund);
  if (outcome !== 'unchanged' && !mode.isDryRun) {
    if (!(await context.orders.saveRefunds(orderId, order.refunds, refunds)))
      return '该订单的退款正被别处修改，请重试';
    await note(context, { orderId, order, by: mode.by, ...fromTo(before, refund) });
    touch(mode, order);
  }
  order.refunds = refunds;
  mode.planned?.set(numberKey(orderId), order);
  tally(report, outcome);
  return null;
}

type Noted = { orderId: string; order: KnownOrder; by: string; from: unknown; to: unknown };

async function note({ announcements, audit, now }: Needs, { orderId, order, by, ...said }: Noted) {
  const at = now();
  await audit.note([{ by, at, act: 'order.refund', subject: `order:${orderId}`, ...said }]);
  const { accountId } = order;
  const about = { event: 'order.changed' as const, subjectId: orderId, contactId: null, by, at };
  if (accountId) await announcements.add([{ ...about, accountId }]);
}

function touch({ touched }: RefundMode, { accountId }: KnownOrder): void {
  if (accountId) touched?.add(accountId);
}
