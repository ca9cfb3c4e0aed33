import type { Context } from '../../context.ts';
import type { Webhook } from '../../store/webhooks.ts';

type Needs = Pick<Context, 'deliveries' | 'audit' | 'now'>;

/** `since` null: what was given up; else everything that happened since then, also what was sent. */
type ReplayWish = { since: Date | null; by: string };

/** Sends messages of a webhook again, under the ids they had; the next run takes them. @returns how many */
export async function replayDeliveries(
  { deliveries, audit, now }: Needs,
  { _id }: Webhook,
  { since, by }: ReplayWish,
): Promise<number> {
  const states = since ? (['sent', 'failed'] as const) : (['failed'] as const);
  const replayed = await deliveries.replay(_id, { states, since }, now());
  const note = { by, at: now(), act: 'webhook.replay', subject: `webhook:${_id}` };
  await audit.note([{ ...note, from: null, to: { since, replayed } }]);
  return replayed;
}
