import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  expect(first.text).toContain('导入 2 行（新增 2，变更 0，未变 0），拒绝 1 行\n未识别的列：备注');
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
