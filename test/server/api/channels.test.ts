import { expect, it } from 'vitest';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

type Report = { since: string; channels: { name: string; code: string | null }[] };

async function aMarket() {
  const corp = aTeamCorp([
    ['anna', 'wm1', '甲'],
    ['anna', 'wm2', '甲'],
    ['ben', 'wm3', '乙'],
    ['carl', 'wm4', '丙'],
  ]);
  for (const relation of corp.relations) if (relation.externalUserId !== 'wm3') relation.state = 'expo';
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const { accounts, orders, settings, now } = world.context;
  const idOf = async (name: string) => (await accounts.findByKey(name))?._id ?? '';
  const order = async (_id: string, [name, amountFen]: [string, number], paidOn = '2026-03-01') => ({
    _id,
    accountId: await idOf(name),
    product: '',
    amountFen,
    costFen: 0,
    paidOn,
    kind: 'sale' as const,
  });
  await orders.saveAll([
    await order('o1', ['甲', 1000]),
    await order('o2', ['甲', 500]),
    await order('o3', ['乙', 2000]),
    await order('o4', ['丙', 700]),
    await order('o5', ['乙', 9999], '2026-03-12'), // ahead
  ]);
  const refund = { externalId: 'r1', amountFen: 500, refundedOn: '2026-03-02' };
  await orders.saveRefunds('o2', [], [refund]);
  const value = [{ code: 'expo', name: '广交会', costFen: 300 }];
  await settings.save('channels', { value, version: 0 }, { by: 'olga', at: now() });
  return world;
}

it('report contacts → accounts → orders → revenue per channel, with its cost: all for administrators, the team’s for managers', async () => {
  const { origin } = await aMarket();
  const read = async (name: string, query = '?since=2025-01-01') =>
    (await (await aMember(origin, name)).read(`/api/v1/channels${query}`)) as Report;
  const expo = { kind: 'channel', code: 'expo', name: '广交会', costFen: 300 };
  const added = { kind: 'wecom', code: null, name: '员工添加', costFen: null };
  const byBen = { ...added, contacts: 1, accounts: 1, buyers: 1, orders: 1, revenueFen: 2000 };
  expect(await read('olga')).toEqual({
    since: '2025-01-01',
    channels: [byBen, { ...expo, contacts: 3, accounts: 2, buyers: 2, orders: 2, revenueFen: 1700 }],
  });
  expect(await read('lena')).toMatchObject({
    channels: [byBen, { ...expo, contacts: 2, accounts: 1, buyers: 1, orders: 1, revenueFen: 1000 }],
  });
  expect(await read('olga', '')).toMatchObject({ since: '2025-03-11', channels: [{}, {}] });
  expect(await read('olga', '?since=2026-03-01')).toMatchObject({ channels: [{ ...expo, accounts: 0 }] });
});
