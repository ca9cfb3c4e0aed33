import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../../jobs/classify-accounts.ts';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import { readTierShape } from '../../../../server/flows/accounts/read-tier-shape.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';

/** Ten companies that paid 1,000 to 10,000 yuan. */
const ten: Following[] = Array.from({ length: 10 }, (_, n) => ['anna', `wm${n}`, `公司${n}`]);
const payments = ten.map(([, , account = ''], n): OrderRow => ({
  external_id: `${n}`,
  account,
  amount_yuan: String((n + 1) * 1000),
  paid_on: '2026-03-01',
}));

it('tells where head and waist begin: at the last of the first 10 %, and of the next 30 % (domain.md §3)', async () => {
  const { context, run } = await aSyncedWorld({ corp: aTeamCorp(ten) });
  expect(await readTierShape(context)).toBeNull();
  await importOrders(context, rowsOf<OrderRow>(payments));
  await run(classifyAccountsJob);
  expect(await readTierShape(context)).toMatchObject({
    lines: { headFromFen: 1_000_000, waistFromFen: 700_000 },
    tiers: { head: { accounts: 1 }, waist: { accounts: 3 }, tail: { accounts: 6 } },
    totalFen: 5_500_000,
  });
});
