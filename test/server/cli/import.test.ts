import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { importCommand } from '../../../server/cli/import.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

const FILE = [
  '类型,付款日期,金额,客户名称,订单编号,原订单编号,备注',
  '退款,2026-03-10,60,,R1,SO-1,先到',
  '销售,2026-03-09,100,甲,SO-1,,',
  '销售,2026-03-09,-5,甲,SO-2,,"=坏,的"',
].join('\n');

async function aDesk() {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const dir = mkdtempSync(join(tmpdir(), 'genjin-import-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const load = (file: string, options: Record<string, string | boolean> = {}) =>
    importCommand.run(async () => world.context, { words: [file], options: { type: 'orders', ...options } });
  const kept = async () => (await world.context.orders.findMany(['SO-1', 'SO-2'])).map(({ _id }) => _id);
  return { dir, write, load, kept };
}

it('writes rejected rows with reasons, which can be mended and imported again', async () => {
  const { dir, write, load, kept } = await aDesk();
  const rejected = join(dir, 'rejected.csv');
  const first = await load(write('orders.csv', FILE), { rejected });
  expect(first.ok).toBe(false);
  expect(first.text).toContain(
    '导入 2 行（新增 2，变更 0，未变 0），拒绝 1 行，文件共 3 行\n未识别的列：备注',
  );
  const lines = readFileSync(rejected, 'utf8').split('\r\n');
  expect(lines).toEqual([
    '\uFEFF类型,付款日期,金额,客户名称,订单编号,原订单编号,备注,拒绝原因',
    `销售,2026-03-09,-5,甲,SO-2,,"'=坏,的",金额不能为负数，退款请另起一行，类型写“退款”`,
    '',
  ]);
  const mended = await load(write('mended.csv', lines.join('\r\n').replace('-5', '5')));
  expect(mended.data).toMatchObject({ created: 1, rejected: [], unknown: ['备注'], classified: 'done' });
  expect(await kept()).toEqual(['SO-1', 'SO-2']);
});

it('tells in a dry run what would happen, and writes nothing', async () => {
  const { write, load, kept } = await aDesk();
  const { data, text } = await load(write('orders.csv', FILE), { 'dry-run': true });
  expect(data).toMatchObject({ isDryRun: true, created: 2, rejected: [{ line: 4 }], classified: null });
  expect(text).toContain('试运行（未写入）：可导入 2 行');
  expect(await kept()).toEqual([]);
});

it('takes contracts, then what was paid of them, with headers in either language', async () => {
  const { write, load } = await aDesk();
  const contracts =
    '合同编号,客户名称,amount_yuan,签订日期,首付款,首付款日期\nHT-1,甲,100,2026-03-01,100,2026-03-05\n';
  const payments = 'external_id,合同编号,milestone,金额,收款日期\nSK-1,HT-1,首付款,40,2026/3/9\n';
  expect(await load(write('contracts.csv', contracts), { type: 'contracts' })).toMatchObject({
    ok: true,
    data: { created: 1, unknown: [] },
  });
  expect(await load(write('payments.csv', payments), { type: 'payments' })).toMatchObject({
    ok: true,
    data: { created: 1, unknown: [] },
  });
});

it('takes profiles of contacts and opportunities', async () => {
  const { write, load } = await aDesk();
  const profiles = '联系人编号,职务,decision_role\nwm1,部长,采购决策\nwm7,部长,\n';
  const told = await load(write('contacts.csv', profiles), { type: 'contacts' });
  expect(told).toMatchObject({ ok: false, data: { changed: 1, rejected: [{ line: 3, id: 'wm7' }] } });
  const opportunities = '商机编号,客户名称,阶段,负责人\nSJ-1,甲,意向,anna\n';
  const opened = await load(write('opportunities.csv', opportunities), { type: 'opportunities' });
  expect(opened.data).toMatchObject({ created: 1, classified: 'done' });
});

it(
  'tells of two hundred thousand bad rows: counts and kinds, the first of them, all in the file',
  { timeout: 90_000 },
  async () => {
    const { dir, write, load } = await aDesk();
    const rows = Array.from({ length: 200_000 }, (_, at) => `SO-${at},甲,无,2026-03-09\n`);
    const rejected = join(dir, 'rejected.csv');
    const file = write('bad.csv', `订单编号,客户名称,金额,付款日期\n${rows.join('')}`);
    const { ok, data, text } = await load(file, { rejected, 'dry-run': true });
    expect(ok).toBe(false);
    expect(data).toMatchObject({ imported: 0, rows: 200_000, rejectedRows: 200_000 });
    expect(text).toContain('拒绝 200000 行，文件共 200000 行');
    expect(text).toContain('200000 行：金额“…”不是有效金额');
    expect(text.split('\n').length).toBeLessThan(100);
    expect(readFileSync(rejected, 'utf8').split('\r\n')).toHaveLength(200_002);
  },
);

it('refuses a file as a whole in Chinese, by its name, before anything is written', async () => {
  const { write, load, kept } = await aDesk();
  const file = write(
    'half.csv',
    '订单编号,客户名称,金额,付款日期\nSO-1,甲,1,2026-03-09\nSO-2,"乙,1,2026-03-09\n',
  );
  await expect(load(file)).rejects.toThrow(`${file}：第 3 行有一个引号没有结束`);
  expect(await kept()).toEqual([]);
  const unknown = write('map.csv', '订单编号,客户名称,金额,付款日期\nSO-1,甲,1,2026-03-09\n');
  await expect(load(unknown, { map: '进货价=成本' })).rejects.toThrow('--map 里的列“进货价”文件中没有');
  await expect(load(unknown, { map: '金额=利润' })).rejects.toThrow('--map 没有列“利润”');
});

it('takes a file in GBK with a title and a row of sums, and tells what it read as what', async () => {
  const { dir, load } = await aDesk();
  const path = join(dir, 'yonyou.csv');
  copyFileSync('test/fixtures/tables/yonyou-u8.csv', path);
  const { ok, data, text } = await load(path);
  expect(ok).toBe(true);
  expect(data).toMatchObject({ created: 2, rows: 2, rejectedRows: 0 });
  expect(text).toContain('按相近列名读取：单据编号 → 订单编号');
  expect(text).toContain('有 1 行（第 6 行）不是数据');
});
