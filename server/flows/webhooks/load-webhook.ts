import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Webhook } from '../../store/webhooks.ts';

/** A webhook with its secret. @throws {AppError} 404 `webhook_not_found` */
export async function loadWebhook({ webhooks }: Pick<Context, 'webhooks'>, hookId: string): Promise<Webhook> {
  const hook = await webhooks.find(hookId);
  if (!hook) throw new AppError(404, 'webhook_not_found', { message: '没有这个 webhook' });
  return hook;
}
