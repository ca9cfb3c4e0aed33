import type { Context } from '../../context.ts';
import { TEST_EVENT } from '../../domain/system/webhook.ts';
import { reasonOf } from '../../errors.ts';
import type { Webhook } from '../../store/webhooks.ts';

/** What became of a trial: the status that was answered, or why none came. */
type Trial = { ok: boolean; status: number | null; error: string | null };

/** Sends one signed trial message now, and tells what came back; it is not repeated. */
export async function testWebhook(
  { outgoing, now }: Pick<Context, 'outgoing' | 'now'>,
  { _id, url, secret }: Webhook,
): Promise<Trial> {
  const at = now();
  const id = `${_id}:test:${at.getTime()}`;
  const body = JSON.stringify({ id, event: TEST_EVENT, at: at.toISOString() });
  try {
    const status = await outgoing.post({ url, secret, id, event: TEST_EVENT, body }, at);
    return { ok: status >= 200 && status < 300, status, error: null };
  } catch (error) {
    return { ok: false, status: null, error: reasonOf(error) };
  }
}
