import type { Columns } from './column.ts';
import type { Header } from './header.ts';

const isBlank = (cell: string) => !cell.trim();

/** A row that says nothing; old programs end a file with ^Z. */
export const isBlankRow = (cells: readonly string[]): boolean =>
  cells.every((cell) => /^[\s\p{Cc}]*$/u.test(cell));

const TOTAL = /^(?:本页|本月|本期|本年|全部|订单|金额)?(?:合计|总计|小计|累计|共计)(?:[:：(（].*)?$/;
const FOOTER =
  /^(?:(?:制表|制单|打印|审核|导出|统计|复核|经办)[^:：]{0,6}[:：]|共\d+(?:条|行|笔|页|单)|第\d+页)/;

/** Why a row is none of the data: sums, signatures, the header of the next page; null for data. `idAt`: the column of the row's own number. */
export function asideOf(
  cells: readonly string[],
  { titles, idAt }: { titles: readonly string[]; idAt: number | undefined },
): string | null {
  const words = cells.map((cell) => cell.replaceAll(/\s/g, ''));
  const first = words.find(Boolean) ?? '';
  const id = idAt === undefined ? first : (words[idAt] ?? '');
  if (isTotal(words, first, id)) return '合计行';
  if (FOOTER.test(first) && words.filter(Boolean).length <= titles.length / 2) return '表尾说明';
  return isHeaderAgain(words, titles) ? '重复的表头' : null;
}

const isHeaderAgain = (words: readonly string[], titles: readonly string[]): boolean =>
  titles.some(Boolean) && titles.every((title, at) => words[at] === title.replaceAll(/\s/g, ''));

const isTotal = (words: readonly string[], first: string, id: string): boolean =>
  (!id || TOTAL.test(id)) && (TOTAL.test(first) || (!id && words.some((word) => TOTAL.test(word))));

/** Thousands without quotes break one amount into two cells. */
const isSplit = (cell: string, next: string) =>
  /^[-(]?[¥￥]?\d{1,3}$/.test(cell.trim()) && /^\d{3}(?:\.\d+)?\)?$/.test(next.trim());

/** Columns in which a number of three digits is nothing odd. */
const NUMBERS = /[量价税率折额费数号编码重比分id]/i;

type Shape = { header: Header; columns: Columns; delimiter: string };

/** What is wrong with the number of cells of a row, for people; null when nothing is. */
export function widthProblem(cells: readonly string[], { header, columns, delimiter }: Shape): string | null {
  const width = header.titles.length;
  const cure = '有千分位的金额请加引号（"1,234.50"）或去掉逗号';
  const isBroken = delimiter === ',' && cells.some((cell, at) => isSplit(cell, cells[at + 1] ?? ''));
  if (cells.length > width && (isBroken || !cells.slice(width).every(isBlank))) {
    const why = delimiter === ',' ? `可能是金额的千分位逗号没有加引号，${cure}` : '请删去多余的分隔符';
    return `这一行有 ${cells.length} 格，表头只有 ${width} 列：${why}`;
  }
  const places = isBroken ? header.places : [];
  const broken = places.find(
    ({ at, field }) =>
      columns[field]?.holds === 'money' && isBrokenAt(at, cells.slice(at, at + 2), { header, columns }),
  );
  if (!broken) return null;
  return `${broken.title}“${cells[broken.at]},${cells[broken.at + 1]}”像是被千分位逗号分成了两格，${cure}；若金额确是 ${cells[broken.at]}，请写成 ${cells[broken.at]}.00`;
}

function isBrokenAt(
  at: number,
  [cell = '', next = '']: readonly string[],
  { header, columns }: Pick<Shape, 'header' | 'columns'>,
): boolean {
  if (!isSplit(cell, next)) return false;
  const place = header.places.find((each) => each.at === at + 1);
  if (!place) return !NUMBERS.test(header.titles[at + 1] ?? '');
  return ['text', 'day'].includes(columns[place.field]?.holds ?? '');
}

/** Whether a cell with line ends is a whole end of one row and a whole begin of another: a quote was opened and not closed between them. */
export function isGlued(cells: readonly string[], delimiter: string): boolean {
  const width = cells.length;
  return cells.some((cell, at) => {
    if (width < 3 || !cell.includes('\n')) return false;
    const lines = cell.split('\n');
    const cuts = [lines[0] ?? '', lines.at(-1) ?? ''].map((line) => line.split(delimiter).length - 1);
    return (cuts[0] ?? 0) >= width - 1 - at && (cuts[1] ?? 0) >= at;
  });
}
