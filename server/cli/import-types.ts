import { accountColumns } from '../domain/accounts/account-row.ts';
import type { Columns } from '../domain/imports/column.ts';
import { CONTRACT_COLUMNS } from '../domain/deals/contract-row.ts';
import {
  bothReports,
  FROM_FILE,
  type ImportMode,
  type ImportReport,
} from '../domain/imports/import-report.ts';
import { KDM_COLUMNS } from '../domain/contacts/kdm-row.ts';
import { OPPORTUNITY_COLUMNS } from '../domain/deals/opportunity-row.ts';
import { ORDER_COLUMNS } from '../domain/deals/order-row.ts';
import { isRefundRow } from '../domain/deals/refund-row.ts';
import { wellFormed } from '../domain/well-formed.ts';
import { PAYMENT_COLUMNS } from '../domain/deals/payment-row.ts';
import type { Context } from '../context.ts';
import { importAccounts } from '../flows/accounts/import-accounts.ts';
import { importKdm } from '../flows/contacts/import-kdm.ts';
import { importContracts } from '../flows/contracts/import-contracts.ts';
import { importOpportunities } from '../flows/opportunities/import-opportunities.ts';
import { importOrders } from '../flows/orders/import-orders.ts';
import { importRefunds } from '../flows/orders/import-refunds.ts';
import { importPayments } from '../flows/payments/import-payments.ts';
import type { TableRow } from '../tables/read-table.ts';

/** One way through the rows of a file; `rows` begins again each time. */
type ImportRun = Pick<ImportMode, 'onBatch'> & { rows: () => AsyncIterable<TableRow>; isDryRun: boolean };

/** One kind of file: its columns, and what keeps its rows.  */
export type ImportType = {
  columns: (context: Context) => Promise<Columns>;
  keep: (context: Context, run: ImportRun) => Promise<ImportReport>;
};

type Keep = (context: Context, rows: AsyncIterable<TableRow>, mode: ImportMode) => Promise<ImportReport>;

/** A kind with the same columns everywhere, whose rows are gone through once. */
const plain = (columns: Columns, keep: Keep): ImportType => ({
  columns: async () => columns,
  keep: (context, { rows, ...run }) => keep(context, rows(), { ...FROM_FILE, ...run }),
});

/** Every kind of file that `import` takes. */
export const IMPORT_TYPES: ReadonlyMap<string, ImportType> = new Map<string, ImportType>([
  [
    'accounts',
    {
      ...plain({}, importAccounts),
      columns: async ({ settings }) => accountColumns((await settings.read()).customFields),
    },
  ],
  ['contacts', plain(KDM_COLUMNS, importKdm)],
  ['orders', { columns: async () => ORDER_COLUMNS, keep: keepOrders }],
  ['contracts', plain(CONTRACT_COLUMNS, importContracts)],
  ['payments', plain(PAYMENT_COLUMNS, importPayments)],
  ['opportunities', plain(OPPORTUNITY_COLUMNS, importOpportunities)],
]);

/** Passes rows on, and notes whether any is a refund: most files hold none, and need not be gone through for them. */
async function* noting(rows: AsyncIterable<TableRow>, met: { refund: boolean }): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    met.refund ||= isRefundRow({ kind: wellFormed(row.values['kind'] ?? '') });
    yield row;
  }
}

/** Orders before the refunds of them, wherever in the file they stand. */
async function keepOrders(context: Context, { rows, isDryRun, onBatch }: ImportRun): Promise<ImportReport> {
  const mode = { ...FROM_FILE, isDryRun, onBatch, ...(isDryRun ? { planned: new Map() } : {}) };
  const met = { refund: false };
  const orders = await importOrders(context, noting(rows(), met), mode);
  if (!met.refund) return orders;
  return bothReports(orders, await importRefunds(context, rows(), mode));
}
