import type { Context } from '../../context.ts';
import { hookBody, hookEventOf } from '../../domain/webhook.ts';
import type { Delivery } from '../../store/deliveries.ts';
import type { KeptChange } from '../../store/history.ts';
import type { Webhook } from '../../store/webhooks.ts';

type Needs = Pick<Context, 'accounts' | 'deliveries' | 'history' | 'webhooks' | 'now'>;

const BATCH = 500;

/**
 * Puts every change that is new into the outbox of the webhooks that asked for it. A change counts as heard only when it is in
 * there: cut short, the next run does the same once more, and nothing twice. @returns how many messages wait now for the first time
 */
export async function fillOutbox(context: Needs): Promise<number> {
  let added = 0;
  for (;;) {
    const fresh = await context.history.fresh(BATCH);
    if (fresh.length === 0) return added;
    // Read after the changes: whoever asked before one of them happened is among these.
    const hooks = await context.webhooks.all();
    const deliveries = hooks.length > 0 ? await deliveriesOf(context, fresh, hooks) : [];
    await context.deliveries.addAll(deliveries);
    await context.history.markHeard(fresh.map(({ _id }) => _id));
    added += deliveries.length;
  }
}

const NEW = { state: 'waiting', tries: 0, status: null, error: null, endedAt: null } as const;

async function deliveriesOf(
  { accounts, now }: Needs,
  changes: readonly KeptChange[],
  hooks: readonly Webhook[],
): Promise<Delivery[]> {
  const found = await accounts.findMany([...new Set(changes.map(({ accountId }) => accountId))]);
  const byId = new Map(found.map((account) => [account._id, account]));
  return changes.flatMap((change) => {
    const event = hookEventOf(change.kind);
    const asking = hooks.filter(({ events, createdAt }) => events.includes(event) && createdAt <= change.at);
    const body = hookBody(change, byId.get(change.accountId) ?? null);
    return asking.map(({ _id: hookId }) => ({
      ...NEW,
      _id: `${hookId}:${change._id}`,
      hookId,
      changeId: change._id,
      event,
      body,
      dueAt: now(),
      happenedAt: change.at,
    }));
  });
}
