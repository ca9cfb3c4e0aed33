import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importCommand } from '../../../server/cli/import.ts';
import { ORDER_COLUMNS, readOrder } from '../../../server/domain/deals/order-row.ts';
import { openTable } from '../../../server/tables/read-table.ts';
import { RefusedFile } from '../../../server/tables/refused-file.ts';
import { makeWorkbook, makeXlsx, serialOf, type Cell, type SheetLike } from '../../support/make-xlsx.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

const HEADER = ['订单编号', '客户名称', '金额', '付款日期'];
const order = (id: string, paidOn: Cell = '2026-03-09'): Cell[] => [id, '甲', 100, paidOn];

/** A file of this content, gone after the test. */
function aFile(content: Buffer | string, name = 'orders.xlsx'): string {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-book-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

/** What a file gives: its orders' numbers and days, and what is told of it. */
async function read(content: Buffer | string, { sheet, name }: { sheet?: string; name?: string } = {}) {
  const wish = { columns: ORDER_COLUMNS, map: new Map<string, string>(), ...(sheet ? { sheet } : {}) };
  const table = await openTable(aFile(content, name), wish);
  const rows: string[] = [];
  for await (const { values } of table.rows()) {
    const read = readOrder(values, '2026-03-31');
    rows.push('order' in read ? `${read.order.externalId} ${read.order.paidOn}` : read.problems.join());
  }
  table.close();
  return { rows, facts: table.facts };
}
const refusal = (reading: Promise<unknown>) =>
  reading.then(
    () => 'taken',
    (error: unknown) => (error instanceof RefusedFile ? error.message : error),
  );

/** What the command says and counts after an import of orders of 甲. */
async function take(content: Buffer, options: Record<string, string> = {}) {
  const { context } = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const file = aFile(content);
  const ran = await importCommand.run(async () => context, {
    words: [file],
    options: { type: 'orders', ...options },
  });
  return { text: ran.text, data: ran.data };
}

describe('rows that a filter hides', () => {
  const filtered = makeWorkbook([
    { name: '订单', rows: [HEADER, order('SO-1'), order('SO-2'), order('SO-3')], filtered: [2, 4] },
  ]);

  it('are rows as the others, and are counted with where they stand', async () => {
    const { rows, facts } = await read(filtered);
    expect(rows).toEqual(['SO-1 2026-03-09', 'SO-2 2026-03-09', 'SO-3 2026-03-09']);
    expect(facts).toMatchObject({ rows: 3, hidden: { count: 2, lines: [2, 4] } });
  });

  it('are imported, and who imports is told so', async () => {
    const { text, data } = await take(filtered);
    expect(data).toMatchObject({ created: 3, rejected: [] });
    expect(text).toMatch(/第 2、4 行.*被隐藏或筛选掉，也一并导入/);
  });
});

describe('a workbook that counts days from 1904', () => {
  const FIRST_1904 = serialOf('1904-01-01');
  const day = serialOf('2026-03-09') - FIRST_1904;

  it.each([
    ['cells that are formatted as days', { serial: day }],
    ['days with a time of day', { serial: day + 0.75 }],
    ['bare numbers in the column of days', day],
    ['days that were typed as text', '2026-03-09'],
  ])('gives the days that people see: %s', async (_what, cell) => {
    const book = makeWorkbook([{ name: '订单', rows: [HEADER, order('SO-1', cell)] }], { is1904: true });
    expect((await read(book)).rows).toEqual(['SO-1 2026-03-09']);
  });

  it('leaves numbers of other columns alone', async () => {
    const book = makeWorkbook([{ name: '订单', rows: [HEADER, [day, '甲', day, { serial: day }]] }], {
      is1904: true,
    });
    expect((await read(book)).rows).toEqual([`${day} 2026-03-09`]);
  });
});

describe('a workbook of several sheets', () => {
  const sheets: SheetLike[] = [
    { name: '说明', rows: [['填表说明'], ['请勿改动表头']] },
    { name: '三月', rows: [HEADER, order('SO-3')] },
    { name: '四月', rows: [HEADER, order('SO-4'), order('SO-5')] },
    { name: '草稿', rows: [HEADER, order('SO-9')], isHidden: true },
  ];
  const book = makeWorkbook(sheets);

  it('gives the first that looks like the data, and names the others that do', async () => {
    const { rows, facts } = await read(book);
    expect(rows).toEqual(['SO-3 2026-03-09']);
    expect(facts.told).toEqual(['只读了工作表“三月”；“四月”也像数据，请用 --sheet 另行导入']);
  });

  it.each([
    ['四月', ['SO-4 2026-03-09', 'SO-5 2026-03-09']],
    [' 四月 ', ['SO-4 2026-03-09', 'SO-5 2026-03-09']],
  ])('gives the one that is named, and says nothing of others: %j', async (sheet, expected) => {
    const { rows, facts } = await read(book, { sheet });
    expect([rows, facts.told]).toEqual([expected, []]);
  });

  it('says which sheets there are when there is none of that name', async () => {
    expect(await refusal(read(book, { sheet: '五月' }))).toBe('没有工作表“五月”，有：说明、三月、四月');
  });

  it('says of a hidden one that it is hidden', async () => {
    expect(await refusal(read(book, { sheet: '草稿' }))).toBe(
      '工作表“草稿”是隐藏的；请在表格软件中取消隐藏，核对后再导入',
    );
  });

  it('says that a text file has no sheets', async () => {
    const csv = `${HEADER.join(',')}\nSO-1,甲,1,2026-03-09\n`;
    expect(await refusal(read(csv, { sheet: '四月', name: 'orders.csv' }))).toContain('没有工作表');
  });

  it('is imported by the command with --sheet', async () => {
    expect((await take(book, { sheet: '四月' })).data).toMatchObject({ created: 2, rejected: [] });
  });
});

describe('an old .xls', () => {
  const padding = Buffer.alloc(512);
  it.each([
    ['of Excel 97–2003', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), padding])],
    ['of Excel 5', Buffer.concat([Buffer.from('0908080000050500', 'hex'), padding])],
    ['of Excel 4', Buffer.concat([Buffer.from('0904060000001000', 'hex'), padding])],
    ['of Excel 2', Buffer.concat([Buffer.from('0900040002001000', 'hex'), padding])],
  ])('%s is refused with what to do, whatever its name', async (_what, bytes) => {
    for (const name of ['orders.xls', 'orders.xlsx', 'orders.csv'])
      expect(await refusal(read(bytes, { name }))).toMatch(/旧版 \.xls.*另存为.*\.xlsx.*CSV/);
  });

  it('that is a workbook of today under an old name is read', async () => {
    expect((await read(makeXlsx([HEADER, order('SO-1')]), { name: 'orders.xls' })).rows).toHaveLength(1);
  });
});
