import type { Context } from '../../context.ts';
import { shownAddress } from '../../domain/system/webhook.ts';
import type { Webhook } from '../../store/webhooks.ts';

type Needs = Pick<Context, 'webhooks' | 'deliveries' | 'audit' | 'now'>;

/** Ends a webhook, and forgets what it was to be told. */
export async function deleteWebhook(
  { webhooks, deliveries, audit, now }: Needs,
  { _id, url, events }: Webhook,
  by: string,
): Promise<void> {
  if (!(await webhooks.remove(_id))) return;
  await deliveries.dropOf(_id);
  const note = { by, at: now(), act: 'webhook.delete', subject: `webhook:${_id}` };
  await audit.note([{ ...note, from: { url: shownAddress(url), events }, to: null }]);
}
