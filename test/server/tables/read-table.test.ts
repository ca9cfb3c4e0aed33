import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { column } from '../../../server/domain/imports/column.ts';
import { openTable } from '../../../server/tables/read-table.ts';
import { RefusedFile } from '../../../server/tables/refused-file.ts';
import { makeXlsx, serialOf, type Cell } from '../../support/make-xlsx.ts';

const COLUMNS = {
  external_id: column('id', '订单编号'),
  account: column('text', '客户名称'),
  amount_yuan: column('money', '金额'),
  paid_on: column('day', '付款日期'),
};
const HEADER = '订单编号,客户名称,金额,付款日期';

/** A file of this content, gone after the test. */
function aFile(content: string | Buffer, name = 'orders.csv'): string {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-table-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

const openFile = (file: string) => openTable(file, { columns: COLUMNS, map: new Map() });

async function read(content: string | Buffer, name?: string) {
  const table = await openFile(aFile(content, name));
  const rows: { line: number; values: Record<string, string>; problems?: readonly string[] }[] = [];
  for await (const { cells: _cells, ...row } of table.rows()) rows.push(row);
  table.close();
  expect(rows).toHaveLength(table.facts.rows);
  return { rows, unknown: table.header.unknown.map(({ title }) => title) };
}
const readSheet = (rows: Cell[][]) => read(makeXlsx(rows), 'orders.xlsx');
const valuesOf = ({ rows }: Awaited<ReturnType<typeof read>>) => rows.map(({ values }) => values);
const SO1 = { external_id: 'SO-1', account: '恒锐', amount_yuan: '12800', paid_on: '2026-03-09' };

describe('a CSV file', () => {
  it('gives its rows by our names, with the line each stands in', async () => {
    const table = await read(`${HEADER}\nSO-1,恒锐,12800,2026-03-09\nSO-2,鼎盛,1,2026-03-10\n`);
    expect(table).toEqual({
      unknown: [],
      rows: [
        { line: 2, values: SO1 },
        {
          line: 3,
          values: { external_id: 'SO-2', account: '鼎盛', amount_yuan: '1', paid_on: '2026-03-10' },
        },
      ],
    });
  });

  it.each([
    ['a byte order mark', `\uFEFF${HEADER}\nSO-1,恒锐,12800,2026-03-09\n`],
    [
      'a byte order mark before a quote',
      `\uFEFF"订单编号",客户名称,金额,付款日期\nSO-1,恒锐,12800,2026-03-09`,
    ],
    ['Windows line ends', `${HEADER}\r\nSO-1,恒锐,12800,2026-03-09\r\n`],
    ['no line end at the end', `${HEADER}\nSO-1,恒锐,12800,2026-03-09`],
    ['quotes', `"订单编号","客户名称","金额","付款日期"\n"SO-1","恒锐","12800","2026-03-09"\n`],
    ['English names', 'external_id,account,amount_yuan,paid_on\nSO-1,恒锐,12800,2026-03-09'],
    ['both languages in any case', 'External_ID,客户名称,AMOUNT_YUAN,付款日期\nSO-1,恒锐,12800,2026-03-09'],
    ['another order', '付款日期,金额,客户名称,订单编号\n2026-03-09,12800,恒锐,SO-1'],
    ['blanks around names', ' 订单编号 ,客户名称\t, 金额,付款日期 \nSO-1,恒锐,12800,2026-03-09'],
    ['blank lines and rows', `${HEADER}\n\n,,,\nSO-1,恒锐,12800,2026-03-09\n   \n\n`],
  ])('may have %s', async (_, text) => {
    expect(valuesOf(await read(text))).toEqual([SO1]);
  });

  it('keeps commas, quotes and line ends inside quotes', async () => {
    const table = await read(`${HEADER}\n"SO-1","恒锐,""精密""\n一厂","12,800.50",x\nSO-2,a,b,c\n`);
    expect(valuesOf(table)[0]).toMatchObject({ account: '恒锐,"精密"\n一厂', amount_yuan: '12,800.50' });
    expect(table.rows[1]).toMatchObject({ line: 4, values: { external_id: 'SO-2' } });
  });

  it('forgives quotes inside a cell', async () => {
    expect(valuesOf(await read(`${HEADER}\nSO-1,55" 屏,1,x\nSO-2,a,1,x\n`))).toMatchObject([
      { account: '55" 屏' },
      { account: 'a' },
    ]);
  });

  it('counts lines as an editor does, blank ones too', async () => {
    const { rows } = await read(`${HEADER}\r\n\r\nSO-1,a,1,x\r\n\r\n\r\nSO-2,b,1,x\r\n`);
    expect(rows.map(({ line }) => line)).toEqual([3, 6]);
  });

  it('fills short rows with nothing, and leaves out what is too much', async () => {
    expect(valuesOf(await read(`${HEADER}\nSO-1\nSO-2,a,1,x,too,much\n`))).toEqual([
      { external_id: 'SO-1', account: '', amount_yuan: '', paid_on: '' },
      { external_id: 'SO-2', account: 'a', amount_yuan: '1', paid_on: 'x' },
    ]);
  });

  it('names the columns that nobody knows, and does without them', async () => {
    const { unknown, rows } = await read('订单编号,备注,,业务员\nSO-1,急,x,lisi\n');
    expect(unknown).toEqual(['备注', '业务员']);
    expect(rows[0]?.values).toEqual({ external_id: 'SO-1' });
  });

  it('may lack columns: the rows tell what that means', async () => {
    expect(valuesOf(await read('订单编号\nSO-1\n'))).toEqual([{ external_id: 'SO-1' }]);
  });

  it('may have a header and no rows', async () => {
    expect(await read(`${HEADER}\n`)).toEqual({ rows: [], unknown: [] });
  });

  it('may be large, and is not kept in memory as a whole', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `SO-${n},恒锐精密机械有限公司,${n},2026-03-09`);
    const { rows } = await read(`${HEADER}\n${lines.join('\n')}`);
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toMatchObject({
      line: 20_001,
      values: { external_id: 'SO-19999', account: '恒锐精密机械有限公司' },
    });
  });
});

