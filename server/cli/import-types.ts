import { accountColumns } from '../domain/account-row.ts';
import { bothReports, FROM_FILE, type ImportReport } from '../domain/import-report.ts';
import { ORDER_COLUMNS } from '../domain/order-row.ts';
import type { Context } from '../context.ts';
import { importAccounts } from '../flows/accounts/import-accounts.ts';
import { importOrders } from '../flows/orders/import-orders.ts';
import { importRefunds } from '../flows/orders/import-refunds.ts';
import type { Columns, TableRow } from './read-table.ts';

/** One way through the rows of a file; `rows` begins again each time. */
type ImportRun = { rows: () => AsyncIterable<TableRow>; isDryRun: boolean };

/** One kind of file: its columns, and what keeps its rows.  */
type ImportType = {
  columns: (context: Context) => Promise<Columns>;
  keep: (context: Context, run: ImportRun) => Promise<ImportReport>;
};

const fixed = (columns: Columns) => async () => columns;

/** Every kind of file that `import` takes. */
export const IMPORT_TYPES: ReadonlyMap<string, ImportType> = new Map<string, ImportType>([
  [
    'accounts',
    {
      columns: async ({ settings }) => accountColumns((await settings.read()).customFields),
      keep: (context, { rows, isDryRun }) => importAccounts(context, rows(), { ...FROM_FILE, isDryRun }),
    },
  ],
  ['orders', { columns: fixed(ORDER_COLUMNS), keep: keepOrders }],
]);

/** Orders before the refunds of them, wherever in the file they stand. */
async function keepOrders(context: Context, { rows, isDryRun }: ImportRun): Promise<ImportReport> {
  const mode = { ...FROM_FILE, isDryRun, ...(isDryRun ? { planned: new Map() } : {}) };
  const orders = await importOrders(context, rows(), mode);
  return bothReports(orders, await importRefunds(context, rows(), mode));
}
