import type { Context } from '../../context.ts';
import { DELIVERY_STATES, type DeliveryState } from '../../domain/system/webhook.ts';

/** Which to list; `state` left out: all. */
type Wish = { state?: DeliveryState | undefined; limit: number };

/** Messages of one webhook, the latest change first; without what they say. */
export async function listDeliveries(
  { deliveries }: Pick<Context, 'deliveries'>,
  hookId: string,
  { state, limit }: Wish,
) {
  const found = await deliveries.list(hookId, { states: state ? [state] : DELIVERY_STATES, limit });
  return found.map(({ changeId, event, tries, status, error, ...delivery }) => ({
    id: changeId,
    event,
    state: delivery.state,
    tries,
    status,
    error,
    happenedAt: delivery.happenedAt.toISOString(),
    dueAt: delivery.state === 'waiting' ? delivery.dueAt.toISOString() : null,
    endedAt: delivery.endedAt?.toISOString() ?? null,
  }));
}
