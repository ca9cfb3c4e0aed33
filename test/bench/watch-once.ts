import { watchAccountsJob } from '../../jobs/watch-accounts.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { WatchFigures } from './scale.ts';
import { watchMemory } from './watch-memory.ts';

/** Watches over a seeded and classified book twice; before that reads its accounts and opportunities with a bare cursor. */
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
const watch = () => timed(() => watchAccountsJob.run(context, { byHand: true }));
const bare = await timed(async () => {
  await drain(context.warningFacts.stageHistories());
  await drain(context.accounts.all());
});
const first = await watch();
const second = await watch();
const figures: WatchFigures = {
  bareSeconds: bare.seconds,
  seconds: first.seconds,
  againSeconds: second.seconds,
  raisedAgain: (second.result as { raised: number }).raised,
  peakMb: memory.peakMb(),
};
await close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0); // the sandbox would stay open
