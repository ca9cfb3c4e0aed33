import { expect, it } from 'vitest';
import { listTwins } from '../../../../server/flows/accounts/list-twins.ts';
import type { Caller } from '../../../../server/domain/staff/staff.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const ADMIN: Caller = { staffId: 'olga', role: 'admin', teamIds: ['olga'] };
const callerOf = (staffId: string): Caller => ({ staffId, role: 'sales', teamIds: [staffId] });

/** An account as it stands on the shelf. */
async function put({ context }: LivingWorld, name: string, fields: object): Promise<void> {
  const made = { name, knownSince: context.now() };
  const { legalKey, twinKey, ...rest } = { legalKey: undefined, twinKey: undefined, ...fields };
  const [account] = await context.accounts.findOrCreateMany([{ nameKey: name, beginning: made }]);
  const keys = { ...(legalKey ? { legalKey } : {}), ...(twinKey ? { twinKey } : {}) };
  await context.accounts.update(account?._id ?? '', { ...keys, ...rest });
}
const aBook = () => aSyncedWorld({ corp: aTeamCorp([]) });

/** The names of every page, one line for each group. */
async function pages({ context }: LivingWorld, caller: Caller, limit: number): Promise<string[][]> {
  const read: string[][] = [];
  let after: string | undefined;
  for (let count = 0; count < 50; count += 1) {
    const { groups, next } = await listTwins(context, caller, { after, limit });
    read.push(groups.map(({ accounts }) => accounts.map(({ name }) => name).join('+')));
    if (next === null) return read;
    after = next;
  }
  throw new Error('the pages do not end');
}

it('finds who shares a name that nobody sees to differ, or a legal name, each group once and whole', async () => {
  const world = await aBook();
  await put(world, '甲', {});
  await put(world, '甲 二', { twinKey: '甲' });
  await put(world, '乙', { legalKey: '乙有限公司' });
  await put(world, '乙厂', { legalKey: '乙有限公司' });
  await put(world, '乙有限公司', {});
  await put(world, '丙', { legalKey: '丙有限公司' });
  await put(world, '丁', { legalKey: '丁有限公司' });
  await put(world, '丁厂', { twinKey: '丁', legalKey: '丁有限公司' });
  const [all = []] = await pages(world, ADMIN, 50);
  expect(all.map((line) => line.split('+').toSorted().join('+')).toSorted()).toEqual([
    '丁+丁厂',
    '乙+乙厂+乙有限公司',
    '甲+甲 二',
  ]);
});

it.each([1, 2, 3, 7])('pages through them, %i at a time, without loss or repetition', async (limit) => {
  const world = await aBook();
  for (let n = 0; n < 5; n += 1) {
    await put(world, `甲${n}`, {});
    await put(world, `甲 ${n}`, { twinKey: `甲${n}` });
    await put(world, `乙${n}`, { legalKey: `乙${n}公司` });
    await put(world, `乙 ${n}`, { legalKey: `乙${n}公司` });
  }
  const read = await pages(world, ADMIN, limit);
  for (const page of read) expect(page.length).toBeLessThanOrEqual(limit);
  const lines = read.flat();
  expect(lines).toHaveLength(10);
  expect(new Set(lines).size).toBe(10);
});

it('shows a member the groups of which they may read one, and who may be merged by them', async () => {
  const world = await aBook();
  await put(world, '甲', { ownerId: 'anna' });
  await put(world, '甲 二', { twinKey: '甲', ownerId: 'ben' });
  await put(world, '乙', { ownerId: 'carl' });
  await put(world, '乙 二', { twinKey: '乙', ownerId: 'carl' });
  const { groups } = await listTwins(world.context, callerOf('anna'), { limit: 20 });
  expect(groups).toMatchObject([
    {
      accounts: [
        { name: '甲', mayMerge: true, owner: { staffId: 'anna' } },
        { name: '甲 二', mayMerge: false },
      ],
    },
  ]);
});

it('leaves out who was merged, and begins anew by a cursor that nobody gave', async () => {
  const world = await aBook();
  await put(world, '甲', {});
  await put(world, '甲 二', { twinKey: '甲', mergedInto: 'elsewhere' });
  await put(world, '乙', {});
  await put(world, '乙 二', { twinKey: '乙' });
  for (const after of [undefined, 'nonsense', 'twinKey:nobody'])
    expect((await listTwins(world.context, ADMIN, { after, limit: 20 })).groups).toHaveLength(1);
});
