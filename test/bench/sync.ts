import { startPlatform } from './a-platform.ts';
import { measure } from './measure.ts';

const SIZES = [10_000, 100_000] as const;
const STAFF = 50;
/** How long WeCom takes for a page. The short one leaves two cores no time to wait: platform, product and database share them. */
const [LATENCY_MS, LONG_LATENCY_MS] = [30, 100];

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
    const { own, bare } = await syncAt(print, relations, LATENCY_MS);
    perRow.push(own.seconds / relations);
    print(
      `sync-without-news-${relations} ${own.againSeconds.toFixed(1)} s (baseline ${bare.seconds.toFixed(1)} s, ratio ${(own.againSeconds / bare.seconds).toFixed(2)})`,
    );
    print(
      `sync-peak-memory-${relations} ${own.peakMb.toFixed(0)} MB (baseline ${own.idleMb.toFixed(0)} MB before it, ratio ${(own.peakMb / own.idleMb).toFixed(2)})`,
    );
  }
  await syncAt(print, SIZES[1], LONG_LATENCY_MS);
  const [small = 1, large = 1] = perRow;
  print(
    `sync-growth ${(large / small).toFixed(2)} per relation (baseline 1 at ${SIZES[0]}, ratio ${(large / small).toFixed(2)})`,
  );
}

/** A corp of `relations` whose platform takes `latencyMs` for a page. */
async function syncAt(print: (line: string) => void, relations: number, latencyMs: number) {
  const platform = await startPlatform({ relations, staff: STAFF, latencyMs });
  const bare = await measure<{ seconds: number; pages: number }>('read-pages', platform.settings);
  const own = await measure<SyncFigures>('sync-once', platform.settings);
  await platform.stop();
  if (own.rows !== relations) throw new Error(`${own.rows} of ${relations} relations were read`);
  const ratio = (own.seconds / bare.seconds).toFixed(2);
  print(
    `first-sync-${relations}-at-${latencyMs}-ms ${own.seconds.toFixed(1)} s (baseline ${bare.seconds.toFixed(1)} s to read the ${bare.pages} pages alone, ratio ${ratio})`,
  );
  return { own, bare };
}
