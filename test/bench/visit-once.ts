import Koa from 'koa';
import { createApp } from '../../server/app.ts';
import { createEventWork } from '../../server/callback/event-work.ts';
import type { Context } from '../../server/context.ts';
import { preferThroughput } from '../../server/infra/heap-size.ts';
import { listen } from '../../server/boot/listen.ts';
import { PAGES_DIR } from '../../server/boot/open-platform.ts';
import { openBenchContext } from './open-bench-context.ts';
import type { VisitFigures } from './scale.ts';
import { cookiesOf } from './sessions.ts';

/** Reads profiles and due lists, short and long, of a seeded book over HTTP, and the same bytes from a bare route. */
const VISITS = 1000;
/** A server that has been up for a while has run its code before, and the compiler has seen it. */
const WARM = 1000;
type Request = { url: string; cookie: string };

const { context, keys } = await openBenchContext();
preferThroughput(); // as the server does
const door = await listen('127.0.0.1', 0);
const queue = createEventWork(context);
door.handle(createApp({ context, keys, queue, pagesDir: PAGES_DIR }).callback());
const api = `http://localhost:${door.port}/api/v1`;
const relations = await someRelations(context);
const sessionOf = await cookiesOf(
  context,
  relations.map(({ staffId }) => staffId),
);
const profiles = relations.map(({ staffId, externalUserId }) => ({
  url: `${api}/contacts/${externalUserId}/profile`,
  cookie: sessionOf(staffId),
}));
const dueLists = (query: string) =>
  relations.map(({ staffId }) => ({ url: `${api}/due${query}`, cookie: sessionOf(staffId) }));
const figures: VisitFigures = {
  profile: await compare(profiles),
  due: await compare(dueLists('')), // as the page opens, with the first 20
  'due-of-50': await compare(dueLists('?limit=50')),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0); // the door would wait for its visitors

/** Members' own contacts, spread over the whole book. */
async function someRelations({ relations: shelf, staff }: Context) {
  const sellers = (await staff.all()).filter(({ _id }) => _id.startsWith('sales-'));
  const found: { staffId: string; externalUserId: string }[] = [];
  const each = Math.ceil(VISITS / sellers.length);
  for (const { _id } of sellers) {
    let taken = 0;
    for await (const { staffId, externalUserId } of shelf.activeOf(_id)) {
      found.push({ staffId, externalUserId });
      taken += 1;
      if (taken >= each) break;
    }
  }
  return found.slice(0, VISITS);
}

/** The p99 in ms of these requests, and of a bare route that sends what the first of them got. */
async function compare(requests: readonly Request[]): Promise<{ p99Ms: number; bareMs: number }> {
  await timesOf(requests.slice(0, WARM));
  const times = await timesOf(requests);
  const [first] = requests;
  const sample = await (await fetch(first?.url ?? '', { headers: { cookie: first?.cookie ?? '' } })).text();
  const bare = await listen('127.0.0.1', 0);
  const app = new Koa();
  app.use((ctx) => {
    ctx.type = 'json';
    ctx.body = sample;
  });
  bare.handle(app.callback());
  const url = `http://127.0.0.1:${bare.port}/`;
  const base = await timesOf(requests.map(({ cookie }) => ({ url, cookie })));
  void bare.close(); // not waited for: fetch holds its connections open
  return { p99Ms: p99(times), bareMs: p99(base) };
}

/** Milliseconds of each request, one after the other. */
async function timesOf(requests: readonly Request[]): Promise<number[]> {
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

function p99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
}
