import { z } from 'zod';
import { dropTokens } from '../api/token.ts';
import type { Platform } from '../platform.ts';
import { check } from './act-routes.ts';

/** One order: which API, how often, and what goes wrong. */
const faultFields = z.object({
  /** The API, whole or its end; `*` means every one. */
  path: z.string(),
  times: z.number().int().min(1).default(1),
  errcode: z.number().int().optional(),
  status: z.number().int().min(400).max(599).optional(),
  latencyMs: z.number().min(0).max(60_000).optional(),
  isCut: z.boolean().optional(),
  isGarbage: z.boolean().optional(),
  isAfterwards: z.boolean().optional(),
});

const orderFields = z.union([
  faultFields,
  z.object({ clear: z.literal(true) }),
  z.object({ dropTokens: z.literal(true) }),
]);

/** Orders a fault for coming calls; `{ clear: true }` takes all back, `{ dropTokens: true }` makes every token stale. @throws {ActionError} 400 */
export function orderFault(platform: Platform, body: unknown): void {
  const order = check(orderFields, body);
  if ('clear' in order) platform.faults.clear();
  else if ('dropTokens' in order) dropTokens(platform);
  else {
    const { path, times, ...fault } = order;
    platform.faults.next(path, fault, times);
  }
}
