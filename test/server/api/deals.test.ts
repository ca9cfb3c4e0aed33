import { expect, it } from 'vitest';
import type { DealsView } from '../../../server/api/contract/deals.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** 甲 belongs to anna; 乙 to ben. */
async function aBook() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm2', '乙'],
    ]),
  });
  const idOf = async (name: string) => (await world.context.accounts.findByKey(name))?._id ?? '';
  const anna = await aMember(world.origin, 'anna');
  return { world, anna, jia: await idOf('甲'), yi: await idOf('乙') };
}
const pathOf = (accountId: string) => `/api/v1/accounts/${accountId}/deals`;
const anOrder = (accountId: string, paidOn: string, amountFen: number) => {
  return { _id: `${accountId}-${paidOn}`, accountId, product: '机床', amountFen, costFen: 0, paidOn };
};
const aMilestone = (amountFen: number, paidFen: number, isWrittenOff = false) => {
  return { kind: 'delivery' as const, dueOn: '2026-04-01', amountFen, paidFen, paidOn: null, isWrittenOff };
};

it('lists what an account bought and may buy, the latest first, with what was paid back and is still owed', async () => {
  const { world, anna, jia, yi } = await aBook();
  const { orders, contracts, opportunities } = world.context;
  await orders.saveAll(
    [anOrder(jia, '2025-05-01', 100), anOrder(jia, '2026-01-15', 200), anOrder(yi, '2026-01-16', 300)].map(
      (order) => ({ ...order, kind: 'sale' as const }),
    ),
  );
  const refund = { externalId: 'R1', amountFen: 50, refundedOn: '2026-02-01' };
  expect(await orders.saveRefunds(`${jia}-2026-01-15`, [], [refund])).toBe(true);
  const contract = { accountId: jia, kind: 'sale' as const, costFen: 0, endsOn: null };
  const milestones = [aMilestone(600, 600), aMilestone(300, 100), aMilestone(100, 0, true)];
  await contracts.saveAll([
    { ...contract, _id: 'C1', name: '一期', amountFen: 500, signedOn: '2025-01-01', milestones: [] },
    { ...contract, _id: 'C2', name: '二期', amountFen: 1000, signedOn: '2026-01-01', milestones },
  ]);
  const lines = [
    { product: '机床', amountFen: 700 },
    { product: '刀具', amountFen: 50 },
  ];
  const opportunity = {
    accountId: jia,
    ownerId: null,
    purchaseType: 'occasional' as const,
    lostReason: null,
  };
  await opportunities.saveAll([
    {
      ...opportunity,
      _id: 'O1',
      name: '三期',
      stage: 'project',
      lines,
      expectedCloseOn: null,
      stageHistory: [],
    },
  ]);
  const deals = (await anna.read(pathOf(jia))) as DealsView;
  expect(deals.orders).toMatchObject([
    { id: `${jia}-2026-01-15`, amountFen: 200, refundedFen: 50, paidOn: '2026-01-15' },
    { amountFen: 100, refundedFen: 0 },
  ]);
  expect(deals.contracts).toMatchObject([
    { id: 'C2', name: '二期', amountFen: 1000, openFen: 200 },
    { id: 'C1', openFen: 0 },
  ]);
  expect(deals.opportunities).toMatchObject([{ id: 'O1', stage: 'project', amountFen: 750 }]);
});

it('shows nothing of an account that the caller may not see', async () => {
  const { anna, yi } = await aBook();
  expect((await anna.go(pathOf(yi))).status).toBe(403);
  expect((await anna.go(pathOf('nobody'))).status).toBe(404);
});
