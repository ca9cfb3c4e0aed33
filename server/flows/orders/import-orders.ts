import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { FROM_FILE, type ImportMode, type ImportReport } from '../../domain/imports/import-report.ts';
import { numberKey } from '../../domain/match-key.ts';
import { yuanText } from '../../domain/money.ts';
import { readOrder, type OrderRow } from '../../domain/deals/order-row.ts';
import type { Order } from '../../domain/deals/order.ts';
import { isRefundRow } from '../../domain/deals/refund-row.ts';
import type { PlannedOrder } from '../../domain/deals/refund.ts';
import type { Numbered, Read } from '../../domain/imports/row-cells.ts';
import type { SaidDeal } from '../imports/deal-customers.ts';
import { importDeals } from '../imports/import-deals.ts';
import type { RefundedOrder } from '../../store/orders.ts';

type Needs = Pick<
  Context,
  'accountBook' | 'accounts' | 'announcements' | 'audit' | 'orders' | 'site' | 'now'
>;

/** `planned` collects the orders of a dry run, by the key of their number, for the refunds of the same file. */
type OrderMode = ImportMode & { planned?: Map<string, PlannedOrder> };

type Fields = Omit<Order, 'externalId'>;

/** Keeps the orders of a file, see `importDeals`; rows of refunds are left to `importRefunds`. */
export function importOrders(
  context: Needs,
  rows: AsyncIterable<Numbered<OrderRow>>,
  mode: OrderMode = FROM_FILE,
): Promise<ImportReport> {
  const { orders, now, site } = context;
  const today = calendarDay(now(), site.timeZone);
  return importDeals<OrderRow, Fields, Fields, RefundedOrder>(context, rows, {
    mode,
    kind: {
      noun: 'order',
      name: '订单',
      isOurs: (row) => !isRefundRow(row),
      read: (row) => saidOf(row, today),
      find: (ids) => orders.findMany(ids),
      decide(fields, { id, before }) {
        const problem = problemOf(before, fields);
        if (problem) return { problem };
        mode.planned?.set(numberKey(id), {
          _id: before?._id ?? id,
          ...fields,
          refunds: before?.refunds ?? [],
        });
        return { fields };
      },
      async save(deals) {
        await orders.saveAll(deals.map(({ deal }) => deal));
        return [];
      },
    },
  });
}

function saidOf(row: OrderRow, today: Day): Read<SaidDeal<Fields>> {
  const read = readOrder(row, today);
  if (!('order' in read)) return read;
  const { externalId, ...said } = read.order;
  return { id: externalId, said, customer: read.customer, knownOn: said.paidOn, problems: [] };
}

/** An order cannot become smaller than what was paid back of it. */
function problemOf(before: RefundedOrder | null, { amountFen }: Fields): string | null {
  const refundedFen = before?.refundedFen ?? 0;
  return amountFen < refundedFen ? `该订单已退款 ${yuanText(refundedFen)}，金额不能低于它` : null;
}
