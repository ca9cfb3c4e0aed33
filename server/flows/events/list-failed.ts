import type { Context } from '../../context.ts';

/** Events that failed for good, the newest first, and how many there are; without their contents, which may be personal. */
export async function listFailed({ inbox }: Pick<Context, 'inbox'>, limit: number) {
  const [events, total] = await Promise.all([inbox.list('failed', limit), inbox.count('failed')]);
  return {
    total,
    events: events.map(({ _id: id, kind, subject, tries, error, receivedAt }) => ({
      id,
      kind,
      subject,
      tries,
      error,
      receivedAt: receivedAt.toISOString(),
    })),
  };
}
