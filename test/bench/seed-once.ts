import { seedBook } from '../../server/flows/books/seed-book.ts';
import { makeLargeBook } from '../../server/demo/make-large-book.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { SeedFigures } from './scale.ts';
import { watchMemory } from './watch-memory.ts';

/** Fills the database that the environment names with the book that `cli seed` makes. */
const { context, close } = await openBenchContext();
const memory = watchMemory();
const startedAt = performance.now();
const book = makeLargeBook({ seed: 1, accounts: Number(process.env['ACCOUNTS']), now: context.now() });
await seedBook(context, book, { adds: false, by: 'bench', tell: () => undefined });
const figures: SeedFigures = { seconds: (performance.now() - startedAt) / 1000, peakMb: memory.peakMb() };
await close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0); // the sandbox would stay open
