import { expect, it } from 'vitest';
import { ORDER_COLUMNS, readOrder } from '../../../server/domain/deals/order-row.ts';
import { headerMapOf } from '../../../server/domain/imports/header-map.ts';
import { openTable } from '../../../server/tables/read-table.ts';

const DIR = 'test/fixtures/tables';
const TODAY = '2026-03-31';

/** The rows of a fixture as orders, or as what is wrong with them, and what is told of the file. */
async function read(name: string, map = '', more: { encoding?: string } = {}) {
  const wish = { columns: ORDER_COLUMNS, map: headerMapOf(map, ORDER_COLUMNS), ...more };
  const table = await openTable(`${DIR}/${name}`, wish);
  const rows: { line: number; said: unknown }[] = [];
  for await (const { line, values, problems = [] } of table.rows()) {
    const order = readOrder(values, TODAY);
    const said = 'order' in order ? { ...order.order, of: order.customer.accountName } : order.problems;
    rows.push({ line, said: problems.length > 0 ? problems : said });
  }
  expect(rows).toHaveLength(table.facts.rows);
  return { rows, facts: table.facts, header: table.header };
}

const TWO = [
  { externalId: 'SO-1', of: '恒锐', amountFen: 1_280_000, paidOn: '2026-03-09' },
  { externalId: 'SO-2', of: '鼎盛', amountFen: 120_050, paidOn: '2026-03-10' },
];

it.each([
  'excel-gbk.csv',
  'excel-unicode.txt',
  'utf16be.csv',
  'utf16le-no-mark.csv',
  'mixed-ends.csv',
  'old-mac.csv',
  'double-carriage.csv',
  'semicolons.csv',
  'sep-line.csv',
  'yonyou-u8.csv',
  'kingdee-two-rows.csv',
  'guanjiapo.csv',
  'fxiaoke.csv',
  'short-rows.csv',
])('%s gives its two orders, whatever its bytes, titles and words for columns', async (name) => {
  const { rows } = await read(name);
  expect(rows.map(({ said }) => said)).toEqual(TWO.map((order) => expect.objectContaining(order)));
});

it.each([
  ['yonyou-u8.csv', { aside: { count: 1, lines: [6] } }],
  ['guanjiapo.csv', { aside: { count: 2, lines: [5, 6] } }],
  ['short-rows.csv', { short: { count: 2, lines: [2, 3] } }],
  ['excel-gbk.csv', { told: ['文件编码：GBK（GB18030）'] }],
])('of %s is told %j', async (name, facts) => {
  expect((await read(name)).facts).toMatchObject({ rows: 2, ...facts });
});

it('refuses a row whose thousands stand without quotes, wherever its cells end', async () => {
  const last = (await read('thousands-last.csv')).rows.map(({ said }) => said);
  expect(last).toEqual([
    [expect.stringContaining('这一行有 5 格，表头只有 4 列：可能是金额的千分位逗号没有加引号')],
    [expect.stringContaining('这一行有 6 格')],
    expect.objectContaining({ amountFen: 123_450 }),
  ]);
  const blank = (await read('thousands-before-blank.csv')).rows.map(({ said }) => said);
  expect(blank).toEqual([
    [expect.stringContaining('金额“1,234.50”像是被千分位逗号分成了两格')],
    [expect.stringContaining('这一行有 6 格')],
    expect.objectContaining({ amountFen: 500 }),
  ]);
});

it('refuses numbers that a spreadsheet has damaged, with the cure', async () => {
  const damaged = (await read('damaged-ids.csv')).rows.map(({ said }) => said);
  expect(damaged).toEqual([
    [expect.stringMatching(/订单编号“1\.23457E\+17”.*科学计数法.*设为“文本”/)],
    [expect.stringMatching(/订单编号“3月5日”.*日期/)],
    expect.objectContaining({ externalId: 'SO-3' }),
  ]);
  const rounded = (await read('rounded-ids.csv')).rows.map(({ said }) => said);
  expect(rounded.map(String)).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('第 15 位以后全是 0')),
  );
});

it('refuses every line that a lone quote has joined, one by one', async () => {
  const { rows } = await read('glued.csv');
  expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  for (const { said } of rows.slice(1, 4))
    expect(String(said)).toContain('第 3–5 行被一个没有配对的引号连成了一行');
});

it('asks about a column that resembles one it lacks, and takes or leaves it as the user says', async () => {
  await expect(read('cost-price.csv')).rejects.toThrow(
    "列“成本价”像是“成本”，但不能确定：是，请加 --map '成本价=cost_yuan'",
  );
  const [taken] = (await read('cost-price.csv', '成本价=成本')).rows;
  expect(taken?.said).toMatchObject({ costFen: 6_000 });
  const [left] = (await read('cost-price.csv', '成本价=')).rows;
  expect(left?.said).toMatchObject({ costFen: 0 });
});

it('refuses two columns of one meaning, until the user says which', async () => {
  await expect(read('two-amounts.csv')).rejects.toThrow('列“金额”和“价税合计”都表示“金额”，只能取一列');
  const [row] = (await read('two-amounts.csv', '价税合计=金额')).rows;
  expect(row?.said).toMatchObject({ amountFen: 11_300 });
});

it('refuses a file in two encodings, and one of another encoding than the user says', async () => {
  await expect(read('two-encodings.csv')).rejects.toThrow(/第 8 行附近有不是 UTF-8 的字节/);
  await expect(read('excel-gbk.csv', '', { encoding: 'utf-8' })).rejects.toThrow('文件不是 utf-8 编码');
  await expect(read('excel-gbk.csv', '', { encoding: 'klingon' })).rejects.toThrow(
    '--encoding 不认识“klingon”',
  );
  expect((await read('excel-gbk.csv', '', { encoding: 'gbk' })).rows).toHaveLength(2);
});
