import { startPlatform } from './a-platform.ts';
import { measure } from './measure.ts';

const SIZES = [10_000, 100_000] as const;
const STAFF = 50;
const LATENCY_MS = 30;

/** What the measured process tells. */
export type SyncFigures = {
  rows: number;
  seconds: number;
  againSeconds: number;
  peakMb: number;
  idleMb: number;
};

/**
 * The first synchronisation and the one after it, in a process of its own: time and peak memory, against the time in which
 * the same number of pages can be read at all with as many readers, and the growth from ten to a hundred thousand.
 */
export async function benchSync(print: (line: string) => void): Promise<void> {
  const perRow: number[] = [];
  for (const relations of SIZES) {
    const platform = await startPlatform({ relations, staff: STAFF, latencyMs: LATENCY_MS });
    const bare = await measure<{ seconds: number; pages: number }>('read-pages', platform.settings);
    const own = await measure<SyncFigures>('sync-once', platform.settings);
    await platform.stop();
    if (own.rows !== relations) throw new Error(`${own.rows} of ${relations} relations were read`);
    perRow.push(own.seconds / relations);
    print(
      `first-sync-${relations} ${own.seconds.toFixed(1)} s (baseline ${bare.seconds.toFixed(1)} s to read the ${bare.pages} pages of ${LATENCY_MS} ms alone, ratio ${(own.seconds / bare.seconds).toFixed(2)})`,
    );
    print(
      `sync-without-news-${relations} ${own.againSeconds.toFixed(1)} s (baseline ${bare.seconds.toFixed(1)} s, ratio ${(own.againSeconds / bare.seconds).toFixed(2)})`,
    );
    print(
      `sync-peak-memory-${relations} ${own.peakMb.toFixed(0)} MB (baseline ${own.idleMb.toFixed(0)} MB before it, ratio ${(own.peakMb / own.idleMb).toFixed(2)})`,
    );
  }
  const [small = 1, large = 1] = perRow;
  print(
    `sync-growth ${(large / small).toFixed(2)} per relation (baseline 1 at ${SIZES[0]}, ratio ${(large / small).toFixed(2)})`,
  );
}
