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
} from '../../domain/import-report.ts';
import type { OrderRow } from '../../domain/order-row.ts';
import { isRefundRow, readRefund } from '../../domain/refund-row.ts';
import { refundProblem, withRefund, type Refund, type Refundable } from '../../domain/refund.ts';
import type { Numbered } from '../../domain/row-cells.ts';
import { importRows } from '../../import-rows.ts';

type Needs = Pick<Context, 'announcements' | 'audit' | 'orders' | 'site' | 'now'>;

/** `planned`: orders that a dry run of the same file would have made. */
type RefundMode = ImportMode & { planned?: ReadonlyMap<string, Refundable> };

/** One that only a dry run knows has no account yet. */
type KnownOrder = Refundable & { accountId?: string };

type Good = { refund: Refund; orderId: string };
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
    idOf: numberOf,
    keys: [{ label: '退款编号', of: numberOf }],
    isOurs: isRefundRow,
    read: (row) => readRefund(row, today),
    keep: (good) => keepBatch(context, good, run),
  });
}

const numberOf = (row: OrderRow) => (row.external_id ?? '').trim();

async function keepBatch(context: Needs, rows: readonly (Good & Line)[], run: Run): Promise<void> {
  const kept = await context.orders.findMany(rows.map(({ orderId }) => orderId));
  const orders = new Map<string, KnownOrder>(
    kept.map(({ refunds = [], ...order }) => [order._id, { ...order, refunds }]),
  );
  const holders = await holdersOf(context, rows);
  for (const row of rows) {
    const order = orders.get(row.orderId) ?? run.mode.planned?.get(row.orderId);
    const holder = holders.get(row.refund.externalId) ?? row.orderId;
    const problem =
      holder === row.orderId
        ? await keepRefund(context, row, { ...run, order })
        : `退款编号已用于订单 ${holder}`;
    if (problem) run.report.rejected.push({ line: row.line, id: row.refund.externalId, reasons: [problem] });
  }
}

/** The order that holds each refund, by the refund's number. */
async function holdersOf({ orders }: Needs, rows: readonly Good[]): Promise<Map<string, string>> {
  const found = await orders.ofRefunds(rows.map(({ refund }) => refund.externalId));
  return new Map(found.flatMap(({ _id, refunds }) => refunds.map(({ externalId }) => [externalId, _id])));
}

/** Why the refund was not kept; null when it was. */
async function keepRefund(
  context: Needs,
  { refund, orderId }: Good,
  { order, mode, report }: Run & { order: KnownOrder | undefined },
): Promise<string | null> {
  if (!order) return `原订单“${orderId}”不存在`;
  const problem = refundProblem(order, refund);
  if (problem) return problem;
  const before = order.refunds.find(({ externalId }) => externalId === refund.externalId) ?? null;
  const outcome = outcomeOf(before, refund);
  const refunds = withRefund(order.refunds, refund);
  if (outcome !== 'unchanged' && !mode.isDryRun) {
    if (!(await context.orders.saveRefunds(orderId, order.refunds, refunds)))
      return '该订单的退款正被别处修改，请重试';
    await note(context, { orderId, order, by: mode.by, ...fromTo(before, refund) });
    touch(mode, order);
  }
  order.refunds = refunds;
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
