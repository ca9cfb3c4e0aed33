import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
let collection: Awaited<ReturnType<ContractDb['collection']>>;

beforeAll(async () => {
  contract = await openContractDb();
  const documents = Array.from({ length: 2000 }, (_, n) => ({
    _id: n,
    staff: `s${n % 40}`,
    at: new Date(1_700_000_000_000 + n * 1000),
    tags: [`t${n % 7}`, `u${n % 11}`],
    amount: n,
    state: n % 50 === 0 ? 'open' : 'done',
    ...(n % 100 === 0 ? { rare: n } : {}),
  }));
  collection = await contract.collection(documents);
  await collection.createIndex({ staff: 1, at: -1 });
  await collection.createIndex({ tags: 1 });
  await collection.createIndex({ amount: -1 });
  await collection.createIndex({ rare: 1 }, { sparse: true });
  await collection.createIndex({ at: 1 }, { partialFilterExpression: { state: 'open' } });
});
afterAll(() => contract.close());

type Explained = { text: string; keys: number; documents: number; returned: number };

async function explained(filter: Doc, sort: Doc = {}, limit = 0): Promise<Explained> {
  const plan = await collection
    .find(filter)
    .sort(JSON.parse(JSON.stringify(sort)))
    .limit(limit)
    .explain('executionStats');
  const { totalKeysExamined, totalDocsExamined, nReturned } = plan['executionStats'];
  return {
    text: JSON.stringify(plan['queryPlanner'].winningPlan),
    keys: totalKeysExamined,
    documents: totalDocsExamined,
    returned: nReturned,
  };
}

it.each<[string, Doc, number]>([
  ['equality', { staff: 's3' }, 50],
  ['two equalities', { staff: 's3', at: new Date(1_700_000_003_000) }, 1],
  ['a list of values', { staff: { $in: ['s3', 's4', 'none'] } }, 100],
  ['a range', { amount: { $gte: 100, $lt: 110 } }, 10],
  ['equality and a range', { staff: 's3', at: { $gte: new Date(1_700_001_000_000) } }, 25],
  ['an element of an array', { tags: 't3' }, 286],
  ['all of some elements', { tags: { $all: ['t3', 'u5'] } }, 26],
  ['the start of a text', { staff: /^s39/ }, 50],
  ['the _id', { _id: 77 }, 1],
  [
    'either of two indexed fields',
    { $or: [{ amount: 5 }, { staff: 's3', at: new Date(1_700_000_003_000) }] },
    2,
  ],
])('finds by %s through an index', async (_, filter, returned) => {
  const plan = await explained(filter);
  expect(plan.text).toContain('IXSCAN');
  expect(plan.returned).toBe(returned);
  expect(plan.documents).toBeLessThan(300);
});

it('takes the order from an index, forward and backward, and stops at the limit', async () => {
  for (const direction of [1, -1]) {
    const plan = await explained({ staff: 's3' }, { at: direction }, 5);
    expect(plan).toMatchObject({ returned: 5, documents: 5 });
    expect(plan.text).not.toContain('"SORT"');
    const all = await explained({}, { amount: direction }, 5);
    expect(all).toMatchObject({ returned: 5, documents: 5 });
  }
  const newest = await collection.find({ staff: 's3' }).sort({ at: -1 }).limit(2).toArray();
  expect(newest.map(({ _id }) => _id)).toEqual([1963, 1923]);
});

it('counts what the keys of an index answer without reading a document', async () => {
  const counted = async (query: Doc) => {
    const { executionStats } = await contract.db.command({
      explain: { count: collection.collectionName, query },
      verbosity: 'executionStats',
    });
    return executionStats.totalDocsExamined;
  };
  expect(await counted({ amount: { $gte: 100, $lt: 400 } })).toBe(0);
  expect(await counted({ amount: { $gte: 100, $lt: 400 }, state: 'open' })).toBe(300);
  expect(await collection.countDocuments({ amount: { $gte: 100, $lt: 400 } })).toBe(300);
});

