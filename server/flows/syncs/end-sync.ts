import type { Context } from '../../context.ts';
import { perStaffOf, sumOfAside } from '../../domain/sync/drift.ts';
import { asideText, doubtText } from '../../domain/sync/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';

/** Ends a run: `stopped` when something was not believed, which administrators are told until a later run goes well. */
export async function endSync(
  { syncs, notices, log, now }: Pick<Context, 'syncs' | 'notices' | 'log' | 'now'>,
  runId: string,
): Promise<SyncRun> {
  const { counts, perStaff, ...found } = await syncs.find(runId);
  const isDoubted = counts.suspicious > 0;
  const warning = isDoubted ? doubtText(counts.suspicious) : null;
  const [kind, subject] = ['sync-suspicious', ''];
  if (warning) {
    log.error({ missing: counts.suspicious }, 'sync not believed: too much is missing from the answer');
    await notices.raise({ kind, subject, text: warning }, now());
  } else await notices.resolve(kind, subject, now());
  const aside = sumOfAside(found.aside);
  if (aside.length > 0) {
    log.warn({ aside }, 'parts of the sync set aside');
    await notices.raise({ kind: 'sync-aside', subject: '', text: asideText(aside) }, now());
  } else await notices.resolve('sync-aside', '', now());
  const state = isDoubted ? 'stopped' : 'done';
  const fields = { state, warning, perStaff: perStaffOf(perStaff), aside } as const;
  await syncs.end(runId, fields, now());
  return syncs.find(runId);
}
