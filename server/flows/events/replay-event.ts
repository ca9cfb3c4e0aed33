import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

/** What became of one try. */
type Worked = 'done' | 'later' | 'failed' | 'taken';

/**
 * Puts one parked or done event back to the beginning, and has it worked on at once.
 *
 * @returns how it went, and why it failed again.
 * @throws {AppError} 404 `event_not_found`.
 */
export async function replayEvent(
  { inbox, now }: Pick<Context, 'inbox' | 'now'>,
  id: string,
  work: (id: string) => Promise<Worked>,
): Promise<{ outcome: Worked; error: string | null }> {
  if (!(await inbox.find(id))) throw new AppError(404, 'event_not_found', { message: '没有这个事件' });
  await inbox.replay([id], now());
  const outcome = await work(id);
  return { outcome, error: (await inbox.find(id))?.error ?? null };
}