const refusal = async (reading: Promise<unknown>) => {
  const error = await reading.then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(RefusedFile);
  return String(error instanceof Error ? error.message : error);
};

describe('a file that cannot be taken in', () => {
  it.each([
    ['nothing', ''],
    ['only a byte order mark', '\uFEFF'],
    ['only blank lines', '\r\n\r\n\r\n'],
  ])('is one with %s in it', async (_, text) => {
    expect(await refusal(read(text))).toContain('文件是空的');
  });

  it('is one without any column that we know; it is told which there are', async () => {
    const message = await refusal(read('姓名,电话\n张三,138\n'));
    expect(message).toContain('没有认得的列（认得：订单编号、客户名称、金额、付款日期）');
    expect(message).not.toContain('张三');
  });

  it('is one that is not there, or is a folder', async () => {
    expect(await refusal(openFile('/nowhere/orders.csv'))).toContain('没有这个文件');
    expect(await refusal(openFile('/nowhere/orders.xlsx'))).toContain('没有这个文件');
    expect(await refusal(openFile(tmpdir()))).toContain('文件夹');
  });

  it('is one with a quote that never ends', async () => {
    const message = await refusal(read(`${HEADER}\nSO-1,a,1,x\nSO-2,"b,1,x\nSO-3,c,1,x\n`));
    expect(message).toContain('第 3 行有一个引号没有结束');
  });

  it.each([
    ['text', 'hello', '没有认得的列'],
    ['nothing', '', '文件是空的'],
    ['a cut workbook', makeXlsx([['订单编号']]).subarray(0, 200), '文件已损坏'],
    ['an old or locked workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为 .xlsx'],
    ['a web page', '<html><table><tr><td>订单编号</td></tr></table></html>', '其实是网页'],
  ])('is an XLSX that is %s', async (_, content, problem) => {
    expect(await refusal(read(content, 'orders.xlsx'))).toContain(problem);
  });

  it('is an empty sheet', async () => {
    expect(await refusal(readSheet([]))).toContain('文件是空的');
  });
});

describe('an XLSX file', () => {
  const header = ['订单编号', '客户名称', '金额', '付款日期', '备注'];

  it('gives its rows as a CSV does: days as days, numbers as texts', async () => {
    const row = ['SO-1', '恒锐', 12800, { serial: serialOf('2026-03-09') }, 'x'];
    expect(await readSheet([header, row])).toEqual({ unknown: ['备注'], rows: [{ line: 2, values: SO1 }] });
  });

  it('may be named in capital letters', async () => {
    expect(valuesOf(await read(makeXlsx([['订单编号'], ['SO-1']]), 'ORDERS.XLSX'))).toEqual([
      { external_id: 'SO-1' },
    ]);
  });

  it.each([
    [0.1 + 0.2, '0.3'],
    [12800.5, '12800.5'],
    [1234.5600000000002, '1234.56'],
    [99999999.99, '99999999.99'],
    [-5, '-5'],
    [0, '0'],
    [20260309001, '20260309001'],
    [2026110212345678, '2026110212345678'],
    [123456789012345, '123456789012345'],
  ])('shows the number %d as %s, without the noise of its last digits', async (number, text) => {
    expect(valuesOf(await readSheet([['金额'], [number]]))).toEqual([{ amount_yuan: text }]);
  });

  it.each(['2026-03-09', '2024-02-29', '2000-01-01', '2026-12-31'])(
    'shows the day %s as it is, at any time of day',
    async (day) => {
      const times = [0, 0.5, 0.99].map((time) => [{ serial: serialOf(day) + time }]);
      expect(valuesOf(await readSheet([['付款日期'], ...times]))).toEqual(
        times.map(() => ({ paid_on: day })),
      );
    },
  );

  it('has blank cells, short rows and truths', async () => {
    const table = await readSheet([header, ['SO-1', null, 5], ['SO-2'], [true, 'a&<b>', 1]]);
    expect(valuesOf(table)).toEqual([
      { external_id: 'SO-1', account: '', amount_yuan: '5', paid_on: '' },
      { external_id: 'SO-2', account: '', amount_yuan: '', paid_on: '' },
      { external_id: 'true', account: 'a&<b>', amount_yuan: '1', paid_on: '' },
    ]);
  });

  it('counts rows as the spreadsheet does, blank ones too', async () => {
    const { rows } = await readSheet([header, [], ['SO-1'], [], [], ['SO-2']]);
    expect(rows.map(({ line, values }) => [line, values['external_id']])).toEqual([
      [3, 'SO-1'],
      [6, 'SO-2'],
    ]);
  });
});
