import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { decryptCallback } from '../../../server/callback/decrypt-callback.ts';
import { toCallbackEvent } from '../../../server/callback/to-callback-event.ts';
import { AppError } from '../../../server/errors.ts';
import { listen } from '../../../server/boot/listen.ts';
import { createLog } from '../../../server/infra/log.ts';
import { PAGES_DIR } from '../../../server/boot/open-platform.ts';
import { aCallback, corpKeys, post } from '../../support/a-callback.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';
import { dice, mutate } from '../../support/mutate.ts';

const DIR = join(import.meta.dirname, '../../fixtures/callbacks');
const XMLS = readdirSync(DIR)
  .filter((file) => file.endsWith('.xml') && !file.includes('envelope'))
  .map((file) => readFileSync(join(DIR, file), 'utf8'));
const KEYS = corpKeys();
const SILENT = { log: createLog('silent'), now: () => new Date(0) };

type Letter = { query: Record<string, string>; body: string };
const LETTERS = XMLS.map((xml) => ({ xml, letter: aCallback(xml) as Letter }));

const one = <Item>(items: readonly Item[], next: () => number): Item => {
  const item = items[Math.floor(next() * items.length)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
};

/** A letter of somebody without the keys: query, envelope or ciphertext spoiled, or parts of two letters put together. */
function forged(next: () => number): { xml: string; letter: Letter } {
  const { xml, letter } = one(LETTERS, next);
  const other = one(LETTERS, next).letter;
  const { query, body } = letter;
  const name = one(['msg_signature', 'timestamp', 'nonce'], next);
  const sealed = /<Encrypt><!\[CDATA\[(.*)\]\]>/.exec(body)?.[1] ?? '';
  const ways: (() => Letter)[] = [
    () => ({ query: { ...query, [name]: mutate(query[name] ?? '', next) }, body }),
    () => ({ query, body: mutate(body, next) }),
    () => ({ query, body: body.replace(sealed, mutate(sealed, next).replaceAll('$', '')) }),
    () => ({ query: other.query, body }),
    () => ({ query: { ...query, [name]: other.query[name] ?? '' }, body }),
    () => ({
      query: mutate(new URLSearchParams(query).toString(), next) as unknown as Letter['query'],
      body,
    }),
  ];
  return { xml, letter: one(ways, next)() };
}

/** What the door does with a letter, without the door: the status, and the XML that it would keep. */
function judged({ query, body }: Letter): { status: number; xml: string | null } {
  try {
    const given: unknown = typeof query === 'string' ? Object.fromEntries(new URLSearchParams(query)) : query;
    const xml = decryptCallback(KEYS, given, body);
    toCallbackEvent(SILENT, xml);
    return { status: 200, xml };
  } catch (error) {
    if (error instanceof AppError) return { status: error.status, xml: null };
    throw error;
  }
}

it('opens of 60,000 forged letters only those that say what the true one said', { timeout: 60_000 }, () => {
  const next = dice(20_260_311);
  const seen = new Map<number, number>();
  for (let n = 0; n < 60_000; n += 1) {
    const { xml, letter } = forged(next);
    const { status, xml: opened } = judged(letter);
    seen.set(status, (seen.get(status) ?? 0) + 1);
    if (status === 200 && opened !== xml) throw new Error(`forged: ${JSON.stringify(letter)}`);
  }
  expect([...seen.keys()].sort()).toEqual([200, 400, 403]);
  expect(seen.get(200)).toBeLessThan(15_000);
});

it('understands or parks 40,000 authentic letters whose XML is spoiled', { timeout: 60_000 }, () => {
  const next = dice(7);
  const states = new Map<string, number>();
  for (let n = 0; n < 40_000; n += 1) {
    let xml = one(XMLS, next);
    for (let times = 1 + Math.floor(next() * 3); times > 0; times -= 1) xml = mutate(xml, next);
    const { state, fields, happenedAt } = toCallbackEvent(SILENT, xml);
    states.set(state, (states.get(state) ?? 0) + 1);
    if (Number.isNaN(happenedAt.getTime())) throw new Error(`no time: ${xml}`);
    if (Object.getPrototypeOf(fields) !== Object.prototype) throw new Error(`poisoned: ${xml}`);
  }
  expect([...states.keys()].sort()).toEqual(['failed', 'ignored', 'waiting']);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

/** The real door with nobody behind it. */
async function aBareDoor({ context }: LivingWorld): Promise<string> {
  const door = await listen('127.0.0.1', 0);
  const queue = { push: () => undefined };
  door.handle(createApp({ context, keys: KEYS, queue, pagesDir: PAGES_DIR }).callback());
  onTestFinished(() => door.close());
  return `http://127.0.0.1:${door.port}`;
}

const AT_ONCE = 20;

/** Posts so many letters, some at once; gives how often each status was answered. */
async function posted(
  origin: string,
  count: number,
  letterOf: () => Letter,
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  const line = async () => {
    for (let left = count / AT_ONCE; left > 0; left -= 1) {
      const { status } = await post(origin, letterOf());
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return statuses;
}

it('answers 1,000 forged letters with 400 or 403 and keeps none of them', { timeout: 60_000 }, async () => {
  const world = await aWorld();
  const origin = await aBareDoor(world);
  const next = dice(99);
  const lie = () => {
    let { letter, xml } = forged(next);
    while (judged(letter).xml === xml) ({ letter, xml } = forged(next)); // such a letter says what the true one said
    return letter;
  };
  const statuses = await posted(origin, 1000, lie);
  expect(Object.keys(statuses)).toEqual(['400', '403']);
  expect(await world.context.inbox.list(null, 1)).toEqual([]);
});

it(
  'answers 1,000 authentic letters with spoiled XML with 200 and keeps every one',
  { timeout: 60_000 },
  async () => {
    const world = await aWorld();
    const origin = await aBareDoor(world);
    const next = dice(3);
    const sent = new Set<string>();
    const spoiled = () => {
      const xml = mutate(one(XMLS, next), next);
      sent.add(Buffer.from(xml).toString());
      return aCallback(xml);
    };
    expect(await posted(origin, 1000, spoiled)).toEqual({ 200: 1000 });
    expect(await world.context.inbox.list(null, 2000)).toHaveLength(sent.size);
  },
);
