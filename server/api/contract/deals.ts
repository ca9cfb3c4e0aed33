import { z } from 'zod';
import { OPPORTUNITY_STAGES } from '../../domain/deals/opportunity.ts';
import { ORDER_KINDS } from '../../domain/deals/order.ts';
import { MEMBERS, accountTo } from './access.ts';

const day = z.iso.date();
const fen = z.number().int();
const id = z.string();
const kind = z.enum(ORDER_KINDS);

/** `GET /api/v1/accounts/:accountId/deals`: what an account bought and may buy, the latest first; at most 200 orders. */
export const GetDeals = {
  access: MEMBERS,
  load: accountTo('read'),
  params: z.object({ accountId: z.string().min(1).max(128) }),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    orders: z.array(
      z.object({ id, product: z.string(), kind, amountFen: fen, refundedFen: fen, paidOn: day }),
    ),
    contracts: z.array(
      z.object({
        id,
        name: z.string(),
        kind,
        amountFen: fen,
        /** What is still owed of it. */
        openFen: fen,
        signedOn: day,
        endsOn: day.nullable(),
      }),
    ),
    opportunities: z.array(
      z.object({
        id,
        name: z.string(),
        stage: z.enum(OPPORTUNITY_STAGES),
        amountFen: fen,
        expectedCloseOn: day.nullable(),
      }),
    ),
  }),
};
export type DealsView = z.infer<typeof GetDeals.answer>;
