import {
  chmodSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, mongo } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../server/boot/config.ts';
import { dataDirOf } from '../../../server/boot/data-dir.ts';
import { openEmbeddedDb } from '@genjin/embedded-mongo';
import { restoreBackup } from '../../../server/flows/backup/restore-backup.ts';
import { writeBackup } from '../../../server/flows/backup/write-backup.ts';
import { openBackup } from '../../../server/boot/open-backup.ts';
import { createAuditKeys } from '../../../server/store/audit-keys.ts';
import { createAuditStore } from '../../../server/store/audit.ts';
import type { DatabaseKind, Documents } from '../../../server/store/backup.ts';
import { openFolder } from '../../../server/boot/backup-files.ts';
import type { BackupParts } from '../../../server/boot/backup-parts.ts';
import { aDatabase } from '../../support/a-database.ts';

const { Double, Int32, ObjectId, Binary } = mongo.BSON;

function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-backup-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** `dir` is where an installation in `root` keeps its files. */
type Place = { root: string; dir: string; uri: string | undefined };

function aPlace(uri?: string): Place {
  const root = aFolder();
  const dir = dataDirOf({ DATA_DIR: root, WECOM_CORP_ID: undefined });
  mkdirSync(dir, { recursive: true });
  return { root, dir, uri };
}

/** An installation on an embedded database of its own, and how to look into it. */
const embedded = (): Place => aPlace();
/** One on the server that tests share. */
function elsewhere(): Place {
  const { uri, drop } = aDatabase();
  onTestFinished(drop);
  return aPlace(uri);
}
const configOf = ({ root, uri }: Place) =>
  readConfig({ DATA_DIR: root, LOG_LEVEL: 'silent', ...(uri ? { MONGODB_URI: uri } : {}) });

async function within<Result>(place: Place, work: (db: mongo.Db) => Promise<Result>): Promise<Result> {
  const owned = place.uri
    ? null
    : await openEmbeddedDb({ dir: place.dir, mode: 'join-or-own', database: 'genjin' });
  const client = new mongo.MongoClient(place.uri ?? owned?.uri ?? '');
  try {
    return await work(client.db());
  } finally {
    await client.close();
    await owned?.close();
  }
}

async function backup(place: Place, folder: string, isOffline = false) {
  const { parts, close } = await openBackup(configOf(place), folder);
  return writeBackup(parts, { isOffline }).finally(close);
}
async function restore(place: Place, folder: string) {
  const { parts, close } = await openBackup(configOf(place), folder);
  return restoreBackup(parts).finally(close);
}

const SECRET = 'c'.repeat(64);
/** Kinds that a way through JSON would lose, and more documents than go in one write. */
const ODD = {
  _id: new ObjectId('65a000000000000000000001'),
  whole: new Double(5),
  int: new Int32(5),
  text: '跟进\u0000😀',
  at: new Date('2026-12-01T00:00:00.123Z'),
  none: null,
  bytes: new Binary(Buffer.from([0, 1, 255])),
  deep: { list: [[], {}, { a: [1] }] },
};

async function fill(place: Place): Promise<void> {
  writeFileSync(join(place.dir, 'session-secret'), SECRET, { mode: 0o600 });
  mkdirSync(join(place.dir, 'audit-heads'));
  writeFileSync(join(place.dir, 'audit-heads', '2026-12-01.json'), '{}');
  await within(place, async (db) => {
    await db.collection('odd').insertOne({ ...ODD });
    const followUps = Array.from({ length: 1200 }, (_, n) => ({ n, note: `第 ${n} 次`, at: new Date(n) }));
    await db.collection('followups').insertMany(followUps);
    await db.collection('odd').createIndex({ whole: 1 });
  });
}

/** Every document, byte for byte. */
const bytesOf = (place: Place) =>
  within(place, async (db) => {
    const names = ['followups', 'odd'];
    const all = names.map((name) => db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray());
    return (await Promise.all(all)).map((docs) => Buffer.concat(docs as unknown as Buffer[]).toString('hex'));
  });

