import { measure } from './measure.ts';
import { startPlatform } from './a-platform.ts';

const EVENTS = 2000;

/** What the measured process tells. */
export type EventFigures = { seconds: number; bareSeconds: number; left: number };

/** Events worked through to the end: asked, kept, placed and tagged, against the calls to WeCom alone that each needs. */
export async function benchEvents(print: (line: string) => void): Promise<void> {
  const platform = await startPlatform({ relations: EVENTS, staff: 20 });
  const { seconds, bareSeconds, left } = await measure<EventFigures>('work-events', platform.settings);
  await platform.stop();
  if (left > 0) throw new Error(`${left} events were left`);
  print(
    `events-to-the-end ${(EVENTS / seconds).toFixed(0)} per second (baseline ${(EVENTS / bareSeconds).toFixed(0)} of the two WeCom calls that each needs, ratio ${(bareSeconds / seconds).toFixed(2)})`,
  );
}
