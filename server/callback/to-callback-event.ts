import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import { handlerOf } from './dispatch.ts';
import { parseEvent, type CallbackEvent } from './parse.ts';
import { ParseError } from './read-xml.ts';

/** An event as it is about to be kept. `_id` is the SHA-256 of the XML, so that a repeated delivery is the same event. */
export type Understood = CallbackEvent & { _id: string; state: 'waiting' | 'ignored' | 'failed' };

/** The event in an authentic letter; one that we cannot read is kept too, parked, so that nothing is lost. */
export function toCallbackEvent({ log, now }: Pick<Context, 'log' | 'now'>, xml: string): Understood {
  const _id = createHash('sha256').update(xml).digest('hex');
  try {
    const event = parseEvent(xml);
    return { _id, ...event, state: handlerOf(event.kind) ? 'waiting' : 'ignored' };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    log.error({ error, eventId: _id }, 'authentic callback not understood');
    return { _id, kind: 'unreadable', subject: _id, happenedAt: now(), fields: { xml }, state: 'failed' };
  }
}
