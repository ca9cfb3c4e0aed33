import { expect, it } from 'vitest';
import { importAccounts, type AccountRow } from '../../../../server/flows/accounts/import-accounts.ts';
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
  expect(report).toEqual({ imported: 2, rejected: [] });
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
  await load(world, row, { name: '甲', industry: ' ' });
  expect({ ...(await found(world, '甲')), updatedAt: null }).toEqual({ ...before, updatedAt: null });
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
  );
  expect(imported).toBe(1);
  expect(rejected).toEqual([{ line: 3, id: 'K1', reasons: ['客户编号与第 2 行重复'] }]);
  expect(await found(world, '乙')).toMatchObject({ externalId: 'K1' });
});
