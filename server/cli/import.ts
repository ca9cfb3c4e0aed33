import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import type { ImportReport, RowNote } from '../domain/import-report.ts';
import { UsageError, type Command } from './command.ts';
import { IMPORT_TYPES } from './import-types.ts';
import { readTable, type Columns, type TableRow } from './read-table.ts';
import { writeRejected } from './reject-file.ts';

const NAMES = [...IMPORT_TYPES.keys()].join('|');

/** `import FILE --type accounts|orders|…` */
export const importCommand: Command = {
  name: 'import',
  usage: `import <file.csv|file.xlsx> --type ${NAMES} [--dry-run] [--rejected <file.csv>]`,
  summary: 'takes good rows in and lists bad ones with every reason; tiers, stages and tags follow at once',
  options: {
    type: { type: 'string', about: NAMES },
    'dry-run': {
      type: 'boolean',
      about: 'tells what would be created, changed and rejected; writes nothing',
    },
    rejected: {
      type: 'string',
      about: 'writes rejected rows with reasons to this file, to mend and import again',
    },
  },
  async run(open, { words, options }) {
    const [file, ...rest] = words;
    const type = IMPORT_TYPES.get(String(options['type']));
    if (!file || rest.length > 0) throw new UsageError('name one file');
    if (!type) throw new UsageError(`--type takes one of: ${NAMES}`);
    const context = await open();
    const columns = await type.columns(context);
    const { unknown } = await readTable(file, columns);
    const isDryRun = options['dry-run'] === true;
    const report = await type.keep(context, { rows: () => rowsOf(file, columns), isDryRun });
    if (options['rejected']) await writeRejected(file, String(options['rejected']), report.rejected);
    const outcome = isDryRun || report.imported === 0 ? null : await classify(context);
    return {
      ok: report.rejected.length === 0 && outcome !== 'failed',
      data: { ...report, unknown, isDryRun, classified: outcome },
      text: reportText(report, { unknown, isDryRun, classified: outcome }),
    };
  },
};

const classify = async (context: Parameters<typeof runJob>[0]) =>
  (await runJob(context, classifyAccountsJob, { byHand: true })).outcome;

async function* rowsOf(file: string, columns: Columns): AsyncGenerator<TableRow> {
  yield* (await readTable(file, columns)).rows;
}

type Told = { unknown: string[]; isDryRun: boolean; classified: string | null };

function reportText(report: ImportReport, { unknown, isDryRun, classified }: Told): string {
  const { created, changed, unchanged, imported, rejected, notes, newCustomers } = report;
  const counts = `新增 ${created}，变更 ${changed}，未变 ${unchanged}`;
  const verb = isDryRun ? '试运行（未写入）：可导入' : '导入';
  const lines = [`${verb} ${imported} 行（${counts}），拒绝 ${rejected.length} 行`];
  if (newCustomers.length > 0) lines.push(newCustomersText(newCustomers, isDryRun));
  if (notes.length > 0) lines.push(`存疑 ${notes.length} 行，请核对下面标“注意”的行`);
  if (unknown.length > 0) lines.push(`未识别的列：${unknown.join('、')}`);
  lines.push(...rejected.map(noteText), ...notes.map((note) => `注意：${noteText(note)}`));
  if (classified === 'busy') lines.push('分层正在由另一个进程计算，稍后自动生效');
  if (classified === 'failed') lines.push('已导入，但分层计算失败，将在夜间任务中重试');
  return lines.join('\n');
}

const NAMED = 20;

function newCustomersText(names: readonly string[], isDryRun: boolean): string {
  const rest = names.length > NAMED ? ` 等` : '';
  const verb = isDryRun ? '将新建' : '新建';
  return `${verb}客户 ${names.length} 个（此前不认识）：${names.slice(0, NAMED).join('、')}${rest}`;
}

const noteText = ({ line, id, reasons }: RowNote) => `第 ${line} 行 ${id}：${reasons.join('；')}`;
