import { z } from 'zod';

const text = z.string().max(500);
/** Yuan, as a number or a text such as `1,234.50`. */
const yuan = z.union([z.string().max(40), z.number()]);

/** What became of the rows sent; `line` counts them from 1. */
const report = z.object({
  imported: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(z.object({ line: z.number().int(), id: z.string(), reasons: z.array(z.string()) })),
  notes: z.array(z.object({ line: z.number().int(), id: z.string(), reasons: z.array(z.string()) })),
});

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
export const PostOrders = {
  params: z.object({}),
  query: z.object({}),
  body: z.object({ orders: z.array(order).min(1).max(500) }),
  answer: report,
};

/** `POST /api/v1/orders/:externalId/refunds`: repeatable by the refund's own number; never beyond the order. */
export const PostRefund = {
  params: z.object({ externalId: z.string().min(1).max(500) }),
  query: z.object({}),
  body: z.strictObject({ externalId: text, amountYuan: yuan, refundedOn: text }),
  answer: z.object({ outcome: z.enum(['created', 'changed', 'unchanged']) }),
};
