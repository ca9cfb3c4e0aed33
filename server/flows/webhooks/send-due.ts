import type { Context } from '../../context.ts';
import { nextHookTryAt } from '../../domain/system/webhook.ts';
import { reasonOf } from '../../errors.ts';
import type { Delivery } from '../../store/deliveries.ts';
import type { Webhook } from '../../store/webhooks.ts';

type Needs = Pick<Context, 'deliveries' | 'outgoing' | 'log' | 'now'>;

const AT_ONCE = 500;
/** Longer than a request may take: if nothing was settled by then, the process has died. */
const LEASE_MS = 60_000;

/**
 * Sends what is due to one webhook, the oldest change first, one after the other. The first failure ends the run for this
 * webhook, so that a server that is down is asked once and not five hundred times.
 *
 * @returns how many were taken by the other side
 */
export async function sendDue(context: Needs, hook: Webhook): Promise<{ sent: number; failed: number }> {
  const { deliveries, now } = context;
  let sent = 0;
  for (const delivery of await deliveries.due(hook._id, now(), AT_ONCE)) {
    if (!(await deliveries.take(delivery, new Date(now().getTime() + LEASE_MS)))) continue;
    if (!(await sendOne(context, hook, delivery))) return { sent, failed: 1 };
    sent += 1;
  }
  return { sent, failed: 0 };
}

async function sendOne(context: Needs, { url, secret }: Webhook, delivery: Delivery): Promise<boolean> {
  const { deliveries, now, log } = context;
  const { _id, changeId: id, event, body } = delivery;
  const tried = await post(context, { url, secret, id, event, body });
  if (tried.ok) {
    await deliveries.settle(_id, { state: 'sent', status: tried.status, error: null, endedAt: now() });
    return true;
  }
  const dueAt = nextHookTryAt(delivery.tries + 1, now());
  const next = dueAt ? { dueAt } : { state: 'failed' as const, endedAt: now() };
  await deliveries.settle(_id, { status: tried.status, error: tried.error, ...next });
  log.warn({ hookId: delivery.hookId, changeId: id, status: tried.status }, 'webhook not taken');
  return false;
}

type Message = Parameters<Context['outgoing']['post']>[0];
type Tried = { ok: boolean; status: number | null; error: string | null };

/** Only a 2xx says that the other side has it. */
async function post({ outgoing, now }: Needs, message: Message): Promise<Tried> {
  try {
    const status = await outgoing.post(message, now());
    const ok = status >= 200 && status < 300;
    return { ok, status, error: ok ? null : `answered ${status}` };
  } catch (error) {
    return { ok: false, status: null, error: reasonOf(error).slice(0, 300) };
  }
}
