import { Schema, createConnection } from 'mongoose';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openContractDb } from './contract/open-contract-db.ts';
import type { ContractDb } from './contract/open-contract-db.ts';
import { errorOf } from './contract/open-contract-db.ts';

const contactSchema = new Schema(
  {
    staffId: { type: String, required: true },
    externalUserId: { type: String, required: true },
    name: String,
    tier: { type: String, enum: ['head', 'waist', 'tail'], default: 'tail' },
    amountFen: { type: Number, default: 0 },
    lastTouchAt: { type: Date, default: null },
    tags: [String],
    methods: [{ kind: String, value: String, verifiedAt: Date }],
    profile: { budget: String, notes: { type: Map, of: String } },
    photo: Buffer,
  },
  { timestamps: true, strict: 'throw' },
);
contactSchema.index({ staffId: 1, externalUserId: 1 }, { unique: true });
contactSchema.index({ lastTouchAt: 1 });

let contract: ContractDb;
let connection: Connection;
let Contact: ReturnType<typeof contactModel>;
const contactModel = (db: Connection) => db.model('Contact', contactSchema);

beforeAll(async () => {
  contract = await openContractDb();
  const { hosts, socketPath } = {
    hosts: contract.db.client.options.hosts,
    socketPath: contract.db.client.options.hosts[0]?.socketPath,
  };
  const uri =
    process.env['TEST_MONGODB_URI'] ??
    `mongodb://${encodeURIComponent(socketPath ?? String(hosts))}/?retryWrites=false&directConnection=true`;
  connection = await createConnection(uri, { dbName: contract.db.databaseName }).asPromise();
  Contact = contactModel(connection);
  await Contact.init();
});
afterAll(async () => {
  await connection.close();
  await contract.close();
});

it('makes its indexes, keeps documents with timestamps, and reads them lean', async () => {
  expect((await Contact.collection.indexes()).map(({ name }) => name)).toContain(
    'staffId_1_externalUserId_1',
  );
  const made = await Contact.create({
    staffId: 's1',
    externalUserId: 'e1',
    name: '王',
    tags: ['a'],
    methods: [{ kind: 'mobile', value: '1' }],
    profile: { notes: { x: 'y' } },
    photo: Buffer.from('p'),
  });
  const found = await Contact.findOne({ staffId: 's1' }).lean().orFail();
  expect(found).toMatchObject({
    _id: made._id,
    name: '王',
    tier: 'tail',
    lastTouchAt: null,
    tags: ['a'],
    profile: { notes: { x: 'y' } },
  });
  expect(found.createdAt).toBeInstanceOf(Date);
  made.name = '李';
  made.tags.push('b');
  await made.save();
  const again = await Contact.findById(made._id).orFail();
  expect([again.name, [...again.tags]]).toEqual(['李', ['a', 'b']]);
  expect(again.updatedAt.getTime()).toBeGreaterThanOrEqual(found.updatedAt.getTime());
});

it('upserts once, also when two race', async () => {
  const key = { staffId: 's2', externalUserId: 'e2' };
  const options = { upsert: true, returnDocument: 'after' } as const;
  const save = (name: string) => Contact.findOneAndUpdate(key, { name }, options).orFail().lean().exec();
  const [first, second] = await Promise.all([save('甲'), save('乙')]);
  expect(String(first._id)).toBe(String(second._id));
  expect(await Contact.countDocuments(key)).toBe(1);
  const claimed = await Contact.updateOne(
    { staffId: 's3', externalUserId: 'e3' },
    { $setOnInsert: { name: 'first' } },
    { upsert: true },
  );
  expect(claimed.upsertedCount).toBe(1);
  expect((await errorOf(Contact.create(key)))?.code).toBe(11000);
});

it('runs through everything with for await', async () => {
  await Contact.insertMany(
    Array.from({ length: 500 }, (_, n) => ({ staffId: 'many', externalUserId: `e${n}`, amountFen: n })),
  );
  let sum = 0;
  for await (const { amountFen } of Contact.find({ staffId: 'many' })
    .sort({ externalUserId: 1 })
    .batchSize(60)
    .lean())
    sum += amountFen;
  expect(sum).toBe((499 * 500) / 2);
});

it('aggregates, counts, lists distinct values, writes in bulk and deletes', async () => {
  const [total] = await Contact.aggregate<{ _id: string; sum: number; n: number }>([
    { $match: { staffId: 'many', amountFen: { $gte: 490 } } },
    { $group: { _id: '$staffId', sum: { $sum: '$amountFen' }, n: { $sum: 1 } } },
  ]);
  expect(total).toEqual({ _id: 'many', sum: 4945, n: 10 });
  await Contact.bulkWrite([
    {
      updateMany: { filter: { staffId: 'many', amountFen: { $lt: 10 } }, update: { $set: { tier: 'head' } } },
    },
    { deleteOne: { filter: { staffId: 'many', amountFen: 499 } } },
    { insertOne: { document: { staffId: 'bulk', externalUserId: 'b' } } },
    { replaceOne: { filter: { staffId: 'bulk' }, replacement: { staffId: 'bulk', externalUserId: 'c' } } },
  ]);
  expect(await Contact.countDocuments({ tier: 'head' })).toBe(10);
  expect(await Contact.exists({ staffId: 'bulk', externalUserId: 'c' })).not.toBeNull();
  expect((await Contact.distinct('staffId')).sort()).toEqual(['bulk', 'many', 's1', 's2', 's3']);
  expect((await Contact.deleteMany({ staffId: 'many' })).deletedCount).toBe(499);
});

it('changes one element of an array of documents', async () => {
  await Contact.updateOne({ staffId: 's1', 'methods.kind': 'mobile' }, { $set: { 'methods.$.value': '2' } });
  await Contact.updateOne({ staffId: 's1' }, { $push: { methods: { kind: 'email', value: 'e' } } });
  await Contact.updateOne(
    { staffId: 's1' },
    { $set: { 'methods.$[m].value': 'f' } },
    { arrayFilters: [{ 'm.kind': 'email' }] },
  );
  const { methods } = await Contact.findOne({ staffId: 's1' }).lean().orFail();
  expect(methods.map(({ kind, value }) => [kind, value])).toEqual([
    ['mobile', '2'],
    ['email', 'f'],
  ]);
});