it('does not take a sparse or partial index for what it does not hold', async () => {
  expect((await explained({ rare: { $gte: 500 } })).documents).toBe(15);
  expect(await collection.countDocuments({ rare: null })).toBe(1980);
  expect(await collection.countDocuments({ rare: { $exists: false } })).toBe(1980);
  expect(await collection.find({}).sort({ rare: 1 }).toArray()).toHaveLength(2000);
  const open = await explained({ state: 'open', at: { $lt: new Date(1_700_000_060_000) } });
  expect(open).toMatchObject({ returned: 2, documents: 2 });
  expect(await collection.countDocuments({ at: { $lt: new Date(1_700_000_060_000) } })).toBe(60);
});

it('does not lose documents of an array to a bound that another element meets', async () => {
  expect(await collection.countDocuments({ tags: { $gt: 't6', $lt: 'u0' } })).toBe(
    (await collection.find({}).toArray()).filter(({ tags }) => {
      const list = Array.isArray(tags) ? tags : [];
      return list.some((tag) => tag > 't6') && list.some((tag) => tag < 'u0');
    }).length,
  );
});

it('finds by equalities, an inclusive bound and a key that trails behind it', async () => {
  const due = await contract.collection(
    Array.from({ length: 200 }, (_, n) => ({
      _id: `a${n}`,
      ownerId: n % 2 === 0 ? 'zhang' : 'li',
      ...(n % 5 === 0 ? { mergedInto: 'a1' } : { mergedInto: null }),
      tier: ['head', 'waist', 'tail'][n % 3],
      dueOn: n % 7 === 0 ? null : `2026-12-${String((n % 28) + 1).padStart(2, '0')}`,
    })),
  );
  const where = { ownerId: 'zhang', mergedInto: null, tier: 'head', dueOn: { $lte: '2026-12-09' } };
  const order = { dueOn: 1, _id: 1 } as const;
  const unindexed = await due.find(where).sort(order).toArray();
  await due.createIndex({ ownerId: 1, mergedInto: 1, tier: 1, dueOn: 1, _id: 1 });
  expect(unindexed.some(({ dueOn }) => dueOn === '2026-12-09')).toBe(true);
  expect(await due.find(where).sort(order).toArray()).toEqual(unindexed);
  const backward = { dueOn: -1, _id: -1 } as const;
  expect(await due.find(where).sort(backward).toArray()).toEqual(unindexed.toReversed());
  expect(await due.countDocuments(where)).toBe(unindexed.length);
  const bounds: Doc[] = [
    { $lte: '2026-12-09' },
    { $gte: '2026-12-09' },
    { $gt: '2026-12-09' },
    { $lt: '2026-12-09' },
  ];
  for (const dueOn of bounds) {
    const found = await due.find({ ...where, dueOn }).toArray();
    const scanned = await due
      .find({ ...where, dueOn })
      .hint({ $natural: 1 })
      .toArray();
    expect(new Set(found.map(({ _id }) => _id))).toEqual(new Set(scanned.map(({ _id }) => _id)));
  }
});

it('uses the index a hint names, and refuses one that is not there', async () => {
  const hinted = await collection.find({ staff: 's3' }).hint('amount_-1').explain('executionStats');
  expect(hinted['executionStats']).toMatchObject({ nReturned: 50, totalKeysExamined: 2000 });
  const natural = await collection.find({ staff: 's3' }).hint({ $natural: 1 }).explain('executionStats');
  expect(natural['executionStats']).toMatchObject({
    nReturned: 50,
    totalDocsExamined: 2000,
    totalKeysExamined: 0,
  });
  expect((await errorOf(collection.find({}).hint('none').toArray()))?.code).toBe(2);
});

it('uses an index for the first stages of a pipeline', async () => {
  const plan = await collection
    .aggregate([{ $match: { staff: 's3' } }, { $sort: { at: -1 } }, { $limit: 3 }, { $group: { _id: null } }])
    .explain('executionStats');
  expect(JSON.stringify(plan)).toContain('IXSCAN');
});

it('asks a document again when it changed between two batches, though the index had led to it', async () => {
  const changing = await contract.collection(
    Array.from({ length: 6 }, (_, _id) => ({ _id, staff: 'olga', note: 'x'.repeat(600) })),
  );
  await changing.createIndex({ staff: 1 });
  const cursor = changing.find({ staff: 'olga' }).batchSize(2);
  const seen = [await cursor.next()];
  await changing.updateOne({ _id: 4 }, { $set: { staff: 'bert' } });
  for await (const doc of cursor) seen.push(doc);
  expect(seen.map((doc) => doc?._id)).toEqual([0, 1, 2, 3, 5]);
});
