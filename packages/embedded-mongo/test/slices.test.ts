import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDispatcher } from '../src/commands/dispatch.ts';
import { openEngine } from '../src/engine/engine.ts';
import { decode, encode } from '../src/values/bson.ts';
import type { Doc } from '../src/values/bson.ts';
import { Batch } from '../src/wire/reply.ts';

const DOCUMENTS = 20;
const LISTS: Readonly<Record<string, string>> = { insert: 'documents', update: 'updates', delete: 'deletes' };

/** An engine whose writes rest after every document, and how to ask it. */
function anEngine() {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-slices-'));
  const looks = { count: 0 };
  const measure = { begin: () => undefined, isOver: () => (looks.count += 1) > 0 };
  let engine = openEngine(dir, measure);
  onTestFinished(async () => {
    await engine.store.close();
    rmSync(dir, { recursive: true });
  });
  const ask = async (name: string, body: Doc, statements: readonly Doc[] = []): Promise<Doc> => {
    const list = LISTS[name];
    const lists = new Map(list ? [[list, statements.map((each) => encode(each))]] : []);
    const request = { requestId: 1, isLegacy: false, wantsReply: true, name, db: 'db', lists };
    const answer = await createDispatcher(engine)({ ...request, body: { [name]: 'c', ...body } }, 1);
    return answer instanceof Batch ? { documents: answer.documents.map((bytes) => decode(bytes)) } : answer;
  };
  return {
    ask,
    find: async (filter: Doc = {}) => (await ask('find', { filter }))['documents'] as Doc[],
    names: async () => {
      const { documents } = await ask('listIndexes', {});
      return (documents as Doc[]).map(({ name }) => name);
    },
    update: (q: Doc, u: Doc) => ask('update', {}, [{ q, u, multi: true }]),
    remove: (q: Doc) => ask('delete', {}, [{ q, limit: 0 }]),
    index: (...indexes: Doc[]) => ask('createIndexes', { indexes }),
    fill: (count = DOCUMENTS) =>
      ask(
        'insert',
        {},
        Array.from({ length: count }, (_, _id) => ({ _id, n: _id, k: 0 })),
      ),
    /** As after a crash: what is on disk is all there is. */
    async reopen(): Promise<void> {
      engine.writes.close();
      await engine.store.close();
      engine = openEngine(dir, measure);
    },
    keys: () =>
      engine.store.keys({ low: Buffer.alloc(4), high: Buffer.alloc(4, 0xff), isReverse: false }, 1e6),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

type Engine = ReturnType<typeof anEngine>;

/** Everything that `during` does stands in the order of what ended first. */
async function orderOf(write: Promise<Doc>, during: () => Promise<unknown>): Promise<string[]> {
  const order: string[] = [];
  await Promise.all([write.then(() => order.push('long')), during().then(() => order.push('other'))]);
  return order;
}

const LONG: [string, (engine: Engine) => Promise<Doc>][] = [
  ['updateMany', ({ update }) => update({}, { $inc: { k: 1 } })],
  ['deleteMany', ({ remove }) => remove({})],
  [
    'insertMany',
    ({ ask }) =>
      ask(
        'insert',
        {},
        Array.from({ length: DOCUMENTS }, (_, n) => ({ _id: 100 + n })),
      ),
  ],
  ['createIndexes', ({ index }) => index({ key: { n: 1 }, name: 'n_1' })],
];

it.each(LONG)('a findOne that comes after a long %s is answered before it ends', async (_name, write) => {
  const engine = anEngine();
  await engine.fill();
  const order = await orderOf(write(engine), async () => {
    await engine.turn();
    await engine.turn();
    expect(await engine.find({ _id: DOCUMENTS - 1 })).toHaveLength(1);
  });
  expect(order).toEqual(['other', 'long']);
});

it.each(LONG.slice(0, 3))(
  'a small write that comes after a long %s is done before it ends',
  async (_name, write) => {
    const engine = anEngine();
    await engine.fill();
    const order = await orderOf(write(engine), () => engine.ask('insert', {}, [{ _id: 'small' }]));
    expect(order).toEqual(['other', 'long']);
  },
);

it('counts what it did though it rested, and changes each document once', async () => {
  const { fill, update, find, remove } = anEngine();
  await fill();
  expect(await update({ n: { $gte: 0 } }, { $inc: { n: 100 } })).toEqual({ n: 20, nModified: 20 });
  expect((await find()).map(({ n }) => n)).toEqual(Array.from({ length: DOCUMENTS }, (_, n) => n + 100));
  expect(await remove({ n: { $lt: 105 } })).toEqual({ n: 5 });
  expect(await find()).toHaveLength(15);
});

it('passes over documents that another write has changed or removed before their turn', async () => {
  const { fill, update, ask, find, turn } = anEngine();
  await fill();
  const long = update({ k: 0 }, { $set: { k: 1 } });
  for (let turns = 0; turns < DOCUMENTS + 2; turns += 1) await turn(); // all are found, the first are changed
  const other = ask('update', {}, [{ q: { _id: 18 }, u: { $set: { k: 2 } } }]);
  const third = ask('delete', {}, [{ q: { _id: 19 }, limit: 1 }]);
  const [{ n }] = await Promise.all([long, other, third]);
  expect(n).toBe(18);
  expect(await find({ _id: { $gte: 17 } })).toEqual([
    { _id: 17, n: 17, k: 1 },
    { _id: 18, n: 18, k: 2 },
  ]);
});

it('keeps what was changed before an error, which it tells', async () => {
  const { ask, index, fill, update, find } = anEngine();
  await fill(4);
  await index({ key: { k: 1, n: 1 }, name: 'one', unique: true });
  await ask('insert', {}, [{ _id: 9, n: 2, k: 1 }]);
  const told = await update({ k: 0 }, { $set: { k: 1 } });
  expect(told).toMatchObject({ n: 2, nModified: 2, writeErrors: [{ index: 0, code: 11000 }] });
  expect((await find()).map(({ k }) => k)).toEqual([1, 1, 0, 0, 1]);
});

it.each<[string, (engine: Engine) => Promise<Doc>, RegExp]>([
  ['its collection', ({ ask }) => ask('drop', {}), /dropped/],
  ['the index it goes by', ({ ask }) => ask('dropIndexes', { index: 'n_1' }), /index .* dropped/],
])('ends with error 175 when %s is dropped meanwhile', async (_what, drop, errmsg) => {
  const engine = anEngine();
  await engine.fill();
  await engine.index({ key: { n: 1 }, name: 'n_1' });
  const long = engine.update({ n: { $gte: 0 } }, { $inc: { k: 1 } });
  await engine.turn();
  await drop(engine);
  expect(await long).toMatchObject({ writeErrors: [{ code: 175, errmsg: expect.stringMatching(errmsg) }] });
});

it('finds and changes one document, or puts a new one, with nothing in between', async () => {
  const { ask, find } = anEngine();
  const once = (by: string) =>
    ask('update', {}, [{ q: { lock: 1 }, u: { $setOnInsert: { by } }, upsert: true }]);
  await Promise.all(['a', 'b', 'c'].map(once));
  expect(await find()).toMatchObject([{ lock: 1, by: 'a' }]);
});

it('goes on in a collection that an undone write beside it made the catalog read anew', async () => {
  const { fill, ask, index, update } = anEngine();
  await fill();
  const long = update({}, { $inc: { k: 1 } });
  const wrong = index({ key: { n: 1 }, name: 'n_1' }, { key: { n: 1 }, name: 'n_2' });
  await expect(wrong).rejects.toThrow(expect.objectContaining({ code: 85 }));
  expect(await long).toEqual({ n: 20, nModified: 20 });
  expect(await ask('count', {})).toEqual({ n: 20 });
});

it('shows an index, and goes by it, only when it is full', async () => {
  const { fill, index, names, find, turn } = anEngine();
  await fill();
  const building = index({ key: { n: 1 }, name: 'n_1' }, { key: { k: 1 }, name: 'k_1' });
  for (let turns = 0; turns < DOCUMENTS + 5; turns += 1) await turn();
  expect(await names()).toEqual(['_id_']);
  expect(await find({ n: 19 })).toHaveLength(1);
  expect(await building).toMatchObject({ numIndexesBefore: 1, numIndexesAfter: 3 });
  expect(await names()).toEqual(['_id_', 'n_1', 'k_1']);
  expect(await find({ n: 19 })).toHaveLength(1);
});

it('lets writes that come during an index build wait, and then puts them into the index', async () => {
  const { fill, index, ask, find, update, turn } = anEngine();
  await fill();
  const building = index({ key: { n: 1 }, name: 'n_1', unique: true });
  await turn();
  await turn();
  const order = await orderOf(building, () =>
    Promise.all([ask('insert', {}, [{ n: 1000 }]), update({ n: 3 }, { $set: { n: 2000 } })]),
  );
  expect(order).toEqual(['long', 'other']);
  expect(await find({ n: { $gte: 1000 } })).toHaveLength(2);
  expect(await ask('insert', {}, [{ n: 2000 }])).toMatchObject({ writeErrors: [{ code: 11000 }] });
});

it('leaves nothing of a unique index that does not fit, nor of those made with it', async () => {
  const { fill, index, names, keys, ask, update } = anEngine();
  await fill();
  await update({ _id: 19 }, { $set: { n: 0 } });
  const before = keys();
  const building = index({ key: { k: 1 }, name: 'k_1' }, { key: { n: 1 }, name: 'n_1', unique: true });
  await expect(building).rejects.toThrow(expect.objectContaining({ code: 11000 }));
  expect(await names()).toEqual(['_id_']);
  expect(keys()).toEqual(before);
  expect(await ask('insert', {}, [{ n: 0 }])).toEqual({ n: 1 });
});

it('leaves nothing of an index that a crash cut off, and keeps the steps of a write that came to disk', async () => {
  const { fill, index, names, keys, update, find, turn, reopen } = anEngine();
  await fill();
  const before = keys();
  const building = index({ key: { n: 1 }, name: 'n_1' });
  for (let turns = 0; turns < 5; turns += 1) await turn();
  expect(keys().length).toBeGreaterThan(before.length);
  const writing = update({}, { $set: { k: 1 } });
  const ended = Promise.allSettled([building, writing]);
  await reopen();
  expect(keys()).toEqual(before);
  expect(await names()).toEqual(['_id_']);
  expect(await ended).toMatchObject([
    { status: 'rejected', reason: { code: 91 } },
    { status: 'rejected', reason: { code: 91 } },
  ]);
  expect(await index({ key: { n: 1 }, name: 'n_1' })).toMatchObject({ numIndexesAfter: 2 });
  expect(await find({ n: 7 })).toHaveLength(1);
});
