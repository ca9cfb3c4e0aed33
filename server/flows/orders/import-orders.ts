import type { Context } from '../../context.ts';
import { companyKey } from '../../domain/account.ts';
import { calendarDay, startOfDay, type Day } from '../../domain/calendar.ts';
import {
  createSeen,
  emptyReport,
  FROM_FILE,
  fromTo,
  inOrder,
  outcomeOf,
  tally,
  type ImportMode,
  type ImportReport,
} from '../../domain/import-report.ts';
import { yuanText } from '../../domain/money.ts';
import { readOrder, type AccountName, type OrderRow } from '../../domain/order-row.ts';
import type { Order } from '../../domain/order.ts';
import { placementOf, type Book } from '../../domain/placement.ts';
import { isRefundRow } from '../../domain/refund-row.ts';
import type { Refundable } from '../../domain/refund.ts';
import type { Numbered } from '../../domain/row-cells.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { KeptOrder, RefundedOrder } from '../../store/orders.ts';
import { batchesOf } from '../../streams.ts';

type Needs = Pick<Context, 'accountBook' | 'accounts' | 'audit' | 'orders' | 'site' | 'now'>;

/** `planned` collects the orders of a dry run, by their number, for the refunds of the same file. */
type OrderMode = ImportMode & { planned?: Map<string, Refundable> };

type Good = { line: number; order: Order; customer: AccountName };
type Move = { line: number; before: RefundedOrder; accountId: string };
type Note = Omit<AuditEntry, 'by' | 'at'>;

/** What one import carries from batch to batch, and what the present batch will write. */
type Run = { mode: OrderMode; report: ImportReport; orders: KeptOrder[]; notes: Note[]; moves: Move[] };

const BATCH = 500;

/**
 * Keeps the orders of a file; rows of refunds are left to `importRefunds`. Good rows go in, bad ones are reported; a repeated
 * import changes nothing. A customer known only by name gets an account; an unknown customer number is refused. An order that
 * comes to another customer is noted.
 */
export async function importOrders(
  context: Needs,
  rows: AsyncIterable<Numbered<OrderRow>>,
  mode: OrderMode = FROM_FILE,
): Promise<ImportReport> {
  const run: Run = { mode, report: emptyReport(), orders: [], notes: [], moves: [] };
  const seen = createSeen('订单编号');
  const today = calendarDay(context.now(), context.site.timeZone);
  for await (const batch of batchesOf(rows, BATCH)) {
    const good = batch.flatMap((row) => readRow(row, { today, seen, report: run.report }));
    await planBatch(context, good, run);
    await noteMoves(context, run);
    await write(context, run);
  }
  return inOrder(run.report);
}

type Reading = { today: Day; seen: ReturnType<typeof createSeen>; report: ImportReport };

/** The row, or nothing: it is a refund, or its reasons are on the report. */
function readRow({ line, values }: Numbered<OrderRow>, { today, seen, report }: Reading): Good[] {
  if (isRefundRow(values)) return [];
  const id = (values.external_id ?? '').trim();
  const read = readOrder(values, today);
  const reasons = 'order' in read ? seen.refuse(id, line) : read.problems;
  if ('order' in read && reasons.length === 0) return [{ line, ...read }];
  report.rejected.push({ line, id, reasons });
  return [];
}

async function planBatch(context: Needs, rows: readonly Good[], run: Run): Promise<void> {
  if (rows.length === 0) return;
  const book = await bookFor(context, rows, run.mode);
  const kept = await context.orders.findMany(rows.map(({ order }) => order.externalId));
  const known = new Map(kept.map((order) => [order._id, order]));
  for (const row of rows) {
    const before = known.get(row.order.externalId) ?? null;
    const placement = placementOf(row.customer, book);
    const problem = 'problem' in placement ? placement.problem : problemOf(before, row.order);
    if (problem) run.report.rejected.push({ line: row.line, id: row.order.externalId, reasons: [problem] });
    else plan(row, { before, accountId: 'accountId' in placement ? placement.accountId : '' }, run);
  }
}

/** An order cannot become smaller than what was paid back of it. */
function problemOf(before: RefundedOrder | null, { amountFen }: Order): string | null {
  const refundedFen = before?.refundedFen ?? 0;
  return amountFen < refundedFen ? `该订单已退款 ${yuanText(refundedFen)}，金额不能低于它` : null;
}

function plan(
  { line, order }: Good,
  { before, accountId }: { before: RefundedOrder | null; accountId: string },
  run: Run,
): void {
  const { externalId, ...fields } = order;
  const after = { accountId, ...fields };
  const outcome = outcomeOf(before, after);
  tally(run.report, outcome);
  run.mode.planned?.set(externalId, { ...order, refunds: before?.refunds ?? [] });
  if (outcome === 'unchanged') return;
  run.orders.push({ _id: externalId, ...after });
  run.notes.push({ act: 'order.save', subject: `order:${externalId}`, ...fromTo(before, after) });
  if (before && before.accountId !== accountId) run.moves.push({ line, before, accountId });
}

/** The accounts of the rows; new names get one, unless nothing may be written. */
async function bookFor({ accountBook, site }: Needs, rows: readonly Good[], mode: OrderMode): Promise<Book> {
  const numbers = rows.flatMap(({ customer }) => customer.accountExternalId || []);
  const keys = rows.flatMap(({ customer }) => (customer.accountName ? companyKey(customer.accountName) : []));
  const book = await accountBook.find(numbers, keys);
  const fresh = new Map<string, { name: string; knownSince: Date }>();
  for (const { customer, order } of rows) {
    const placement = placementOf(customer, book);
    if (!('create' in placement) || fresh.has(placement.create)) continue;
    const knownSince = startOfDay(order.paidOn, site.timeZone);
    fresh.set(placement.create, { name: customer.accountName, knownSince });
  }
  if (fresh.size === 0 || mode.isDryRun) return book;
  const source = { kind: mode.via, detail: '' };
  await accountBook.addNamed([...fresh].map(([nameKey, fields]) => ({ nameKey, source, ...fields })));
  return accountBook.find(numbers, keys);
}

async function noteMoves({ accounts }: Needs, { moves, report }: Run): Promise<void> {
  if (moves.length === 0) return;
  const ids = moves.flatMap(({ before, accountId }) => [before.accountId, accountId]);
  const names = new Map((await accounts.findMany(ids)).map(({ _id, name }) => [_id, name]));
  for (const { line, before, accountId } of moves.splice(0)) {
    const [from, to] = [names.get(before.accountId) ?? before.accountId, names.get(accountId) ?? '新客户'];
    report.notes.push({ line, id: before._id, reasons: [`订单原属客户“${from}”，现归“${to}”`] });
  }
}

async function write({ orders, audit, now }: Needs, run: Run): Promise<void> {
  const [writes, notes] = [run.orders.splice(0), run.notes.splice(0)];
  if (run.mode.isDryRun) return;
  await orders.saveAll(writes);
  await audit.note(notes.map((note) => ({ ...note, by: run.mode.by, at: now() })));
}
