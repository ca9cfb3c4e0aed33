import { addMonths, type Day } from '../calendar.ts';

/** What somebody set by hand against what is computed; it wins until the end of `expiresOn`. Source: domain.md §3–§5. */
export type Override<Value> = {
  value: Value;
  reason: string;
  by: string; // staff id
  at: Date;
  expiresOn: Day;
};

/** What was set by hand, while it holds; null when nothing was, or it has expired. */
export function inForce<Value>(override: Override<Value> | null | undefined, today: Day): Value | null {
  return override && today <= override.expiresOn ? override.value : null;
}

/** When a mark that holds for `months` ends. */
export const expiryAfter = (months: number, today: Day): Day => addMonths(today, months);

/** What can be set by hand, and the field of the account that keeps it. */
export const OVERRIDE_FIELDS = { tier: 'tierPin', stage: 'stagePin', strategic: 'strategicMark' } as const;
export type OverrideKind = keyof typeof OVERRIDE_FIELDS;

/** A pin without an end of its own holds so long. */
export const USUAL_MONTHS = 12;

/** Nothing that is set by hand holds longer than this. */
const MOST_MONTHS = 24;

/** True when something that is set today may end on that day: today at the earliest, in 24 months at the latest. */
export const isFitExpiry = (expiresOn: Day, today: Day): boolean =>
  expiresOn >= today && expiresOn <= addMonths(today, MOST_MONTHS);

/** What of an account may stand against the computed value, as pages name it. */
export const BY_HAND = ['tier', 'stage', 'valueClass'] as const;
type ByHand = (typeof BY_HAND)[number];

type Whys = {
  tierWhy: { rule: string } | null;
  stageWhy: { isManual: boolean } | null;
  valueClassWhy: { rule: string; mark: object | null } | null;
};

/** What was set by hand when the account was last classified: pages show it as pinned, not as computed. Source: domain.md §3–§5. */
export function byHandOf({ tierWhy, stageWhy, valueClassWhy }: Whys): ByHand[] {
  const is: Record<ByHand, boolean> = {
    tier: tierWhy?.rule === 'pinned',
    stage: stageWhy?.isManual === true,
    valueClass: valueClassWhy?.rule === 'strategic' && valueClassWhy.mark !== null,
  };
  return BY_HAND.filter((about) => is[about]);
}
