import type { Context } from '../server/context.ts';
import type { SetAside } from '../server/domain/sync/drift.ts';
import { recomputeDue } from '../server/flows/accounts/recompute-due.ts';
import { placeContacts } from '../server/flows/accounts/place-contacts.ts';
import { markLost } from '../server/flows/contacts/mark-lost.ts';
import { detectUnlistedRelations } from '../server/flows/contacts/detect-unlisted-relations.ts';
import { syncContacts, type SyncOptions } from '../server/flows/contacts/sync-contacts.ts';
import { syncGroups } from '../server/flows/groups/sync-groups.ts';
import { beginGoLive } from '../server/flows/settings/begin-go-live.ts';
import { syncStaff } from '../server/flows/staff/sync-staff.ts';
import { endSync } from '../server/flows/syncs/end-sync.ts';
import { failSync } from '../server/flows/syncs/fail-sync.ts';
import { refreshTags } from '../server/flows/tags/refresh-tags.ts';
import { batchesOf } from '../server/infra/streams.ts';
import { each } from './each.ts';
import { ALL_DAY, type Job, type Tally } from './job.ts';

const NAME = 'sync-contacts';
/** The first one of a large corp takes hours at WeCom's pace. */
const DEADLINE_MS = 6 * 3_600_000;
const PLACED_AT_ONCE = 200;

/** The same job with what somebody who starts it by hand may wish for. */
export const syncContactsJobWith = (options: SyncOptions): Job => ({
  name: NAME,
  cron: '0 30 2 * * *',
  catchUp: ALL_DAY,
  deadlineMs: DEADLINE_MS,
  isGood: ({ suspicious }) => suspicious === 0,
  async run(context) {
    try {
      return await syncAll(context, options);
    } catch (error) {
      await failSync(context, error);
      throw error;
    }
  },
});

/** Every night: members, contacts, follow relations, groups and tags as WeCom has them, and every contact in an account. */
export const syncContactsJob: Job = syncContactsJobWith({});

async function syncAll(context: Context, options: SyncOptions): Promise<Tally> {
  const aside: SetAside[] = [];
  const followers = await syncStaff(context, (found) => aside.push(...found));
  const read = await syncContacts(context, followers, { ...options, aside });
  const run = await detectUnlistedRelations(context, read, { staffIds: followers, ...options });
  await markLost(context, run, options);
  const tags = await attempt(context, () => refreshTags(context).then(() => 0));
  const groups = await attempt(context, async () => {
    const { acceptsLosses = false } = options;
    return (await syncGroups(context, followers, { runId: run._id, acceptsLosses })).failed;
  });
  const { counts, aside: left } = await endSync(context, run._id);
  const placed = await placeAll(context);
  // Who was known to WeCom long before us is taken up little by little.
  if ((await beginGoLive(context)) || count(placed, 'done') > 0) await recomputeDue(context);
  const failed = tags + groups + count(placed, 'failed');
  return { staff: followers.length, ...counts, aside: sumOf(left), placed: count(placed, 'done'), failed };
}

/** Many at once; when that fails, one by one, so that nobody is held up by another. */
async function placeAll(context: Context): Promise<Tally> {
  const how = { log: context.log, name: NAME };
  const batches = batchesOf(context.contacts.unplaced(), PLACED_AT_ONCE);
  const tally = { done: 0, failed: 0 };
  for await (const batch of batches) {
    const ids = batch.map(({ _id }) => _id);
    const all = await each([ids], how, async () => (await placeContacts(context, ids)).size);
    const failed = count(all, 'failed') > 0 ? ids : [];
    const single = await each(failed, how, async (id) => (await placeContacts(context, [id])).size);
    tally.done += count(all, 'done') + count(single, 'done');
    tally.failed += count(single, 'failed');
  }
  return tally;
}

/** A part of the run without which the rest is still worth having. @returns how much of it failed. */
async function attempt({ log }: Context, part: () => Promise<number>): Promise<number> {
  const tally = await each([part], { log, name: NAME }, (step) => step());
  return count(tally, 'done') + count(tally, 'failed');
}

const sumOf = (aside: readonly SetAside[]) => aside.reduce((sum, each) => sum + each.count, 0);
const count = (tally: Tally, name: string) => tally[name] ?? 0;
