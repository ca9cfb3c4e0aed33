import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import type { Context } from '../context.ts';
import type { Columns } from '../domain/imports/column.ts';
import { headerKey } from '../domain/imports/column.ts';
import { headerMapOf } from '../domain/imports/header-map.ts';
import { ENCODINGS } from '../tables/decode.ts';
import { openTable, type Table } from '../tables/read-table.ts';
import { RefusedFile } from '../tables/refused-file.ts';
import { UsageError, type Command, type Given } from './command.ts';
import { createImportTally } from './import-tally.ts';
import { importText, isWhole } from './import-text.ts';
import { IMPORT_TYPES, type ImportType } from './import-types.ts';
import { openRejectFile } from './reject-file.ts';

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
    map: {
      type: 'string',
      isList: true,
      about:
        "'含税金额=amount_yuan' takes a column as ours, '含税金额=' leaves it out; may be given several times",
    },
    encoding: {
      type: 'string',
      about: `of a CSV, where it is not found: ${[...ENCODINGS.keys()].join(', ')}`,
    },
    sheet: {
      type: 'string',
      about: 'the sheet of a workbook, where the first with known columns is the wrong one',
    },
  },
  async run(open, { words, options }) {
    const [file, ...rest] = words;
    const type = IMPORT_TYPES.get(String(options['type']));
    if (!file || rest.length > 0) throw new UsageError('请写一个文件名');
    if (!type) throw new UsageError(`--type 应为其中之一：${NAMES}`);
    const context = await open();
    const columns = await type.columns(context);
    const table = await openNamed(file, columns, options);
    try {
      return await take(context, { table, columns, type, options });
    } finally {
      table.close();
    }
  },
};

/** The file's name before what is wrong with it. */
async function openNamed(file: string, columns: Columns, options: Given['options']): Promise<Table> {
  try {
    const wish = { columns, map: mapOf(options['map'], columns), ...textOptions(options) };
    const table = await openTable(file, wish);
    const titles = new Set(table.header.titles.map((title) => headerKey(title).key));
    const absent = [...wish.map.keys()].find((key) => !titles.has(key));
    if (absent)
      throw new RefusedFile(`--map 里的列“${absent}”文件中没有，有：${table.header.titles.join('、')}`);
    return table;
  } catch (error) {
    throw error instanceof RefusedFile
      ? new RefusedFile(`${file}：${error.message}`, { cause: error })
      : error;
  }
}

const textOptions = (options: Given['options']) =>
  Object.fromEntries(
    ['encoding', 'sheet'].flatMap((name) => (options[name] ? [[name, String(options[name])]] : [])),
  );

function mapOf(map: Given['options'][string], columns: Columns) {
  try {
    return headerMapOf(typeof map === 'string' ? map : '', columns);
  } catch (error) {
    throw error instanceof RangeError ? new RefusedFile(error.message, { cause: error }) : error;
  }
}

type Taking = { table: Table; columns: Columns; type: ImportType; options: Given['options'] };

async function take(context: Context, { table, columns, type, options }: Taking) {
  const isDryRun = options['dry-run'] === true;
  const { header, holds } = table;
  const target = options['rejected'];
  const file = target ? await openRejectFile(String(target), { titles: header.titles, holds }) : null;
  const tally = createImportTally(file);
  const rows = () => tally.watch(table.rows());
  const report = await type.keep(context, { rows, isDryRun, onBatch: tally.onBatch });
  await tally.onBatch(report);
  await file?.close();
  const classified = isDryRun || report.imported === 0 ? null : await classify(context);
  const told = { report, tally, table, columns, isDryRun, classified };
  const { rejected, notes } = tally;
  return {
    ok: rejected.count === 0 && classified !== 'failed' && isWhole(told),
    data: {
      ...report,
      rows: table.facts.rows,
      rejectedRows: rejected.count,
      rejected: rejected.rows,
      notedRows: notes.count,
      notes: notes.rows,
      unknown: header.unknown.map(({ title }) => title),
      isDryRun,
      classified,
    },
    text: importText(told),
  };
}

const classify = async (context: Context) =>
  (await runJob(context, classifyAccountsJob, { byHand: true })).outcome;
