import { expect, it } from 'vitest';
import type { AccountRow } from '../../../../server/domain/accounts/account-row.ts';
import { importAccounts } from '../../../../server/flows/accounts/import-accounts.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const load = (world: LivingWorld, ...rows: AccountRow[]) => importAccounts(world.context, rowsOf(rows));
const aBook = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
const found = ({ context }: LivingWorld, name: string) => context.accounts.findByKey(name);

it('fills the account that WeCom made by its name, and makes those it does not know', async () => {
  const world = await aBook();
  const report = await load(
    world,
    { external_id: 'K1', name: ' 甲 ', industry: '机械', region: '苏州', size: '200', owner: 'ben' },
    { external_id: 'K2', name: '乙' },
  );
  expect(report).toMatchObject({ imported: 2, created: 1, changed: 1, rejected: [] });
  expect(await found(world, '甲')).toMatchObject({
    externalId: 'K1',
    industry: '机械',
    region: '苏州',
    ownerId: 'ben',
  });
  expect(await found(world, '乙')).toMatchObject({ externalId: 'K2', ownerId: null, dueOn: '2026-03-12' });
  expect(await world.context.accounts.countLiving()).toBe(2);
});

it('leaves alone what a cell says nothing about, and changes nothing when repeated', async () => {
  const world = await aBook();
  const row = { external_id: 'K1', name: '甲', industry: '机械', owner: 'ben' };
  await load(world, row);
  const before = await found(world, '甲');
  expect(await load(world, row)).toMatchObject({ unchanged: 1, changed: 0 });
  expect(await load(world, { name: '甲', industry: ' ' })).toMatchObject({ unchanged: 1 });
  expect(await found(world, '甲')).toEqual(before);
});

it('renames a customer who is found by number', async () => {
  const world = await aBook();
  await load(world, { external_id: 'K1', name: '甲' });
  const before = await found(world, '甲');
  await load(world, { external_id: 'K1', name: '甲股份' });
  expect((await found(world, '甲股份'))?._id).toBe(before?._id);
  expect(await found(world, '甲')).toBeNull();
});

it('lists bad rows with every reason and takes the others in', async () => {
  const world = await aBook();
  await load(world, { external_id: 'K1', name: '甲' }, { external_id: 'K2', name: '乙' });
  const { imported, rejected } = await load(
    world,
    { external_id: 'K3', owner: 'nobody' },
    { external_id: 'K1', name: '乙' },
    { external_id: 'K9', name: '甲' },
    { external_id: 'K4', name: '丁' },
  );
  expect(imported).toBe(1);
  expect(rejected).toEqual([
    { line: 2, id: 'K3', reasons: ['缺少客户名称', '负责人“nobody”不是已同步的成员（应填 userid）'] },
    { line: 3, id: 'K1', reasons: ['名称“乙”已属于另一客户'] },
    { line: 4, id: 'K9', reasons: ['客户“甲”的编号已是 K1'] },
  ]);
});

it('refuses a number that stands twice in one file, so that no row silently overwrites another', async () => {
  const world = await aBook();
  const { imported, rejected } = await load(
    world,
    { external_id: 'K1', name: '乙' },
    { external_id: 'K1', name: '丙' },
    { name: ' 乙' },
  );
  expect(imported).toBe(1);
  expect(rejected).toEqual([
    { line: 3, id: 'K1', reasons: ['客户编号与第 2 行重复'] },
    { line: 4, id: '乙', reasons: ['客户名称与第 2 行重复'] },
  ]);
  expect(await found(world, '乙')).toMatchObject({ externalId: 'K1' });
});

const field = (key: string, kind: 'number' | 'choice', choices: string[]) => ({
  key,
  label: key,
  kind,
  choices,
  isRequired: false,
});

it('keeps the administrator’s own fields by their labels, and refuses what they cannot hold', async () => {
  const world = await aBook();
  const value = [field('lines', 'number', []), field('rating', 'choice', ['A', 'B'])];
  await world.context.settings.save('customFields', { value, version: 0 }, { by: 'olga', at: new Date(0) });
  await load(world, { name: '甲', 'custom.lines': '1,200', 'custom.rating': 'A' });
  const report = await load(
    world,
    { name: '甲', 'custom.rating': 'C' },
    { name: '乙', 'custom.lines': '多' },
  );
  expect(report.rejected).toMatchObject([
    { line: 2, reasons: ['rating：须为其中之一：A、B'] },
    { line: 3, reasons: ['lines：须为数字'] },
  ]);
  await load(world, { name: '甲', 'custom.rating': 'B' });
  expect(await found(world, '甲')).toMatchObject({ custom: { lines: 1200, rating: 'B' } });
});

it('tells the same in a dry run, and writes nothing', async () => {
  const world = await aBook();
  const rows = [{ external_id: 'K1', name: '甲', owner: 'ben' }, { name: '乙' }, { name: '' }];
  const run = (isDryRun: boolean) =>
    importAccounts(world.context, rowsOf(rows), { by: 'import', via: 'import', isDryRun });
  const before = await found(world, '甲');
  const dry = await run(true);
  expect(dry).toMatchObject({ created: 1, changed: 1, rejected: [{ line: 4 }] });
  expect(await found(world, '甲')).toEqual(before);
  expect(await found(world, '乙')).toBeNull();
  expect(await run(false)).toEqual(dry);
});

it('notes where a customer came from, who took it on, and what changed', async () => {
  const world = await aBook();
  await load(world, { external_id: 'K1', name: '甲', owner: 'ben' }, { name: '乙' });
  const known = await found(world, '甲');
  expect(await found(world, '乙')).toMatchObject({ source: { kind: 'import' } });
  expect(await world.context.history.ofAccount(known?._id ?? '')).toMatchObject([
    { kind: 'owner', from: 'anna', to: 'ben', by: 'import' },
  ]);
  const audit = await world.context.audit.list({ subject: `account:${known?._id}`, limit: 1 });
  expect(audit).toMatchObject([{ from: { ownerId: 'anna' }, to: { ownerId: 'ben', externalId: 'K1' } }]);
});
