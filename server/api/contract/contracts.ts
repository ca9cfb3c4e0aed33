import { z } from 'zod';
import { MILESTONE_KINDS } from '../../domain/deals/contract.ts';
import { cell, rowsOf, rowsRoute, yuan } from './rows.ts';

const milestone = z.enum(MILESTONE_KINDS);

/** One payment of a contract as agreed. */
const agreed = z.strictObject({ kind: milestone, amountYuan: yuan, dueOn: cell });

/** One contract, as in a file of contracts; days are YYYY-MM-DD. Without milestones those stay that are known. */
const contract = z.strictObject({
  externalId: cell,
  accountExternalId: cell.optional(),
  account: cell.optional(),
  name: cell.optional(),
  kind: cell.optional(),
  amountYuan: yuan,
  costYuan: yuan.optional(),
  signedOn: cell,
  endsOn: cell.optional(),
  milestones: z
    .array(agreed)
    .refine((all) => new Set(all.map(({ kind }) => kind)).size === all.length, '每种款项只能有一期')
    .optional(),
});

/** One payment that came in. */
const payment = z.strictObject({
  externalId: cell,
  contractExternalId: cell,
  milestone,
  amountYuan: yuan,
  paidOn: cell,
});

/** `POST /api/v1/contracts`: repeatable by their numbers; what was paid stays. */
export const PostContracts = rowsRoute('contracts:write', z.object({ contracts: rowsOf(contract) }));

/** `POST /api/v1/payments`: repeatable by their numbers; never beyond what a milestone owes. */
export const PostPayments = rowsRoute('contracts:write', z.object({ payments: rowsOf(payment) }));
