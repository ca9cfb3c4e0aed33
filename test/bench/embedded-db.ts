import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { open } from 'lmdb';
import { mongo } from 'mongoose';
import { openEmbeddedDb } from '@genjin/embedded-mongo';

const DOCUMENTS = 100_000;
const BATCH = 1000;
const IN_FLIGHT = 16;
const STAFF = 50;

type Measure = { name: string; value: number; unit: string; baseline: number; isTime?: boolean };
type Print = (line: string) => void;
type Collection = mongo.Collection;

/** A document of about 320 bytes, like a contact. */
const aContact = (n: number) => ({
  externalUserId: `wmExternal${n}`,
  staffId: `staff${n % STAFF}`,
  name: `客户联系人 ${n}`,
  tier: ['head', 'waist', 'tail'][n % 3],
  amountFen: (n * 7919) % 1_000_000,
  lastTouchAt: new Date(1_700_000_000_000 + n * 60_000),
  note: 'x'.repeat(105),
});

/** Times above its baseline are slower, rates below it; the ratio is always ours to the baseline's. */
function report(print: Print, { name, value, unit, baseline }: Measure): void {
  print(`${name} ${round(value)} ${unit} (baseline ${round(baseline)}, ratio ${round(value / baseline)})`);
}

const round = (value: number): string =>
  value.toPrecision(3).replace(/^(\d+(\.\d+)?)e\+(\d+)$/, (text) => String(Number(text)));

