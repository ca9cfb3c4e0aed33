import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { startDatabase } from './open-bench-context.ts';

const SIZES = [1000, 10_000, 100_000] as const;
const ON_A_REAL_SERVER = 1_000_000;
const IMPORTED = 50_000;

/** What the measured processes tell. */
export type SeedFigures = { seconds: number; peakMb: number };
export type ClassifyFigures = {
  bareSeconds: number;
  seconds: number;
  againSeconds: number;
  changedAgain: number;
  peakMb: number;
};
export type WatchFigures = {
  bareSeconds: number;
  seconds: number;
  againSeconds: number;
  raisedAgain: number;
  peakMb: number;
};
export type ImportFigures = { imported: number; seconds: number; bareSeconds: number; peakMb: number };
type Visit = { p99Ms: number; bareMs: number };
export type VisitFigures = { profile: Visit; due: Visit; 'due-of-50': Visit };
type Print = (line: string) => void;

/**
 * A book of each size, seeded once and shared: seeding, the nightly classification and watch, and at the largest size the
 * sidebar, the due list and an import. The database and each measured program have processes of their own. `BENCH_ACCOUNTS` names other
 * sizes, with commas between them.
 */
export async function benchScale(print: Print): Promise<void> {
  const perAccount = new Map<number, number>();
  const sizes = sizesToRun();
  for (const [index, accounts] of sizes.entries()) {
    const isLargest = index === sizes.length - 1;
    await withDatabase(accounts, async (settings) => {
      perAccount.set(accounts, await benchBook(print, accounts, settings));
      await benchWatch(print, accounts, settings);
      if (isLargest) await benchUse(print, accounts, settings);
    });
  }
  const [small, large] = [perAccount.get(10_000), perAccount.get(100_000)];
  if (small && large)
    print(
      `classify-growth ${(large / small).toFixed(2)} per account (baseline 1 at 10000, ratio ${(large / small).toFixed(2)})`,
    );
}

function sizesToRun(): readonly number[] {
  const named = process.env['BENCH_ACCOUNTS'];
  if (named) return named.split(',').map(Number);
  return process.env['MONGODB_URI'] ? [...SIZES, ON_A_REAL_SERVER] : SIZES;
}

/** A database of its own for one size: on the server that `MONGODB_URI` names, else the embedded one. */
async function withDatabase(
  accounts: number,
  work: (settings: Record<string, string>) => Promise<void>,
): Promise<void> {
  const named = process.env['MONGODB_URI'];
  if (named) {
    const url = new URL(named);
    url.pathname = `/genjin_bench_${process.pid}_${accounts}`;
    return work({ MONGODB_URI: url.href });
  }
  const dir = mkdtempSync(join(tmpdir(), 'genjin-bench-'));
  const database = await startDatabase(dir);
  await work({ MONGODB_URI: database.uri });
  await database.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** @returns seconds of the classification for one account */
async function benchBook(print: Print, accounts: number, settings: Record<string, string>): Promise<number> {
  const seeded = await measure<SeedFigures>('seed-once', { ...settings, ACCOUNTS: String(accounts) });
  print(
    `seed-${accounts} ${(accounts / seeded.seconds).toFixed(0)} accounts per second (baseline none, ratio 1)`,
  );
  print(
    `seed-peak-memory-${accounts} ${seeded.peakMb.toFixed(0)} MB (baseline 300 MB allowed, ratio ${(seeded.peakMb / 300).toFixed(2)})`,
  );
  const own = await measure<ClassifyFigures>('classify-once', settings);
  if (own.changedAgain > 0) throw new Error(`a second run changed ${own.changedAgain} accounts`);
  const ratio = (seconds: number) =>
    `(baseline ${own.bareSeconds.toFixed(2)} s to read the same accounts and orders twice, ratio ${(seconds / own.bareSeconds).toFixed(2)})`;
  print(`classify-${accounts} ${own.seconds.toFixed(2)} s ${ratio(own.seconds)}`);
  print(`classify-without-news-${accounts} ${own.againSeconds.toFixed(2)} s ${ratio(own.againSeconds)}`);
  print(
    `classify-peak-memory-${accounts} ${own.peakMb.toFixed(0)} MB (baseline 300 MB allowed, ratio ${(own.peakMb / 300).toFixed(2)})`,
  );
  return own.seconds / accounts;
}

/** The nightly watch over a book that has just been classified, when everything is news, and again without any. */
async function benchWatch(print: Print, accounts: number, settings: Record<string, string>): Promise<void> {
  const own = await measure<WatchFigures>('watch-once', settings);
  if (own.raisedAgain > 0) throw new Error(`a second watch raised ${own.raisedAgain} warnings`);
  const ratio = (seconds: number) =>
    `(baseline ${own.bareSeconds.toFixed(2)} s to read the same accounts and opportunities, ratio ${(seconds / own.bareSeconds).toFixed(2)})`;
  print(`watch-${accounts} ${own.seconds.toFixed(2)} s ${ratio(own.seconds)}`);
  print(`watch-without-news-${accounts} ${own.againSeconds.toFixed(2)} s ${ratio(own.againSeconds)}`);
  print(
    `watch-peak-memory-${accounts} ${own.peakMb.toFixed(0)} MB (baseline 300 MB allowed, ratio ${(own.peakMb / 300).toFixed(2)})`,
  );
}

/** The sidebar, the due list and an import, beside the book of `accounts`. */
async function benchUse(print: Print, accounts: number, settings: Record<string, string>): Promise<void> {
  const visits = await measure<VisitFigures>('visit-once', settings);
  for (const [name, { p99Ms, bareMs }] of Object.entries(visits))
    print(
      `${name}-p99-at-${accounts} ${p99Ms.toFixed(1)} ms (baseline ${bareMs.toFixed(2)} same bytes from a bare route, ratio ${(p99Ms / bareMs).toFixed(1)})`,
    );
  const { imported, seconds, bareSeconds } = await measure<ImportFigures>('import-once', {
    ...settings,
    ROWS: String(IMPORTED),
  });
  if (imported !== IMPORTED) throw new Error(`${imported} of ${IMPORTED} orders were imported`);
  print(
    `import-orders-at-${accounts} ${(imported / seconds).toFixed(0)} rows per second (baseline ${(IMPORTED / bareSeconds).toFixed(0)} kept straight on the shelf, ratio ${(bareSeconds / seconds).toFixed(2)})`,
  );
}
