import { Router } from '@koa/router';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { ContractRow } from '../domain/deals/contract-row.ts';
import { importContracts } from '../flows/contracts/import-contracts.ts';
import { importPayments } from '../flows/payments/import-payments.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostContracts, PostPayments } from './contract/contracts.ts';
import { numbered, takeIn } from './rows.ts';

/** Contracts and payments as an ERP tells them; read by the same rules as a file. */
export const contractRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/contracts',
      apiEndpoint(context, PostContracts, ({ body }, { caller }) =>
        takeIn(context, caller, (mode) =>
          importContracts(context, numbered(body.contracts.map(rowOf)), mode),
        ),
      ),
    )
    .post(
      '/payments',
      apiEndpoint(context, PostPayments, ({ body }, { caller }) => {
        const rows = body.payments.map((payment) => ({
          external_id: payment.externalId,
          contract_external_id: payment.contractExternalId,
          milestone: payment.milestone,
          amount_yuan: String(payment.amountYuan),
          paid_on: payment.paidOn,
        }));
        return takeIn(context, caller, (mode) => importPayments(context, numbered(rows), mode));
      }),
    );

function rowOf(contract: z.infer<typeof PostContracts.body>['contracts'][number]): ContractRow {
  const agreed = (contract.milestones ?? []).flatMap(({ kind, amountYuan, dueOn }) => [
    [`${kind}_yuan`, String(amountYuan)],
    [`${kind}_due_on`, dueOn],
  ]);
  return {
    external_id: contract.externalId,
    account_external_id: contract.accountExternalId ?? '',
    account: contract.account ?? '',
    name: contract.name ?? '',
    kind: contract.kind ?? '',
    amount_yuan: String(contract.amountYuan),
    cost_yuan: String(contract.costYuan ?? ''),
    signed_on: contract.signedOn,
    ends_on: contract.endsOn ?? '',
    ...Object.fromEntries(agreed),
  };
}
