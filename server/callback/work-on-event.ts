import type { Context } from '../context.ts';
import { handlerOf } from './dispatch.ts';

/** After each failed try the next one waits so long; after the last the event is parked as failed. */
const PAUSES_SECONDS = [5, 30, 120, 600, 3600];

/** What became of one try. */
export type Worked = 'done' | 'later' | 'failed' | 'taken';

/**
 * Works once on a kept event: at most one worker at a time, failures tried again later, the last one parked.
 * Handlers may be repeated, so an event whose worker died is simply worked on again.
 */
export async function workOnEvent(context: Context, id: string): Promise<Worked> {
  const { inbox, log, now } = context;
  const event = await inbox.take(id, now());
  if (!event) return 'taken';
  try {
    await handlerOf(event.kind)?.(context, event);
    await inbox.finish(id, now());
    return 'done';
  } catch (error) {
    const reason = String(error).slice(0, 500);
    const pause = PAUSES_SECONDS[event.tries - 1];
    log.error({ error, eventId: id, kind: event.kind, tries: event.tries }, 'event not worked through');
    if (pause === undefined) await inbox.park(id, reason);
    else await inbox.postpone(id, new Date(now().getTime() + pause * 1000), reason);
    return pause === undefined ? 'failed' : 'later';
  }
}
