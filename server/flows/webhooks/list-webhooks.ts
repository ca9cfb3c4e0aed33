import type { Context } from '../../context.ts';

/** Every webhook with what waits for it and what was given up; never its secret. */
export async function listWebhooks({ webhooks, deliveries }: Pick<Context, 'webhooks' | 'deliveries'>) {
  const hooks = await webhooks.all();
  return Promise.all(
    hooks.map(async ({ _id, url, events, createdBy, createdAt }) => ({
      id: _id,
      url,
      events,
      createdBy,
      createdAt: createdAt.toISOString(),
      waiting: await deliveries.count(_id, 'waiting'),
      failed: await deliveries.count(_id, 'failed'),
    })),
  );
}
