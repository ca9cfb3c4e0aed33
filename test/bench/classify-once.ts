import { classifyAccounts } from '../../server/flows/accounts/classify-accounts.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { ClassifyFigures } from './scale.ts';
import { watchMemory } from './watch-memory.ts';

/** Classifies a seeded book twice; before that reads the same accounts and orders with a bare cursor, each twice as it must. */
const { context, close } = await openBenchContext();
const memory = watchMemory();
const timed = async (work: () => Promise<unknown>) => {
  const startedAt = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
};
const drain = async (rows: AsyncIterable<unknown>) => {
  for await (const _ of rows);
};
const bare = await timed(async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    await drain(context.accounts.all());
    await drain(context.orders.all());
  }
});
const first = await timed(() => classifyAccounts(context));
const second = await timed(() => classifyAccounts(context));
const { changedIds } = second.result as { changedIds: string[] };
const figures: ClassifyFigures = {
  bareSeconds: bare.seconds,
  seconds: first.seconds,
  againSeconds: second.seconds,
  changedAgain: changedIds.length,
  peakMb: memory.peakMb(),
};
await close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0); // the sandbox would stay open
