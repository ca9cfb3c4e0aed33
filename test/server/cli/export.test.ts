import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../server/cli/command.ts';
import { exportCommand } from '../../../server/cli/export.ts';
import { importCommand } from '../../../server/cli/import.ts';
import { EXPORT_KINDS } from '../../../server/domain/exports/export-sheets.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../support/a-world.ts';

const FILES = {
  accounts: '客户编号,客户名称,行业,负责人\nK1,甲,机械,anna\nK2,"乙,丙",=1+1,\n',
  contacts:
    '联系人编号,职务,最高负责人,手机,预算权,可批金额\nwm1,部长,是,13800000000；13900000000,额度内可批,5000\n',
  orders:
    '订单编号,客户编号,产品,金额,成本,付款日期,类型,原订单编号\nSO-1,K1,机床,100.50,60,2026-03-01,销售,\nR-1,,,40,,2026-03-05,退款,SO-1\n',
  contracts:
    '合同编号,客户编号,合同名称,类型,金额,签订日期,到期日期,首付款,首付款日期,质保尾款,质保尾款日期\nHT-1,K2,二号线,代理,100,2026-03-01,2027-03-01,30,2026-03-05,70,2027-03-05\n',
  payments: '收款编号,合同编号,款项,金额,收款日期\nSK-1,HT-1,首付款,30,2026-03-06\n',
  opportunities:
    '商机编号,客户编号,商机名称,阶段,产品,金额,负责人\nSJ-1,K1,三期,谈判,机床；备件,1000；20,anna\n',
};
type Type = keyof typeof FILES;
const TYPES = Object.keys(FILES) as Type[];

function aFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-export-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}
const aBook = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
const take = ({ context }: LivingWorld, file: string, type: Type) =>
  importCommand.run(async () => context, { words: [file], options: { type } });
const give = ({ context }: LivingWorld, dir: string, options: Record<string, string> = {}) =>
  exportCommand.run(async () => context, { words: [dir], options });

async function aFilledBook() {
  const world = await aBook();
  const dir = aFolder();
  for (const type of TYPES) {
    writeFileSync(join(dir, `${type}.csv`), FILES[type]);
    expect(await take(world, join(dir, `${type}.csv`), type)).toMatchObject({ data: { rejected: [] } });
  }
  return world;
}
const textOf = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

it('writes files that the import takes again, into an empty book, with the same result', async () => {
  const [first, second] = [aFolder(), aFolder()];
  await give(await aFilledBook(), first);
  const other = await aBook();
  for (const type of TYPES)
    expect(await take(other, join(first, `${type}.csv`), type)).toMatchObject({ data: { rejected: [] } });
  await give(other, second);
  for (const type of TYPES.filter((each) => each !== 'accounts'))
    expect(textOf(second, `${type}.csv`)).toBe(textOf(first, `${type}.csv`));
  for (const type of TYPES)
    expect(await take(other, join(second, `${type}.csv`), type)).toMatchObject({
      data: { created: 0, changed: 0 },
    });
});

it('writes one file for each kind, for spreadsheets: UTF-8 with its mark, Chinese headers, no formula', async () => {
  const dir = aFolder();
  const { data } = await give(await aFilledBook(), dir);
  expect(readdirSync(dir).toSorted()).toEqual(EXPORT_KINDS.map((kind) => `${kind}.csv`).toSorted());
  const accounts = textOf(dir, 'accounts.csv');
  expect(accounts.startsWith('\uFEFF客户编号,客户名称,行业,地区,规模,负责人,')).toBe(true);
  expect(accounts).toContain(`K2,"乙,丙",'=1+1,`);
  expect(textOf(dir, 'orders.csv').split('\r\n').slice(1)).toEqual([
    'SO-1,K1,甲,机床,100.50,60.00,2026-03-01,销售,',
    'R-1,K1,甲,,40.00,,2026-03-05,退款,SO-1',
    '',
  ]);
  expect(textOf(dir, 'relations.csv')).toContain('anna,wm1,');
  expect(data).toMatchObject({ files: expect.arrayContaining([{ file: join(dir, 'orders.csv'), rows: 2 }]) });
});

it('writes what is kept as it is, one thing a line, and notes who took it out', async () => {
  const [world, dir] = [await aFilledBook(), aFolder()];
  await give(world, dir, { format: 'jsonl', only: 'orders, contracts' });
  expect(readdirSync(dir).toSorted()).toEqual(['contracts.jsonl', 'orders.jsonl']);
  const [order, ...rest] = textOf(dir, 'orders.jsonl').trim().split('\n');
  expect(rest).toEqual([]);
  expect(JSON.parse(order ?? '')).toMatchObject({ _id: 'SO-1', amountFen: 10_050, refundedFen: 4_000 });
  const [note] = await world.context.audit.list({ subject: 'orders', limit: 1 });
  expect(note).toMatchObject({ by: 'export', act: 'export', to: { format: 'jsonl' } });
});

it('takes more than one batch', async () => {
  const [world, dir] = [await aBook(), aFolder()];
  const orders = Array.from({ length: 1201 }, (_, at) => ({
    _id: `o${at}`,
    accountId: 'none',
    product: '',
    amountFen: 1,
    costFen: 0,
    paidOn: '2026-03-01',
    kind: 'sale' as const,
  }));
  await world.context.orders.saveAll(orders);
  const { data } = await give(world, dir, { only: 'orders' });
  expect(data).toEqual({ files: [{ file: join(dir, 'orders.csv'), rows: 1201 }] });
  expect(textOf(dir, 'orders.csv').trim().split('\r\n')).toHaveLength(1202);
});

it('leaves out a customer who was merged into another, for an import would bring them back', async () => {
  const [world, dir] = [await aFilledBook(), aFolder()];
  const { accounts } = world.context;
  const into = await accounts.findByKey('甲');
  const from = await accounts.findByKey('乙,丙');
  await accounts.update(from?._id ?? '', { mergedInto: into?._id ?? '' });
  await give(world, dir, { only: 'accounts' });
  expect(textOf(dir, 'accounts.csv')).not.toContain('K2');
});

it.each([
  [[], {}],
  [['a', 'b'], {}],
  [['a'], { format: 'xls' }],
  [['a'], { only: 'orders,api-keys' }],
])('refuses %j %j', async (words, options) => {
  const run = exportCommand.run(async () => Promise.reject(new Error('opened')), { words, options });
  await expect(run).rejects.toBeInstanceOf(UsageError);
});

it('knows no kind that holds secrets', () => {
  expect(EXPORT_KINDS.filter((kind) => /key|hook|lock|session/.test(kind))).toEqual([]);
});
