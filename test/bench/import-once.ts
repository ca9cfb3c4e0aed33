import { importOrders } from '../../server/flows/orders/import-orders.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { ImportFigures } from './scale.ts';
import { watchMemory } from './watch-memory.ts';

/** Imports orders for the first accounts of the seeded book; then keeps as many new ones straight on the shelf. */
const ROWS = Number(process.env['ROWS']);
const BATCH = 500;
const { context, close } = await openBenchContext();
const accounts: { _id: string; externalId?: string }[] = [];
for await (const account of context.accounts.all()) if (accounts.push(account) === 5000) break;
const numberAt = (index: number) => accounts[index % accounts.length];
const order = {
  product: '备件',
  amount_yuan: '1,200.50',
  cost_yuan: '800',
  paid_on: '2025-06-30',
  kind: 'sale',
};

async function* rows() {
  for (let index = 0; index < ROWS; index += 1)
    yield {
      line: index + 2,
      values: {
        ...order,
        external_id: `B-${index}`,
        account_external_id: numberAt(index)?.externalId ?? '',
      },
    };
}

const memory = watchMemory();
const startedAt = performance.now();
const report = await importOrders(context, rows());
const seconds = (performance.now() - startedAt) / 1000;
const bareAt = performance.now();
for (let from = 0; from < ROWS; from += BATCH)
  await context.orders.saveAll(
    Array.from({ length: BATCH }, (_, offset) => ({
      _id: `C-${from + offset}`,
      accountId: numberAt(from + offset)?._id ?? '',
      product: '备件',
      amountFen: 120_050,
      costFen: 80_000,
      paidOn: '2025-06-30',
      kind: 'sale' as const,
    })),
  );
const bareSeconds = (performance.now() - bareAt) / 1000;
const figures: ImportFigures = { imported: report.imported, seconds, bareSeconds, peakMb: memory.peakMb() };
await close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0); // the sandbox would stay open
