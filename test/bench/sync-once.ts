import { syncContacts } from '../../server/flows/contacts/sync-contacts.ts';
import { syncStaff } from '../../server/flows/staff/sync-staff.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { SyncFigures } from './sync.ts';

/** Two synchronisations on an empty database: the first, and one that finds nothing new. */
const { context, close } = await openBenchContext();
const megabytes = () => process.memoryUsage().rss / 1e6;
const staffIds = await syncStaff(context);
const idleMb = megabytes();
let peakMb = idleMb;
const watch = setInterval(() => (peakMb = Math.max(peakMb, megabytes())), 20);

const startedAt = performance.now();
const { counts } = await syncContacts(context, staffIds);
const seconds = (performance.now() - startedAt) / 1000;
const againAt = performance.now();
await syncContacts(context, staffIds);
const againSeconds = (performance.now() - againAt) / 1000;

clearInterval(watch);
await close();
const figures: SyncFigures = { rows: counts.rows, seconds, againSeconds, peakMb, idleMb };
process.stdout.write(`${JSON.stringify(figures)}\n`);
