import type { Context } from '../../context.ts';
import { endWarnings } from './end-warnings.ts';

/**
 * Ends the warnings of an account whose fact has ended, after something else was done that is kept by then: a failure is only
 * logged, and the next night does the same.
 */
export async function endEndedWarnings(
  context: Parameters<typeof endWarnings>[0] & Pick<Context, 'log'>,
  accountId: string,
): Promise<void> {
  await endWarnings(context, accountId).catch((error: unknown) =>
    context.log.warn({ error, accountId }, 'a warning ends at night'),
  );
}
