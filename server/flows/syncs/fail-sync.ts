import type { Context } from '../../context.ts';
import { failureText } from '../../domain/sync/sync-run.ts';
import { WecomError } from '../../wecom/client/error.ts';

/** Keeps why a synchronisation was cut short, so that nobody takes it for one under way; the next one goes on with it. */
export async function failSync(
  { syncs, now }: Pick<Context, 'syncs' | 'now'>,
  error: unknown,
): Promise<void> {
  const latest = await syncs.latest();
  const isFirst = !(await syncs.hasEnded());
  const run = latest?.state === 'running' ? latest : await syncs.begin({ isFull: false, isFirst }, now());
  await syncs.fail(run._id, failureText(error instanceof WecomError ? error : null));
}
