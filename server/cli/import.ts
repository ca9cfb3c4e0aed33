import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { ACCOUNT_COLUMNS } from '../domain/account.ts';
import { ORDER_COLUMNS } from '../domain/order-row.ts';
import type { Context } from '../context.ts';
import { importAccounts, type ImportReport } from '../flows/accounts/import-accounts.ts';
import { importOrders } from '../flows/orders/import-orders.ts';
import { UsageError, type Command } from './command.ts';
import { readTable, type Columns, type TableRow } from './read-table.ts';

type Kind = {
  columns: Columns;
  keep: (context: Context, rows: AsyncIterable<TableRow>) => Promise<ImportReport>;
};

const TYPES: ReadonlyMap<string, Kind> = new Map([
  ['accounts', { columns: ACCOUNT_COLUMNS, keep: importAccounts }],
  ['orders', { columns: ORDER_COLUMNS, keep: importOrders }],
]);
const NAMES = [...TYPES.keys()].join('|');

/** `import FILE --type accounts|orders` */
export const importCommand: Command = {
  name: 'import',
  usage: `import <file.csv|file.xlsx> --type ${NAMES}`,
  summary: 'takes good rows in and lists bad ones with every reason; tiers, stages and tags follow at once',
  options: { type: { type: 'string', about: NAMES } },
  async run(open, { words, options }) {
    const [file, ...rest] = words;
    const type = TYPES.get(String(options['type']));
    if (!file || rest.length > 0) throw new UsageError('name one file');
    if (!type) throw new UsageError(`--type takes one of: ${NAMES}`);
    const { rows, unknown } = await readTable(file, type.columns);
    const context = await open();
    const report = await type.keep(context, rows);
    const classified =
      report.imported > 0 ? await runJob(context, classifyAccountsJob, { byHand: true }) : null;
    const outcome = classified?.outcome ?? null;
    const isOk = report.rejected.length === 0 && outcome !== 'failed';
    return {
      ok: isOk,
      data: { ...report, unknown, classified: outcome },
      text: reportText(report, unknown, outcome),
    };
  },
};

function reportText(
  { imported, rejected }: ImportReport,
  unknown: string[],
  classified: string | null,
): string {
  const lines = [`导入 ${imported} 行，拒绝 ${rejected.length} 行`];
  if (unknown.length > 0) lines.push(`未识别的列：${unknown.join('、')}`);
  for (const { line, id, reasons } of rejected) lines.push(`第 ${line} 行 ${id}：${reasons.join('；')}`);
  if (classified === 'busy') lines.push('分层正在由另一个进程计算，稍后自动生效');
  if (classified === 'failed') lines.push('已导入，但分层计算失败，将在夜间任务中重试');
  return lines.join('\n');
}
