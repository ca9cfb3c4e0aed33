import type { Context } from '../context.ts';
import { endWarnings } from '../flows/warnings/end-warnings.ts';

/** What follows when a touch, a promise, a closed loop or another owner changed what is owed: warnings whose fact has ended go with it. */
export async function afterTouch<Answer>(
  context: Context,
  accountId: string,
  answer: Promise<Answer>,
): Promise<Answer> {
  const done = await answer;
  await endEnded(context, accountId);
  return done;
}

/** What happened is kept by then, so a failure of this is only logged; the next night does the same. */
export async function endEnded(context: Context, accountId: string): Promise<void> {
  await endWarnings(context, accountId).catch((error: unknown) =>
    context.log.warn({ error, accountId }, 'a warning ends at night'),
  );
}