it.each([
  ['an embedded database to another', embedded, embedded],
  ['an embedded database to a server', embedded, elsewhere],
  ['a server to an embedded database', elsewhere, embedded],
])('puts everything back byte for byte, from %s', async (_way, from, to) => {
  const [source, target, folder] = [from(), to(), join(aFolder(), 'backup')];
  await fill(source);
  const written = await backup(source, folder, true);
  expect(written.collections.map(({ name, documents }) => [name, documents])).toEqual([
    ['followups', 1200],
    ['odd', 1],
  ]);
  await restore(target, folder);
  expect(await bytesOf(target)).toEqual(await bytesOf(source));
  expect(readFileSync(join(target.dir, 'session-secret'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(target.dir, 'audit-heads', '2026-12-01.json'), 'utf8')).toBe('{}');
  expect(statSync(join(target.dir, 'session-secret')).mode & 0o777).toBe(0o600);
});

/** A backup of a book with one follow-up, whose data had reached that migration; null: of a version without any. */
async function aBackupAt(number: number | null): Promise<string> {
  const [source, folder] = [embedded(), join(aFolder(), 'backup')];
  await within(source, async (db) => {
    await db.collection<{ _id: string }>('followups').insertOne({ _id: 'f1' });
    const note = { name: 'x', at: new Date(0) };
    if (number !== null)
      await db.collection<{ _id: number }>('migrations').insertOne({ _id: number, ...note });
  });
  await backup(source, folder);
  return folder;
}

it("brings a backup of an earlier version to today's shape", async () => {
  const target = embedded();
  await restore(target, await aBackupAt(null));
  const kept = await within(target, (db) => db.collection('followups').findOne({}));
  expect(kept).toEqual({ _id: 'f1', outcome: null, isTouch: true });
});

it('refuses a backup of a newer version, and leaves nothing of it behind', async () => {
  const target = embedded();
  await expect(restore(target, await aBackupAt(999))).rejects.toThrow(/newer version of Genjin/);
  expect(await within(target, (db) => db.collection('followups').countDocuments({}))).toBe(0);
});

it('keeps the backup to its owner, and leaves no copy of the database behind', async () => {
  const [source, folder] = [embedded(), join(aFolder(), 'backup')];
  await fill(source);
  await backup(source, folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const each of paths) {
    const mode = statSync(join(each.parentPath, each.name)).mode & 0o777;
    expect([each.name, mode]).toEqual([each.name, each.isDirectory() ? 0o700 : 0o600]);
  }
  expect(paths.map(({ name }) => name)).not.toContain('data.mdb');
});

it('takes one moment of a database that is written all the while', async () => {
  const [source, target, folder] = [embedded(), embedded(), join(aFolder(), 'backup')];
  await within(source, async (db) => {
    const state = { isOver: false };
    const pairs = async () => {
      for (let n = 0; !state.isOver; n += 1) {
        await db.collection('left').insertOne({ n });
        await db.collection('right').insertOne({ n });
      }
    };
    const writing = pairs();
    await expect.poll(() => db.collection('right').countDocuments({})).toBeGreaterThan(50);
    await backup(source, folder);
    state.isOver = true;
    await writing;
  });
  await restore(target, folder);
  const [left = 0, right = 0] = await within(target, (db) =>
    Promise.all(['left', 'right'].map((name) => db.collection(name).countDocuments({}))),
  );
  expect(right).toBeGreaterThan(50);
  expect(left - right).toBeGreaterThanOrEqual(0);
  expect(left - right).toBeLessThanOrEqual(1);
});

const onAudit = async <Result>(
  place: Place,
  work: (audit: ReturnType<typeof createAuditStore>) => Promise<Result>,
) => {
  const owned = await openEmbeddedDb({ dir: place.dir, mode: 'own', database: 'genjin' });
  const connection = await createConnection(owned.uri, { autoIndex: false }).asPromise();
  const key = readFileSync(join(place.dir, 'audit-key'), 'utf8');
  return work(createAuditStore(connection, createAuditKeys([key]))).finally(async () => {
    await connection.destroy();
    await owned.close();
  });
};

it('brings the audit log back whole, with its key', async () => {
  const [source, target, folder] = [embedded(), embedded(), join(aFolder(), 'backup')];
  writeFileSync(join(source.dir, 'audit-key'), SECRET, { mode: 0o600 });
  const change = { by: 'olga', at: new Date(0), act: 'x', subject: '', from: null, to: { n: 1.5 } };
  await onAudit(source, (audit) => audit.note([change, change]));
  await backup(source, folder);
  await restore(target, folder);
  expect(await onAudit(target, (audit) => audit.verify())).toMatchObject({
    isWhole: true,
    entries: 3,
    unchecked: 0,
  });
});

it('restores into an empty installation only, and changes nothing else', async () => {
  const [source, folder] = [embedded(), join(aFolder(), 'backup')];
  await fill(source);
  await backup(source, folder);
  await expect(restore(source, folder)).rejects.toThrow(/已有数据.*空的安装/);
  const other = embedded();
  writeFileSync(join(other.dir, 'session-secret'), 'd'.repeat(64));
  await expect(restore(other, folder)).rejects.toThrow(/session-secret 已存在且内容不同/);
  expect(await within(other, (db) => db.collection('odd').countDocuments({}))).toBe(0);
});

it.each([
  [
    'a document changed',
    'collections/odd.bson',
    (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte))),
    /不符/,
  ],
  ['an end is missing', 'collections/followups.bson', (bytes: Buffer) => bytes.subarray(0, -7), /不符/],
  ['a secret changed', 'files/session-secret', () => Buffer.from('x'), /不符/],
  ['the manifest is none', 'manifest.json', () => Buffer.from('{"format":"other"}'), /备份清单/],
])('refuses a backup of which %s', async (...[, path, change, message]) => {
  const [source, target, folder] = [embedded(), embedded(), join(aFolder(), 'backup')];
  await fill(source);
  await backup(source, folder);
  const file = join(folder, ...path.split('/'));
  chmodSync(file, 0o600);
  writeFileSync(file, change(readFileSync(file)));
  await expect(restore(target, folder)).rejects.toThrow(message);
  expect(await within(target, (db) => db.collection('odd').countDocuments({}))).toBe(0);
});

