import type { Context } from '../context.ts';

/** A third of the lease, so that one renewal may fail. */
const RENEW_MS = 40_000;

/** Makes the lease of an event last while it is worked on; gives how to stop that. `everyMs` is for tests. */
export function holdLease(
  { inbox, log, now }: Pick<Context, 'inbox' | 'log' | 'now'>,
  held: { _id: string; owner: string | null },
  everyMs = RENEW_MS,
): () => void {
  const renew = async () => {
    if (!(await inbox.renew(held, now()))) log.warn({ eventId: held._id }, 'lease of an event lost');
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      log.warn({ error, eventId: held._id }, 'lease of an event not renewed'),
    );
  }, everyMs);
  return () => clearInterval(timer);
}
