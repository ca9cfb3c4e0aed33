import type { Context } from '../../context.ts';
import { companyKey } from '../../domain/account.ts';
import { calendarDay, startOfDay } from '../../domain/calendar.ts';
import { readOrder, type OrderRow, type ReadOrder } from '../../domain/order-row.ts';
import type { Order } from '../../domain/order.ts';
import type { KeptOrder } from '../../store/orders.ts';

type Needs = Pick<Context, 'accounts' | 'orders' | 'site' | 'now'>;

/** A row of a file, counted as people count: the header is line 1. */
export type NumberedRow = { line: number; values: OrderRow };

/** What an import did; rejected rows name every reason. */
export type ImportReport = { imported: number; rejected: { line: number; id: string; reasons: string[] }[] };

const BATCH = 500;

/**
 * Keeps the orders of a file. Good rows go in, bad ones are reported; a repeated import changes nothing. A customer known
 * only by name gets an account; an unknown customer number is refused.
 */
export async function importOrders(context: Needs, rows: AsyncIterable<NumberedRow>): Promise<ImportReport> {
  const today = calendarDay(context.now(), context.site.timeZone);
  const report: ImportReport = { imported: 0, rejected: [] };
  const batch: KeptOrder[] = [];
  const lines = new Map<string, number>();
  for await (const { line, values } of rows) {
    const read = readOrder(values, today);
    const found = await placeOrder(context, read, lines);
    if (typeof found === 'string' && read.order) {
      lines.set(read.order.externalId, line);
      const { externalId, ...order } = read.order;
      batch.push({ _id: externalId, accountId: found, ...order });
    } else report.rejected.push({ line, id: values.external_id ?? '', reasons: [found].flat() });
    if (batch.length >= BATCH) await flush(context, batch, report);
  }
  await flush(context, batch, report);
  return report;
}

async function flush({ orders }: Needs, batch: KeptOrder[], report: ImportReport): Promise<void> {
  await orders.saveAll(batch);
  report.imported += batch.splice(0).length;
}

/** The account's id, or the reasons why the row is refused. */
async function placeOrder(
  context: Needs,
  read: ReadOrder,
  lines: ReadonlyMap<string, number>,
): Promise<string | string[]> {
  if (!read.order) return read.problems;
  const line = lines.get(read.order.externalId);
  if (line) return [`订单编号与第 ${line} 行重复`];
  const accountId = await accountIdFor(context, read);
  return accountId ?? [`客户编号“${read.accountExternalId}”不存在，请先导入客户或填写客户名称`];
}

/** The customer's account; null when only an unknown number is given. */
async function accountIdFor(
  { accounts, site }: Needs,
  read: ReadOrder & { order: Order },
): Promise<string | null> {
  const known = read.accountExternalId ? await accounts.findByExternalId(read.accountExternalId) : null;
  if (known) return known._id;
  if (!read.accountName) return null;
  const knownSince = startOfDay(read.order.paidOn, site.timeZone);
  const account = await accounts.findOrCreate(companyKey(read.accountName), {
    name: read.accountName,
    knownSince,
  });
  return account._id;
}
