import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJob } from '../../jobs/sync-contacts.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { TaggingFigures } from './tagging.ts';

/** Synchronises a book, then classifies it, which writes the first tags of every relation. */
const { context, close } = await openBenchContext();
const synced = await runJob(context, syncContactsJob);
if (synced.outcome !== 'done') throw new Error(`sync: ${synced.outcome}`);
const startedAt = performance.now();
const ran = await runJob(context, classifyAccountsJob, { byHand: true });
const seconds = (performance.now() - startedAt) / 1000;
if (ran.outcome !== 'done') throw new Error(`classify: ${ran.outcome}`);
let tagged = 0;
for (const { _id } of await context.staff.all())
  for await (const { tagIds } of context.relations.activeOf(_id)) if (tagIds.length > 0) tagged += 1;
await close();
const figures: TaggingFigures = { seconds, tagged, failed: ran.tally['failed'] ?? 0 };
process.stdout.write(`${JSON.stringify(figures)}\n`);