it('refuses a folder that is not empty, one that is no backup, and a path that leads out of it', async () => {
  const [source, folder] = [embedded(), aFolder()];
  await fill(source);
  writeFileSync(join(folder, 'mine.txt'), 'keep');
  await expect(backup(source, folder)).rejects.toThrow(/已有文件/);
  expect(readdirSync(folder)).toEqual(['mine.txt']);
  await expect(restore(embedded(), folder)).rejects.toThrow(/没有 manifest.json/);
  const list = [{ path: '../../etc/passwd', sha256: 'x', bytes: 1 }];
  const manifest = { format: 'genjin-backup-1', collections: [], files: list };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await expect(restore(embedded(), folder)).rejects.toThrow(/不完整/);
});

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A server of a kind that the tests have none of: what is asked of it while a backup is written. */
function aServer(kind: DatabaseKind, place: Place, folder: string) {
  const asked: unknown[] = [];
  const database = {
    kind: async () => kind,
    names: async () => ['one'],
    atOneMoment: async <Result>(isSnapshot: boolean, work: (read: () => Documents) => Promise<Result>) => {
      asked.push(isSnapshot);
      return work(nothing);
    },
  };
  const [data, target] = [openFolder(place.dir), openFolder(folder)];
  const parts = { database, data, folder: target, now: () => new Date(0) };
  return { asked, parts: parts as unknown as BackupParts };
}

it('reads a replica set in a snapshot, and a standalone server only when everything is stopped', async () => {
  const place = embedded();
  const replicas = aServer('replica-set', place, join(aFolder(), 'backup'));
  await writeBackup(replicas.parts, { isOffline: false });
  expect(replicas.asked).toEqual([true]);
  const alone = aServer('standalone', place, join(aFolder(), 'backup'));
  await expect(writeBackup(alone.parts, { isOffline: false })).rejects.toThrow(/不是副本集.*--offline/);
  expect(alone.asked).toEqual([]);
  await writeBackup(alone.parts, { isOffline: true });
  expect(alone.asked).toEqual([false]);
});
