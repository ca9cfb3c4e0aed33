import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { EventWork } from './event-work.ts';

/** Between two looks into the inbox: while there is something to do, and at the longest, when there long was nothing. */
const BUSY_MS = 250;
const IDLE_MS = 1000;

/** So many events are taken out at a time, and none while so many wait in this process. */
const BATCH = 200;

export type Pump = { stop: () => Promise<void> };

/**
 * Feeds `work` with what is due in the inbox: events that another process kept and did not begin, tries whose pause is over,
 * and what was in the hands of somebody who died. Any number of processes may pump the same inbox.
 */
export function startPump(context: Pick<Context, 'inbox' | 'log' | 'now'>, work: EventWork): Pump {
  const stopping = new AbortController();
  const running = pump(context, work, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function pump(
  context: Pick<Context, 'inbox' | 'log' | 'now'>,
  work: EventWork,
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = BUSY_MS;
  while (!signal.aborted) {
    const found = await feed(context, work);
    pauseMs = found > 0 ? BUSY_MS : Math.min(pauseMs * 2, IDLE_MS);
    await delay(pauseMs, undefined, { signal }).catch(() => undefined); // only the signal ends it early
  }
}

/** Never throws: a database that is away comes back. @returns how many events were due */
async function feed({ inbox, log, now }: Pick<Context, 'inbox' | 'log' | 'now'>, work: EventWork) {
  if (work.size() >= BATCH) return BATCH;
  try {
    const due = await inbox.due(now(), BATCH);
    for (const event of due) work.push(event);
    return due.length;
  } catch (error) {
    log.error({ error }, 'inbox not read');
    return 0;
  }
}
