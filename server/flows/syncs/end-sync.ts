import type { Context } from '../../context.ts';
import { perStaffOf } from '../../domain/drift.ts';
import { doubtText } from '../../domain/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

/** Ends a run: `stopped` when something was not believed, which administrators are told until a later run goes well. */
export async function endSync(
  { syncs, notices, log, now }: Pick<Context, 'syncs' | 'notices' | 'log' | 'now'>,
  runId: string,
): Promise<SyncRun> {
  const { counts, perStaff } = await syncs.find(runId);
  const isDoubted = counts.suspicious > 0;
  const warning = isDoubted ? doubtText(counts.suspicious) : null;
  const [kind, subject] = ['sync-suspicious', ''];
  if (warning) {
    log.error({ missing: counts.suspicious }, 'sync not believed: too much is missing from the answer');
    await notices.raise({ kind, subject, text: warning }, now());
  } else await notices.resolve(kind, subject, now());
  const fields = { state: isDoubted ? 'stopped' : 'done', warning, perStaff: perStaffOf(perStaff) } as const;
  await syncs.end(runId, fields, now());
  return syncs.find(runId);
}
