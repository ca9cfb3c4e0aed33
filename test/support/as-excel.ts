import { parse } from 'csv-parse/sync';

/** What Excel shows of a number in a cell without a format: 11 characters, more digits as 1.23457E+17. */
function general(number: number): string {
  if (Math.abs(number) >= 1e11)
    return number
      .toExponential(5)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'E+');
  const whole = String(Math.trunc(number));
  return String(Number(number.toFixed(Math.max(0, 10 - whole.length))));
}

/** Excel's ways with what looks like something else than text; the first that fits is taken. */
const TURNS: readonly (readonly [RegExp, (parts: readonly string[]) => string])[] = [
  [/^="(.*)"$/s, ([, inside = '']) => inside],
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ([, ...parts]) => parts.map(Number).join('/')],
  [/^(0?[1-9]|1[0-2])[-/]([0-2]?\d|3[01])$/, ([, month, day]) => `${Number(month)}月${Number(day)}日`],
  [/^(?:true|false)$/i, ([word = '']) => word.toUpperCase()],
  [
    /^ *[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?$/,
    ([text = '']) => general(Number(text.replaceAll(',', ''))),
  ],
];

/** What is in a cell after Excel (Chinese Windows) opened it from CSV and saved it as CSV. */
function excelCell(text: string): string {
  for (const [shape, turn] of TURNS) {
    const parts = shape.exec(text);
    if (parts) return turn(parts);
  }
  return text;
}

const quoted = (cell: string) => (/[",\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A CSV file after somebody opened it in Excel and saved it, which rewrites every cell that looks like something else than text. */
export function throughExcel(csv: string): string {
  const rows = parse(csv, { bom: true, relax_column_count: true }) as string[][];
  return rows.map((cells) => `${cells.map((cell) => quoted(excelCell(cell))).join(',')}\r\n`).join('');
}
