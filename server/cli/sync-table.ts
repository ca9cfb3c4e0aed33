import type { SyncReport } from '../flows/syncs/read-sync.ts';

const HEAD = ['成员', '跟进', '新增', '变更', '流失', '存疑'];
const MOST_ROWS = 40;
const GAP = '  ';

/** The drift report for a terminal: the sums, then a row for each member of whom something differed, most first. */
export function syncTable({ staff, counts, perStaff, warning, isFirst, named, aside }: SyncReport): string {
  const lines = [
    `成员 ${staff}，跟进关系 ${counts.rows}`,
    `${isFirst ? '首次读入' : '与本地的差异'}：新增 ${counts.added}，变更 ${counts.changed}，流失 ${counts.lost}，客户群 ${counts.groups}`,
  ];
  const ranked = perStaff.toSorted((left, right) => differences(right) - differences(left));
  const rows = ranked
    .slice(0, MOST_ROWS)
    .map(({ staffName, rows, added, changed, lost, suspicious }) => [
      staffName,
      ...[rows, added, changed, lost, suspicious].map(String),
    ]);
  if (rows.length > 0) lines.push('', ...aligned([HEAD, ...rows]));
  if (ranked.length > MOST_ROWS) lines.push(`另有 ${ranked.length - MOST_ROWS} 名成员，见 --json`);
  if (aside.length > 0) lines.push('', '已搁置，保留原有数据：', ...first(aside, (line) => `  ${line}`));
  if (named.length > 0) lines.push('', ...first(named, namedLine));
  if (warning) lines.push('', warning);
  return lines.join('\n');
}

/** A line for each of the first, and how many more there are. */
function first<Thing>(things: readonly Thing[], lineOf: (thing: Thing) => string): string[] {
  const rest = things.length - MOST_ROWS;
  const lines = things.slice(0, MOST_ROWS).map(lineOf);
  return rest > 0 ? [...lines, `另有 ${rest} 项，见 --json`] : lines;
}

const WHAT = { added: '新增', changed: '变更', lost: '流失', suspicious: '存疑' } as const;

const namedLine = ({ what, contactName, staffName }: SyncReport['named'][number]) =>
  `${WHAT[what]}  ${contactName}（${staffName}）`;

const differences = ({ added, changed, lost, suspicious }: SyncReport['perStaff'][number]) =>
  added + changed + lost + suspicious;

/** Names to the left, numbers to the right. */
function aligned(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blank = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return column === 0 ? cell + blank : blank + cell;
      })
      .join(GAP),
  );
}

/** Columns on a terminal: Chinese letters and pictures take two, marks none. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text.replaceAll(/\p{M}|\p{Cf}/gu, '')) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        letter,
      )
        ? 2
        : 1;
  }
  return width;
}
