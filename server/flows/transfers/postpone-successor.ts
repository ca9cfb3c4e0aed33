import type { Context } from '../../context.ts';
import { WecomError } from '../../wecom/client/error.ts';

/** Greys the card about an heir; the accounts wait in the pool. Repeatable. */
export async function postponeSuccessor(
  { wecom, log }: Pick<Context, 'wecom' | 'log'>,
  { staffId, responseCode }: { staffId: string; responseCode: string },
): Promise<void> {
  await wecom.messages.disableButtons(responseCode, [staffId], '稍后处理').catch((error: unknown) => {
    if (!(error instanceof WecomError) || error.isTransient) throw error;
    log.warn({ error, staffId }, 'card not greyed');
  });
}
