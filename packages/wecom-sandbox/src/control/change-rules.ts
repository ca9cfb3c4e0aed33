import { z } from 'zod';
import { ActionError } from '../action-error.ts';
import type { Platform } from '../platform.ts';
import { USUAL_RULES } from '../rules.ts';
import type { PlatformRules } from '../rules.ts';
import { check } from './check-body.ts';

type RuleName = keyof PlatformRules;

const count = z.number().min(0);
const limit = count.nullable();
const texts = z.array(z.string());
const limits = { perMinute: limit.optional(), perHour: limit.optional(), perDay: limit.optional() };

/** Rules that allow other values than the kind of the usual one. */
const SHAPES: Partial<Record<RuleName, z.ZodType>> = {
  callsPerDay: limit,
  callsPerMonth: limit,
  callLimits: z.record(z.string(), z.strictObject({ ...limits, perMonth: limit.optional() })),
  massPeriod: z.enum(['day', 'week', 'month']),
  massPerPeriod: limit,
  trustedIps: texts.nullable(),
  wrongSecretErrcode: z.literal([40001, 40091]),
  unseenErrcode: z.literal([60011, 60021]),
  foreignTagErrcode: z.literal([81011, 301002]),
  clockSkewSeconds: z.number(),
  staffEvents: z.enum(['none', 'ids', 'full']),
  rivalApp: z.enum(['none', 'slow', 'first']),
  xmlStyle: z
    .object({
      memChangeList: z.enum(['items', 'list']),
      cdata: z.enum(['texts', 'none', 'mixed']),
      hasBom: z.boolean(),
      msgId: z.enum(['number', 'text']),
      order: z.enum(['usual', 'shuffled']),
      hasEmptyAgentId: z.boolean(),
    })
    .partial()
    .transform((style) => ({ ...USUAL_RULES.xmlStyle, ...style })),
};

/** The shape of a rule: its own, or the kind of its usual value. */
function shapeOf(name: RuleName): z.ZodType {
  const known = SHAPES[name];
  if (known) return known;
  const usual = USUAL_RULES[name];
  if (typeof usual === 'number') return count;
  return typeof usual === 'boolean' ? z.boolean() : texts;
}

const rulesShape = z.union([
  z.strictObject({ reset: z.literal(true) }),
  z
    .strictObject(
      Object.fromEntries(
        (Object.keys(USUAL_RULES) as RuleName[]).map((name) => [name, shapeOf(name)] as const),
      ),
    )
    .partial(),
]);

/** Changes some rules for everything that comes, or with `{ reset: true }` takes every deviation back. @throws {ActionError} 400 */
export function changeRules({ rules }: Platform, body: unknown): PlatformRules {
  const order = check(rulesShape, body);
  if (Object.keys(order).length === 0) throw new ActionError(400, 'invalid_body', '请写明要改的规则');
  Object.assign(rules, 'reset' in order ? USUAL_RULES : order);
  return rules;
}
