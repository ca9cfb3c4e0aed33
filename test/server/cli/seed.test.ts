import { expect, it } from 'vitest';
import { seedCommand } from '../../../server/cli/seed.ts';
import { rankedSums } from '../../support/ranked-sums.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const seed = ({ context }: LivingWorld, options: Record<string, string | boolean>) =>
  seedCommand.run(async () => context, { words: [], options });

it('fills an empty database with a whole book: every contact in an account, sums that agree, tiers computed', async () => {
  const world = await aWorld();
  const { ok, data, text } = await seed(world, { accounts: '60' });
  expect(ok).toBe(true);
  expect(data).toMatchObject({ accounts: 60, skipped: 0 });
  expect(text).toContain('已填入客户 60');
  const { contacts, orders } = data as { contacts: number; orders: number };
  const found = await rankedSums(world.context);
  expect(found).toMatchObject({ accounts: 60, contacts, paidOrders: orders, strays: 0 });
  expect(found.tierValueFen).toBe(found.orderValueFen);
  expect(found.tiers).toEqual({ head: 5, waist: 15, tail: 30, unrated: 10 });
});

it('refuses a database that has accounts unless told to add, and then leaves known names alone', async () => {
  const world = await aWorld();
  await seed(world, { accounts: '4' });
  await expect(seed(world, { accounts: '6', seed: '2' })).rejects.toThrow('--add');
  expect(await world.context.accounts.countLiving()).toBe(4);
  expect((await seed(world, { accounts: '6', seed: '2', add: true })).data).toMatchObject({ accounts: 6 });
  const again = await seed(world, { accounts: '6', seed: '2', add: true });
  expect(again.data).toMatchObject({ accounts: 0, skipped: 6 });
  expect(again.text).toContain('名称已存在而跳过的客户 6');
});

it('keeps the members and departments that are there', async () => {
  const world = await aWorld();
  await world.context.departments.replaceAll([{ _id: 1, name: '远山工业', parentId: 0 }]);
  await seed(world, { accounts: '4' });
  const departments = await world.context.departments.all();
  expect(departments.find(({ _id }) => _id === 1)?.name).toBe('远山工业');
  expect(departments.map(({ name }) => name)).toContain('华东大区');
  expect((await world.context.staff.find('sales-0001'))?.departmentIds).toEqual([900_100]);
});

it.each([{}, { accounts: '0' }, { accounts: '1.5' }, { accounts: '-3' }, { accounts: '10', seed: 'x' }])(
  'is wrong usage with %j',
  async (options) => {
    const world = await aWorld();
    await expect(seed(world, options)).rejects.toThrow('takes a whole number');
  },
);

it('notes in the audit log that a book was filled in', async () => {
  const world = await aWorld();
  await seed(world, { accounts: '3' });
  const [entry] = await world.context.audit.list({ limit: 5, subject: '' });
  expect(entry).toMatchObject({ act: 'book.seed', by: 'cli', to: { accounts: 3 } });
});
