import type { Context } from '../context.ts';
import { endWarnings } from '../flows/warnings/end-warnings.ts';

/** What follows when a touch, a promise or a closed loop changed what is owed: warnings whose fact has ended go with it. */
export async function afterTouch<Answer>(
  context: Context,
  accountId: string,
  answer: Promise<Answer>,
): Promise<Answer> {
  const done = await answer;
  await endWarnings(context, accountId).catch((error: unknown) =>
    context.log.warn({ error, accountId }, 'a warning ends at night'),
  );
  return done;
}
