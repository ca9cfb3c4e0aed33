import { syncContacts } from '../../server/flows/contacts/sync-contacts.ts';
import { syncStaff } from '../../server/flows/staff/sync-staff.ts';
import { endSync } from '../../server/flows/syncs/end-sync.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { SyncFigures } from './sync.ts';

/**
 * Two synchronisations on an empty database: the first, and one that finds nothing new. The database has a process of its
 * own, so that the memory measured is that of the synchronisation.
 */
const { context, close } = await openBenchContext({ isApart: true });
const megabytes = () => process.memoryUsage.rss() / 1e6;
const staffIds = await syncStaff(context);
const idleMb = megabytes();
let peakMb = idleMb;
const watch = setInterval(() => (peakMb = Math.max(peakMb, megabytes())), 20);

const startedAt = performance.now();
const run = await syncContacts(context, staffIds);
const { counts } = await endSync(context, run._id);
const seconds = (performance.now() - startedAt) / 1000;
const againAt = performance.now();
await syncContacts(context, staffIds);
const againSeconds = (performance.now() - againAt) / 1000;

clearInterval(watch);
await close();
const figures: SyncFigures = { rows: counts.rows, seconds, againSeconds, peakMb, idleMb };
process.stdout.write(`${JSON.stringify(figures)}\n`);
