/** Every change of an account that is kept in its history. `account.changed`: made, merged, split or renamed. */
const ACCOUNT_EVENTS = [
  'account.tier_changed',
  'account.stage_changed',
  'account.value_class_changed',
  'account.owner_changed',
  'account.changed',
] as const;

/**
 * What happens to an account beside that. `recorded` and `changed` of a deal: by import or API, refunds and payments included;
 * `warning.raised`: also one that came back; `kdm.changed`: the profile of a contact; `nps.answered`: also a corrected answer.
 */
const ANNOUNCED_EVENTS = [
  'warning.raised',
  'warning.resolved',
  'order.recorded',
  'order.changed',
  'opportunity.recorded',
  'opportunity.changed',
  'contract.recorded',
  'contract.changed',
  'kdm.changed',
  'nps.answered',
  'complaint.opened',
  'complaint.closed',
] as const;
type AnnouncedEvent = (typeof ANNOUNCED_EVENTS)[number];

/** Something that webhooks are to be told beside changes of accounts. Of people only ids. */
export type Announcement = {
  event: AnnouncedEvent;
  accountId: string;
  subjectId: string; // of what the event is named for: the warning, the order …
  contactId: string | null;
  by: string; // a job's name, a command, a staff id or an API key
  at: Date;
};

/** What is told of a warning that the watch raised or resolved. */
export const warningNews = (
  what: 'raised' | 'resolved',
  { id: subjectId, accountId, contactId }: { id: string; accountId: string; contactId: string | null },
  at: Date,
): Announcement => ({ event: `warning.${what}`, accountId, subjectId, contactId, by: 'watch-accounts', at });

/**
 * A webhook's address as far as others may read it: path and query often are its secret (robots of WeCom, Slack, DingTalk), and so
 * is what stands before the @.
 */
export function shownAddress(url: string): string {
  const [, origin = '', rest = ''] = /^([a-z]+:\/\/)(?:[^/?#]*@)?([^/?#]*)/i.exec(url) ?? [];
  const hasMore = url.replace(/^[a-z]+:\/\/[^/?#]*\/?/i, '') !== '';
  return origin ? `${origin}${rest}${hasMore ? '/…' : ''}` : '…';
}

/** A record as others may read it: older ones hold whole addresses of webhooks. */
export function shownEntry<Entry extends { act: string; from?: unknown; to?: unknown }>(entry: Entry): Entry {
  if (!entry.act.startsWith('webhook.')) return entry;
  return { ...entry, from: withShownAddress(entry.from), to: withShownAddress(entry.to) };
}

const withShownAddress = (value: unknown) =>
  typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string'
    ? { ...value, url: shownAddress(value.url) }
    : value;

/** What a webhook may be told. */
export const HOOK_EVENTS = [...ACCOUNT_EVENTS, ...ANNOUNCED_EVENTS] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

const OF_KINDS: Readonly<Record<string, HookEvent>> = {
  tier: 'account.tier_changed',
  stage: 'account.stage_changed',
  value_class: 'account.value_class_changed',
  owner: 'account.owner_changed',
};

/** How a webhook calls a change of that kind. */
const hookEventOf = (kind: string): HookEvent => OF_KINDS[kind] ?? 'account.changed';

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

/** Something to be told, as it is kept: a change of an account, or an announcement. */
type Happening = { _id: string; accountId: string; by: string; at: Date } & (
  { kind: string; from: string; to: string; why: unknown } | Announcement
);

/** How a webhook calls what happened. */
export const eventOf = (happening: Happening): HookEvent =>
  'event' in happening ? happening.event : hookEventOf(happening.kind);

/**
 * What is sent: `id` is the same for every try and every replay, so that a receiver can tell. Of an announcement only what it is
 * about, by its id: what that is now can be read through the API.
 */
export function hookBody(
  happening: Happening,
  account: { name: string; externalId?: string | undefined } | null,
): string {
  const { _id, accountId, by, at } = happening;
  return JSON.stringify({
    id: _id,
    event: eventOf(happening),
    at: at.toISOString(),
    account: { id: accountId, externalId: account?.externalId ?? null, name: account?.name ?? null },
    ...('event' in happening ? saidOf(happening) : changeOf(happening)),
    by,
  });
}

const changeOf = ({ from, to, why }: Extract<Happening, { kind: string }>) => ({ from, to, why });

const saidOf = ({ event, subjectId, contactId }: Announcement) => ({
  subject: { type: event.split('.')[0], id: subjectId },
  contactId,
});
