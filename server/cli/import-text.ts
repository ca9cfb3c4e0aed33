import type { ImportReport, RowNote } from '../domain/imports/import-report.ts';
import { mapHint } from '../domain/imports/header.ts';
import type { Columns } from '../domain/imports/column.ts';
import type { Table } from '../tables/read-table.ts';
import type { Some } from '../tables/table-facts.ts';
import type { Found, ImportTally } from './import-tally.ts';

/** So many rows are listed; the rest stands in the file of rejected rows. */
const LISTED = 50;
const KINDS_LISTED = 10;

/** What is told of an import. `classified`: the outcome of the tiers' job; null when it was not run. */
export type ImportOutcome = {
  report: ImportReport;
  tally: ImportTally;
  table: Table;
  columns: Columns;
  isDryRun: boolean;
  classified: string | null;
};

/** Whether every row of the file was either taken in or refused. */
export const isWhole = ({
  report,
  tally,
  table,
}: Pick<ImportOutcome, 'report' | 'tally' | 'table'>): boolean =>
  report.imported + tally.rejected.count === table.facts.rows;

/** The report for people: counts, columns, the file as a whole, then rows. */
export function importText(told: ImportOutcome): string {
  const { report, tally, table, isDryRun, classified } = told;
  const { created, changed, unchanged, imported } = report;
  const verb = isDryRun ? '试运行（未写入）：可导入' : '导入';
  const counts = `新增 ${created}，变更 ${changed}，未变 ${unchanged}`;
  return [
    `${verb} ${imported} 行（${counts}），拒绝 ${tally.rejected.count} 行，文件共 ${table.facts.rows} 行`,
    ...(isWhole(told) ? [] : ['核对失败：导入与拒绝的行数之和不等于文件的行数，请保留该文件并反馈']),
    ...customerTexts(told),
    ...(tally.notes.count > 0 ? [`存疑 ${tally.notes.count} 行，请核对下面标“注意”的行`] : []),
    ...columnTexts(told),
    ...table.facts.told,
    ...factTexts(table),
    ...listTexts(tally.rejected, ''),
    ...(tally.rejected.count > LISTED ? kindTexts(tally) : []),
    ...listTexts(tally.notes, '注意：'),
    ...(classified === 'busy' ? ['分层正在由另一个进程计算，稍后自动生效'] : []),
    ...(classified === 'failed' ? ['已导入，但分层计算失败，将在夜间任务中重试'] : []),
  ].join('\n');
}

const NAMED = 20;

function customerTexts({ report: { newCustomers }, isDryRun }: ImportOutcome): string[] {
  if (newCustomers.length === 0) return [];
  const rest = newCustomers.length > NAMED ? ' 等' : '';
  const verb = isDryRun ? '将新建' : '新建';
  const names = newCustomers.slice(0, NAMED).join('、');
  return [`${verb}客户 ${newCustomers.length} 个（此前不认识）：${names}${rest}`];
}

function columnTexts({ table: { header }, columns }: ImportOutcome): string[] {
  const unknown = header.unknown.map(({ title, near }) => {
    const [field] = near;
    return field ? `${title}（像是“${columns[field]?.label}”，若应取它：${mapHint(title, field)}）` : title;
  });
  const taken = header.places.filter(
    ({ title, field }) => ![columns[field]?.label, field].includes(title) && title.toLowerCase() !== field,
  );
  return [
    ...(unknown.length > 0 ? [`未识别的列：${unknown.join('、')}`] : []),
    ...(taken.length > 0
      ? [
          `按相近列名读取：${taken.map(({ title, field }) => `${title} → ${columns[field]?.label}`).join('，')}`,
        ]
      : []),
  ];
}

function factTexts({ facts: { aside, short, hidden } }: Table): string[] {
  const told: [Some, string][] = [
    [aside, '不是数据（合计、表尾或重复的表头），未导入'],
    [short, '的格数少于表头，缺的按空白处理'],
    [hidden, '在表格中被隐藏或筛选掉，也一并导入；不需要的请删去后重来'],
  ];
  return told.flatMap(([{ count, lines }, what]) =>
    count > 0
      ? [`有 ${count} 行（第 ${lines.join('、')}${count > lines.length ? ' … ' : ' '}行）${what}`]
      : [],
  );
}

function listTexts({ count, rows }: Found, prefix: string): string[] {
  const listed = rows.slice(0, LISTED).map((row) => `${prefix}${noteText(row)}`);
  return count > listed.length
    ? [...listed, `${prefix}… 另有 ${count - listed.length} 行，未逐行列出`]
    : listed;
}

function kindTexts({ kinds }: ImportTally): string[] {
  const most = [...kinds].toSorted(([, a], [, b]) => b - a).slice(0, KINDS_LISTED);
  return [
    '拒绝原因统计：',
    ...most.map(([kind, count]) => `  ${count} 行：${kind}`),
    '用 --rejected <文件.csv> 可取得全部被拒绝的行',
  ];
}

const noteText = ({ line, id, reasons }: RowNote) => `第 ${line} 行 ${id}：${reasons.join('；')}`;
