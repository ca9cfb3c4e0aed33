import type { Context } from '../../context.ts';
import { eventOf, hookBody } from '../../domain/system/webhook.ts';
import type { Delivery } from '../../store/deliveries.ts';
import type { KeptAnnouncement } from '../../store/announcements.ts';
import type { KeptChange } from '../../store/history.ts';
import type { Webhook } from '../../store/webhooks.ts';

type Needs = Pick<Context, 'accounts' | 'announcements' | 'deliveries' | 'history' | 'webhooks' | 'now'>;

const BATCH = 500;

type Happening = KeptChange | KeptAnnouncement;

/** Where news come from: changes of accounts out of their history, and announcements of everything else. */
type Source = { fresh: () => Promise<Happening[]>; markHeard: (ids: string[]) => Promise<void> };

/**
 * Puts everything that is new into the outbox of the webhooks that asked for it. It counts as heard only when it is in
 * there: cut short, the next run does the same once more, and nothing twice. @returns how many messages wait now for the first time
 */
export async function fillOutbox(context: Needs): Promise<number> {
  const { history, announcements } = context;
  const changes = { fresh: () => history.fresh(BATCH), markHeard: history.markHeard };
  const news = { fresh: () => announcements.fresh(BATCH), markHeard: announcements.drop };
  return (await fillFrom(context, changes)) + (await fillFrom(context, news));
}

async function fillFrom(context: Needs, source: Source): Promise<number> {
  let added = 0;
  for (;;) {
    const fresh = await source.fresh();
    if (fresh.length === 0) return added;
    // Read after what happened: whoever asked before one of them happened is among these.
    const hooks = await context.webhooks.all();
    const deliveries = hooks.length > 0 ? await deliveriesOf(context, fresh, hooks) : [];
    await context.deliveries.addAll(deliveries);
    await source.markHeard(fresh.map(({ _id }) => _id));
    added += deliveries.length;
  }
}

const NEW = { state: 'waiting', tries: 0, status: null, error: null, endedAt: null } as const;

async function deliveriesOf(
  { accounts, now }: Needs,
  happenings: readonly Happening[],
  hooks: readonly Webhook[],
): Promise<Delivery[]> {
  const found = await accounts.findMany([...new Set(happenings.map(({ accountId }) => accountId))]);
  const byId = new Map(found.map((account) => [account._id, account]));
  return happenings.flatMap((each) => {
    const event = eventOf(each);
    const asking = hooks.filter(({ events, createdAt }) => events.includes(event) && createdAt <= each.at);
    const body = hookBody(each, byId.get(each.accountId) ?? null);
    return asking.map(({ _id: hookId }) => ({
      ...NEW,
      _id: `${hookId}:${each._id}`,
      hookId,
      changeId: each._id,
      event,
      body,
      dueAt: now(),
      happenedAt: each.at,
    }));
  });
}
