import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import type { AccountRow } from '../domain/accounts/account-row.ts';
import { importAccounts } from '../flows/accounts/import-accounts.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PutAccounts, type AccountRowDraft } from './contract/account-rows.ts';
import { numbered, takeIn } from './rows.ts';

/** Accounts as an ERP tells them; read by the same rules as a file. */
export const accountRowRoutes = (context: Context) =>
  new Router<Signed>().put(
    '/accounts',
    apiEndpoint(context, PutAccounts, ({ body }, { caller }) =>
      takeIn(context, caller, (mode) => importAccounts(context, numbered(body.accounts.map(rowOf)), mode)),
    ),
  );

function rowOf({ externalId, custom = {}, ...said }: AccountRowDraft): AccountRow {
  const own = Object.entries(custom).map(([key, value]) => [`custom.${key}`, String(value)]);
  return { ...said, ...(externalId ? { external_id: externalId } : {}), ...Object.fromEntries(own) };
}
