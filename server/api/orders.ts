import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import type { ImportReport } from '../domain/imports/import-report.ts';
import { AppError } from '../errors.ts';
import { importOrders } from '../flows/orders/import-orders.ts';
import { importRefunds } from '../flows/orders/import-refunds.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostOrders, PostRefund } from './contract/orders.ts';
import { numbered, takeIn } from './rows.ts';

/** Orders and refunds as an ERP tells them; read by the same rules as a file. */
export const orderRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/orders',
      apiEndpoint(context, PostOrders, ({ body }, { caller }) => {
        const rows = body.orders.map((order) => ({
          external_id: order.externalId,
          account_external_id: order.accountExternalId ?? '',
          account: order.account ?? '',
          product: order.product ?? '',
          amount_yuan: String(order.amountYuan),
          cost_yuan: String(order.costYuan ?? ''),
          paid_on: order.paidOn,
          kind: order.kind ?? '',
        }));
        return takeIn(context, caller, (mode) => importOrders(context, numbered(rows), mode));
      }),
    )
    .post(
      '/orders/:externalId/refunds',
      apiEndpoint(context, PostRefund, async ({ params, body }, { caller }) => {
        const row = {
          external_id: body.externalId,
          order_external_id: params.externalId,
          amount_yuan: String(body.amountYuan),
          paid_on: body.refundedOn,
          kind: 'refund',
        };
        const report = await takeIn(context, caller, (mode) => importRefunds(context, numbered([row]), mode));
        return { outcome: outcomeOf(report) };
      }),
    );

function outcomeOf({ rejected, created, changed }: ImportReport): 'created' | 'changed' | 'unchanged' {
  const [refusal] = rejected;
  if (refusal) throw new AppError(409, 'refund_refused', { message: refusal.reasons.join('；') });
  if (created > 0) return 'created';
  return changed > 0 ? 'changed' : 'unchanged';
}
