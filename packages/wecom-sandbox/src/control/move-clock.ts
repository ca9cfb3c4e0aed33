import { z } from 'zod';
import { ActionError } from '../action-error.ts';
import type { Platform } from '../platform.ts';
import { check } from './check-body.ts';

const clockFields = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ at: z.iso.datetime({ offset: true }) }),
  z.strictObject({ reset: z.literal(true) }),
]);

/** The platform's time and how far it is ahead of the clock that it was opened with, seconds. */
export function showClock({ clock }: Platform): { now: string; offsetSeconds: number } {
  return { now: clock.now().toISOString(), offsetSeconds: clock.offsetSeconds() };
}

/** Moves the clock, and does what has come due. @throws {ActionError} 400 */
export function moveClock(platform: Platform, body: unknown): { now: string; offsetSeconds: number } {
  const order = check(clockFields, body);
  try {
    if ('advanceSeconds' in order) platform.clock.advance(order.advanceSeconds);
    else if ('at' in order) platform.clock.set(order.at);
    else platform.clock.reset();
  } catch (error) {
    if (error instanceof RangeError) throw new ActionError(400, 'invalid_body', '时间最多可以移动十年');
    throw error;
  }
  return showClock(platform);
}
