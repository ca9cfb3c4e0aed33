import { z } from 'zod';
import { ADMINS, NOTHING, orKey } from './access.ts';
import { cell as text, rowsOf, rowsRoute, yuan } from './rows.ts';

/** One order, as in a file of orders; days are YYYY-MM-DD. */
const order = z.strictObject({
  externalId: text,
  accountExternalId: text.optional(),
  account: text.optional(),
  product: text.optional(),
  amountYuan: yuan,
  costYuan: yuan.optional(),
  paidOn: text,
  kind: text.optional(),
});

/** `POST /api/v1/orders`: up to 500 orders, repeatable by their numbers; good ones are kept, bad ones told with every reason. */
export const PostOrders = rowsRoute('orders:write', z.object({ orders: rowsOf(order) }));

/** `POST /api/v1/orders/:externalId/refunds`: repeatable by the refund's own number; never beyond the order. */
export const PostRefund = {
  access: orKey(ADMINS, 'orders:write'),
  load: NOTHING,
  params: z.object({ externalId: z.string().min(1).max(500) }),
  query: z.object({}),
  body: z.strictObject({ externalId: text, amountYuan: yuan, refundedOn: text }),
  answer: z.object({ outcome: z.enum(['created', 'changed', 'unchanged']) }),
};
