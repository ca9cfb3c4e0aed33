import pLimit from 'p-limit';
import { createEventQueue } from '../../server/callback/queue.ts';
import { workOnEvent } from '../../server/callback/work-on-event.ts';
import { syncStaff } from '../../server/flows/staff/sync-staff.ts';
import { followersOf, openBarePlatform } from './bare-platform.ts';
import type { EventFigures } from './events.ts';
import { openBenchContext } from './open-bench-context.ts';

/** Works through an addition of every relation of the platform; then makes the same two calls of each without anything else. */
const GETS_AT_ONCE = 8;
const TAGS_AT_ONCE = 3;

type Pair = { userid: string; external_userid: string };

const http = await openBarePlatform();
const pairs = await readPairs();
const { context, close } = await openBenchContext();
await syncStaff(context);
for (const [index, { userid, external_userid: externalUserId }] of pairs.entries())
  await context.inbox.keep({
    _id: String(index).padStart(64, '0'),
    kind: 'change_external_contact.add_external_contact',
    subject: externalUserId,
    happenedAt: new Date(),
    receivedAt: new Date(),
    state: 'waiting',
    fields: { staffId: userid, externalUserId },
  });

const queue = createEventQueue((id) => workOnEvent(context, id));
const startedAt = performance.now();
pairs.forEach(({ external_userid: subject }, index) =>
  queue.push({ _id: String(index).padStart(64, '0'), subject }),
);
await queue.idle();
const seconds = (performance.now() - startedAt) / 1000;
const left = (await context.inbox.count('waiting')) + (await context.inbox.count('failed'));
await close();

const tagId = await makeTag();
const read = ({ external_userid }: Pair) =>
  http.get('/cgi-bin/externalcontact/get', { params: { external_userid } });

const mark = (pair: Pair) => http.post('/cgi-bin/externalcontact/mark_tag', { ...pair, add_tag: [tagId] });

const [gets, tags] = [pLimit(GETS_AT_ONCE), pLimit(TAGS_AT_ONCE)];
const bareAt = performance.now();
await Promise.all(pairs.map((pair) => gets(() => read(pair)).then(() => tags(() => mark(pair)))));
const bareSeconds = (performance.now() - bareAt) / 1000;
const figures: EventFigures = { seconds, bareSeconds, left };
process.stdout.write(`${JSON.stringify(figures)}\n`);

async function readPairs(): Promise<Pair[]> {
  const found: Pair[] = [];
  for (const userid of await followersOf(http)) {
    const { data } = await http.get('/cgi-bin/externalcontact/list', { params: { userid } });
    for (const id of data.external_userid as string[]) found.push({ userid, external_userid: id });
  }
  return found;
}

async function makeTag(): Promise<string> {
  const body = { group_name: 'bench', tag: [{ name: 'one' }] };
  const { data } = await http.post('/cgi-bin/externalcontact/add_corp_tag', body);
  return data.tag_group.tag[0].id as string;
}
