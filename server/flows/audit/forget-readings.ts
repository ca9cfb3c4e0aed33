import type { Context } from '../../context.ts';

const DAY_MS = 86_400_000;

/**
 * Forgets who looked at what longer ago than the settings say; changes and refused requests are kept for good. What went is on
 * record, so that the log stays whole.
 *
 * @returns how many readings went.
 */
export async function forgetReadings(
  { audit, settings, now }: Pick<Context, 'audit' | 'settings' | 'now'>,
  by: string,
): Promise<number> {
  const { value } = await settings.readSection('audit');
  const at = now();
  return audit.forgetReadings({ before: new Date(at.getTime() - value.readingDays * DAY_MS), by, at });
}
