import { startPlatform } from './a-platform.ts';
import { measure } from './measure.ts';

const RELATIONS = 10_000;
const STAFF = 50;

/** What the measured process tells. */
export type TaggingFigures = { seconds: number; tagged: number; failed: number };

/** Tagging every relation of a book for the first time, against as many bare calls, three at a time. */
export async function benchTagging(print: (line: string) => void): Promise<void> {
  const size = { relations: RELATIONS, staff: STAFF };
  const platform = await startPlatform(size);
  const own = await measure<TaggingFigures>('tag-once', platform.settings);
  await platform.stop();
  const bare = await startPlatform(size);
  const least = await measure<{ seconds: number }>('mark-tags', bare.settings);
  await bare.stop();
  if (own.failed > 0 || own.tagged !== RELATIONS)
    throw new Error(`${own.tagged} of ${RELATIONS} relations tagged, ${own.failed} failed`);
  print(
    `bulk-tagging ${(RELATIONS / own.seconds).toFixed(0)} relations per second, none refused (baseline ${(RELATIONS / least.seconds).toFixed(0)} bare mark_tag calls, 3 at a time, ratio ${(least.seconds / own.seconds).toFixed(2)})`,
  );
}
