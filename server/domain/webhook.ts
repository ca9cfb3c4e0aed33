/** What a webhook may be told: every change of an account that is kept. `account.changed`: made, merged, split or renamed. */
export const HOOK_EVENTS = [
  'account.tier_changed',
  'account.stage_changed',
  'account.value_class_changed',
  'account.owner_changed',
  'account.changed',
] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

const OF_KINDS: Readonly<Record<string, HookEvent>> = {
  tier: 'account.tier_changed',
  stage: 'account.stage_changed',
  value_class: 'account.value_class_changed',
  owner: 'account.owner_changed',
};

/** How a webhook calls a change of that kind. */
export const hookEventOf = (kind: string): HookEvent => OF_KINDS[kind] ?? 'account.changed';

/** The event of a trial that an administrator asks for. */
export const TEST_EVENT = 'test';

/** `waiting` for its (next) try; `sent`: taken with a 2xx; `failed`: given up, until somebody replays it. */
export const DELIVERY_STATES = ['waiting', 'sent', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How long after each failed try the next one follows, in seconds; about three days in all. */
const PAUSES_SECONDS = [10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400];

/** When to try again after so many failed tries; null: given up. */
export function nextHookTryAt(tries: number, now: Date): Date | null {
  const pause = PAUSES_SECONDS[tries - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * 1000);
}

/** A change of an account, as it is kept. */
type Change = {
  _id: string;
  kind: string;
  accountId: string;
  from: string;
  to: string;
  why: unknown;
  by: string;
  at: Date;
};

/** What is sent: `id` is the same for every try and every replay, so that a receiver can tell. */
export function hookBody(
  { _id, kind, accountId, from, to, why, by, at }: Change,
  account: { name: string; externalId?: string | undefined } | null,
): string {
  return JSON.stringify({
    id: _id,
    event: hookEventOf(kind),
    at: at.toISOString(),
    account: { id: accountId, externalId: account?.externalId ?? null, name: account?.name ?? null },
    from,
    to,
    why,
    by,
  });
}
