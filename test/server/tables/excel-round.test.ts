import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { column } from '../../../server/domain/imports/column.ts';
import { csvLine } from '../../../server/domain/imports/csv.ts';
import { openTable } from '../../../server/tables/read-table.ts';
import { xlsxOf } from '../../../server/tables/write-xlsx.ts';
import { throughExcel } from '../../support/as-excel.ts';

const COLUMNS = {
  external_id: column('id', '订单编号'),
  account: column('text', '客户名称'),
  amount_yuan: column('money', '金额'),
  paid_on: column('day', '付款日期'),
};
const HEADER = Object.values(COLUMNS).map(({ label }) => label);
const HOLDS = Object.values(COLUMNS).map(({ holds }) => holds);
/** What a spreadsheet would like to be something else. */
const ROWS = [
  ['00123', '甲', '100.50', '2026-03-05'],
  ['123456789012345678', '=1+1', '123456789.55', '2026-12-31'],
  ['1E5', '@SUM(A1)', '0.01', '2026-03-05'],
  ['3-5', '-2+3', '1234567890.12', '2000-02-29'],
  ['2026-03-05', '"引号", 逗号', '5', '2026-03-05'],
  ['TRUE', '13800000000', '99999999999', '2026-03-05'],
  ['+8613800000000', '两\n行', '-12.30', '2026-03-05'],
];

/** The rows of a file by our names, trimmed as every reader does; a sum and a day by their value. */
async function read(name: string, content: string | Buffer) {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-round-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, name), content);
  const table = await openTable(join(dir, name), { columns: COLUMNS, map: new Map() });
  const rows: string[][] = [];
  for await (const { values } of table.rows()) rows.push(Object.values(values).map((text) => text.trim()));
  table.close();
  return rows;
}
const byValue = (rows: readonly (readonly string[])[]) =>
  rows.map(([id, name, sum, day = '']) => [id, name, Number(sum), day.split(/[-/]/).map(Number).join('-')]);

it('gives back a CSV that Excel opened and saved, even twice: numbers with noughts, long ones, days, formulas', async () => {
  const ours = [HEADER, ...ROWS].map((cells) => csvLine(cells, HOLDS)).join('');
  expect(await read('ours.csv', ours)).toEqual(ROWS);
  const once = throughExcel(ours);
  expect(byValue(await read('once.csv', once))).toEqual(byValue(ROWS));
  expect(byValue(await read('twice.csv', throughExcel(once)))).toEqual(byValue(ROWS));
});

it('would lose them without: the stand-in for Excel damages what is not protected', () => {
  const bare = ROWS.map((cells) => cells.slice(0, 1).join()).join('\n');
  expect(throughExcel(bare).split('\r\n').slice(0, 4)).toEqual(['123', '1.23457E+17', '100000', '3月5日']);
});

async function* batches() {
  yield ROWS.slice(0, 3);
  yield ROWS.slice(3);
}

it('gives back a workbook of ours to the letter, and begins another sheet where one is full', async () => {
  const table = { name: 'orders', header: HEADER, holds: HOLDS, batches: batches() };
  expect(byValue(await read('ours.xlsx', await buffer(xlsxOf(table))))).toEqual(byValue(ROWS));
  const split = { ...table, batches: batches() };
  expect(await read('split.xlsx', await buffer(xlsxOf(split, 4)))).toHaveLength(4);
});
