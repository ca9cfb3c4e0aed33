import Koa from 'koa';
import { placeContacts } from '../../server/flows/accounts/place-contacts.ts';
import { loadBook } from '../../server/flows/books/load-book.ts';
import type { BookContact, BookRow } from '../../server/sandbox/seed/book.ts';
import { makeBookRows } from '../../server/sandbox/seed/make-book-rows.ts';
import { makeCorp } from '../../server/sandbox/seed/make-corp.ts';
import type { Context } from '../../server/context.ts';
import { openWorld } from '../support/open-world.ts';

const CONTACTS = 10_000;
const REQUESTS = 2000;
const BATCH = 50;
const now = new Date();
const NO_SURVEY = { name: 'past', programme: 'past', opensAt: now, closesAt: now, answers: [] };

/** The sidebar's profile at 10,000 contacts: p50 and p99 over HTTP, against a bare route that sends the same bytes. */
export async function benchSidebar(print: (line: string) => void): Promise<void> {
  const { corp } = makeCorp({ seed: 1, now });
  const world = await openWorld({ corp, now: now.toISOString() });
  await world.context.staff.saveAll(
    corp.staff.map(({ userid, name }) => ({
      _id: userid,
      name,
      position: '',
      departmentIds: [],
      leaderOf: [],
      isActive: true,
    })),
  );
  const visits = await fill(
    world.context,
    corp.staff.map(({ userid }) => userid),
  );
  const profiles = visits.map(({ id, staffId }) => ({
    url: `${world.origin}/api/v1/contacts/${id}/profile`,
    cookie: sessionOf(world.context, staffId),
  }));
  await timesOf(profiles.slice(0, 200));
  const times = await timesOf(profiles);
  const sample = await (
    await fetch(profiles[0]?.url ?? '', { headers: { cookie: profiles[0]?.cookie ?? '' } })
  ).text();
  const bare = await serveText(sample);
  const base = await timesOf(profiles.map(({ cookie }) => ({ url: bare.url, cookie })));
  for (const share of [0.5, 0.99]) {
    const [own, least] = [at(times, share), at(base, share)];
    print(
      `sidebar-profile-p${share * 100} ${own.toFixed(1)} ms at ${CONTACTS} contacts (baseline ${least.toFixed(2)} same bytes from a bare route, ratio ${(own / least).toFixed(1)})`,
    );
  }
  bare.close();
  await world.close();
}

type Visit = { id: string; staffId: string };

/** Fills the database with a realistic book of 10,000 contacts, through the product's own shelves and flows. */
async function fill(context: Context, staffIds: string[]): Promise<Visit[]> {
  await loadBook(context, { kdm: [], followUps: [], survey: NO_SURVEY });
  const visits: Visit[] = [];
  let rows: BookRow[] = [];
  for (const row of makeBookRows({ seed: 3, accounts: CONTACTS, now, staffIds })) {
    rows.push(row);
    if (rows.length < BATCH) continue;
    const people = rows.flatMap(({ contacts }) => contacts);
    await keepPeople(context, people);
    await Promise.all(rows.map((each) => keepRow(context, each)));
    visits.push(...people.map((each) => ({ id: each.externalUserId, staffId: each.staffIds[0] ?? '' })));
    rows = [];
    if (visits.length >= CONTACTS) break;
  }
  return Array.from(
    { length: REQUESTS },
    (_, index) => visits[(index * 7919) % visits.length] ?? { id: '', staffId: '' },
  );
}

async function keepPeople(context: Context, people: readonly BookContact[]): Promise<void> {
  await context.contacts.saveFacts(
    people.map(({ externalUserId, name, type }) => ({
      _id: externalUserId,
      name,
      type,
      position: '',
      corpName: '',
    })),
  );
  const relations = people.flatMap(
    ({ externalUserId, staffIds, remark, remarkCorpName, addWay, state, createdAt }) =>
      staffIds.map((staffId) => ({
        staffId,
        externalUserId,
        remark,
        remarkCorpName,
        addWay,
        state,
        description: '',
        tagIds: [],
        followedAt: createdAt,
      })),
  );
  await context.relations.saveFacts(relations, { addedAt: null });
}

async function keepRow(context: Context, { contacts, kdm, followUps }: BookRow): Promise<void> {
  await placeContacts(
    context,
    contacts.map(({ externalUserId }) => externalUserId),
  );
  await loadBook(context, { kdm, followUps, survey: NO_SURVEY });
}

/** What signing in would give. */
function sessionOf({ signer }: Context, staffId: string): string {
  return `genjin_session=${signer.seal('genjin_session', `${now.getTime() + 3_600_000}|${staffId}`)}`;
}

/** Milliseconds of each request, one after the other. */
async function timesOf(requests: readonly { url: string; cookie: string }[]): Promise<number[]> {
  const times: number[] = [];
  for (const { url, cookie } of requests) {
    const startedAt = performance.now();
    const answer = await fetch(url, { headers: { cookie } });
    await answer.arrayBuffer();
    times.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  }
  return times;
}

async function serveText(text: string): Promise<{ url: string; close: () => void }> {
  const app = new Koa();
  app.use((ctx) => {
    ctx.type = 'json';
    ctx.body = text;
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => void server.once('listening', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    close: () => void server.close(),
  };
}

const at = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
