import { z } from 'zod';
import { dropTokens } from '../api/token.ts';
import type { Platform } from '../platform.ts';
import { check } from './check-body.ts';

/** Which of the calls go wrong. */
const planFields = {
  times: z.number().int().min(1).optional(),
  everyNth: z.number().int().min(1).optional(),
  /** Percent. */
  share: z.number().min(0).max(100).optional(),
  forSeconds: z.number().min(0).optional(),
};

/** One order: which API, how often, and what goes wrong. */
const faultFields = z.object({
  /** The API, whole or its end; `*` stands for anything. */
  path: z.string(),
  errcode: z.number().int().optional(),
  status: z.number().int().min(400).max(599).optional(),
  latencyMs: z.number().min(0).max(600_000).optional(),
  isCut: z.boolean().optional(),
  isGarbage: z.boolean().optional(),
  isMisshapen: z.boolean().optional(),
  isForeign: z.boolean().optional(),
  bodyMs: z.number().min(0).max(600_000).optional(),
  hugeMb: z.number().min(0).max(256).optional(),
  isAfterwards: z.boolean().optional(),
  ...planFields,
});

/** The same for callbacks. */
const callbackFields = z.object({
  /** Event/ChangeType or its end; `*` stands for anything. */
  callback: z.string(),
  kind: z.enum(['drop', 'duplicate', 'reorder', 'delay']),
  waitMs: z.number().min(0).max(600_000).optional(),
  ...planFields,
});

const orderFields = z.union([
  faultFields,
  callbackFields,
  z.object({ clear: z.literal(true) }),
  z.object({ dropTokens: z.literal(true) }),
]);

/**
 * Orders a fault for coming calls or callbacks: once, unless the plan says how often. `{ clear: true }` takes all back,
 * `{ dropTokens: true }` makes every token stale.
 *
 * @throws {ActionError} 400
 */
export function orderFault(platform: Platform, body: unknown): void {
  const order = check(orderFields, body);
  if ('clear' in order) return platform.faults.clear();
  if ('dropTokens' in order) return dropTokens(platform);
  const { times, everyNth, share, forSeconds, ...what } = order;
  const isOpenEnded = [everyNth, share, forSeconds].some((limit) => limit !== undefined);
  const plan = { times: times ?? (isOpenEnded ? undefined : 1), everyNth, share, forSeconds };
  if ('path' in what) {
    const { path, ...fault } = what;
    platform.faults.plan(path, fault, plan);
  } else platform.faults.planCallbacks(what.callback, { kind: what.kind, waitMs: what.waitMs }, plan);
}