async function seconds(work: () => Promise<unknown> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function percentile50(times: number, work: () => Promise<unknown>): Promise<number> {
  const spent: number[] = [];
  for (let at = 0; at < times; at += 1) spent.push((await seconds(work)) * 1000);
  return spent.sort((left, right) => left - right)[Math.floor(times / 2)] ?? 0;
}

const quiet = async (work: () => Promise<unknown>): Promise<void> => void (await work());

/** Measures the embedded database against what it is made of: LMDB itself and a bare socket. */
export async function benchEmbeddedDb(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-bench-'));
  const rssBefore = process.memoryUsage.rss();
  const db = await openEmbeddedDb({ dir: join(dir, 'db'), mode: 'own' });
  const client = new mongo.MongoClient(db.uri, { maxPoolSize: IN_FLIGHT });
  try {
    const contacts = client.db().collection('contacts');
    const raw = benchLmdb(join(dir, 'raw'));
    await benchInserts(print, contacts, raw.putsPerSecond);
    await benchReads(print, contacts, await echoMs(join(dir, 'echo.sock')));
    await benchUpdates(print, contacts, raw.transactionsPerSecond);
    await benchGroup(print, contacts, raw.scanSeconds);
    const grownMb = (process.memoryUsage.rss() - rssBefore) / 2 ** 20;
    report(print, {
      name: 'embedded-db.memory-grown',
      value: grownMb,
      unit: 'MB',
      baseline: rssBefore / 2 ** 20,
    });
  } finally {
    await client.close();
    await db.close();
  }
  await benchReopen(print, join(dir, 'db'));
  rmSync(dir, { recursive: true, force: true });
}

async function benchInserts(print: Print, contacts: Collection, baseline: number): Promise<void> {
  await contacts.createIndex({ externalUserId: 1 }, { unique: true });
  await contacts.createIndex({ staffId: 1, lastTouchAt: -1 });
  await contacts.createIndex({ tier: 1, amountFen: -1 });
  await contacts.createIndex({ lastTouchAt: 1 });
  const spent = await seconds(async () => {
    for (let at = 0; at < DOCUMENTS; at += BATCH) {
      await contacts.insertMany(Array.from({ length: BATCH }, (_, n) => aContact(at + n)));
    }
  });
  report(print, { name: 'embedded-db.insert-many', value: DOCUMENTS / spent, unit: 'documents/s', baseline });
}

async function benchReads(print: Print, contacts: Collection, echo: number): Promise<void> {
  const found = await contacts.findOne({ externalUserId: 'wmExternal77777' });
  if (!found) throw new Error('the benchmark lost a document');
  const byId = await percentile50(2000, () => contacts.findOne({ _id: found._id }));
  report(print, { name: 'embedded-db.find-one-by-id.p50', value: byId, unit: 'ms', baseline: echo });
  const page = { staffId: 'staff7' };
  const sorted = await percentile50(300, () =>
    contacts.find(page).sort({ lastTouchAt: -1 }).limit(20).toArray(),
  );
  report(print, {
    name: 'embedded-db.find-20-sorted-by-index.p50',
    value: sorted,
    unit: 'ms',
    baseline: echo,
  });
}

async function benchUpdates(print: Print, contacts: Collection, baseline: number): Promise<void> {
  let n = 0;
  const update = (): Promise<unknown> => {
    n += 1;
    return contacts.findOneAndUpdate(
      { externalUserId: `wmExternal${(n * 7919) % DOCUMENTS}` },
      { $set: { lastTouchAt: new Date(), round: n } },
    );
  };
  const alone = await seconds(async () => {
    for (let at = 0; at < 2000; at += 1) await update();
  });
  report(print, { name: 'embedded-db.find-one-and-update.alone', value: 2000 / alone, unit: '/s', baseline });
  const lane = async (): Promise<void> => {
    for (let at = 0; at < 1000; at += 1) await update();
  };
  const together = await seconds(() => Promise.all(Array.from({ length: IN_FLIGHT }, lane)));
  const value = (IN_FLIGHT * 1000) / together;
  report(print, {
    name: `embedded-db.find-one-and-update.${IN_FLIGHT}-in-flight`,
    value,
    unit: '/s',
    baseline,
  });
}

async function benchGroup(print: Print, contacts: Collection, baseline: number): Promise<void> {
  const pipeline = [{ $group: { _id: '$staffId', sum: { $sum: '$amountFen' }, count: { $sum: 1 } } }];
  const value = await seconds(() => quiet(() => contacts.aggregate(pipeline).toArray()));
  report(print, { name: 'embedded-db.group-over-all', value, unit: 's', baseline });
}

async function benchReopen(print: Print, dir: string): Promise<void> {
  const value = await seconds(async () => (await openEmbeddedDb({ dir, mode: 'own' })).close());
  const empty = await seconds(async () =>
    (await openEmbeddedDb({ dir: `${dir}-empty`, mode: 'own' })).close(),
  );
  report(print, { name: 'embedded-db.reopen-and-close', value, unit: 's', baseline: empty });
}

type Raw = { putsPerSecond: number; transactionsPerSecond: number; scanSeconds: number };

/** An index key of 40 bytes. */
const key = (n: number, table: number): Buffer => {
  const bytes = Buffer.alloc(40, table);
  bytes.writeDoubleBE(n, 8);
  return bytes;
};

/** The same bytes put into LMDB with as many index keys, one transaction per batch; and one small transaction at a time. */
function benchLmdb(path: string): Raw {
  const db = open<Buffer, Buffer>({
    path,
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
  });
  const put = (n: number): void => {
    db.putSync(key(n, 0), Buffer.from(BSON.serialize(aContact(n))));
    for (let table = 1; table <= 5; table += 1)
      db.putSync(key((n * 7919) % DOCUMENTS, table), Buffer.alloc(6));
  };
  let start = performance.now();
  for (let at = 0; at < DOCUMENTS; at += BATCH) {
    db.transactionSync(() => Array.from({ length: BATCH }, (_, n) => put(at + n)).length);
  }
  const putsPerSecond = DOCUMENTS / ((performance.now() - start) / 1000);
  start = performance.now();
  for (let n = 0; n < 1000; n += 1) db.transactionSync(() => put(n));
  const transactionsPerSecond = 1000 / ((performance.now() - start) / 1000);
  start = performance.now();
  for (const { value } of db.getRange({ start: key(0, 0).subarray(0, 8), end: key(0, 1).subarray(0, 8) }))
    BSON.deserialize(value);
  const scanSeconds = (performance.now() - start) / 1000;
  void db.close();
  return { putsPerSecond, transactionsPerSecond, scanSeconds };
}

/** The round trip of 100 bytes over a unix socket within this process. */
async function echoMs(path: string): Promise<number> {
  const server = createServer((socket) => socket.on('data', (chunk) => socket.write(chunk)));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const socket = connect(path);
  const bytes = Buffer.alloc(100);
  const value = await percentile50(
    2000,
    () => new Promise((resolve) => (socket.once('data', resolve), socket.write(bytes))),
  );
  socket.destroy();
  server.close();
  return value;
}
