import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseInUseError, openEmbeddedDb } from '../../server/embedded-db/open-embedded-db.ts';
import type { EmbeddedDb } from '../../server/embedded-db/open-embedded-db.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'genjin-lock-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function countIn(db: EmbeddedDb): Promise<number> {
  const client = new mongo.MongoClient(db.uri);
  try {
    await client.db().collection('things').insertOne({ a: 1 });
    return await client.db().collection('things').countDocuments({});
  } finally {
    await client.close();
  }
}

it('refuses a second server, naming directory, process and cure', async () => {
  const dir = join(root, 'twice');
  const first = await openEmbeddedDb({ dir, mode: 'own' });
  const second = openEmbeddedDb({ dir, mode: 'own' });
  await expect(second).rejects.toThrow(DatabaseInUseError);
  await expect(second).rejects.toThrow(new RegExp(`${dir}.*pid ${process.pid}.*(Stop|DATA_DIR)`));
  expect(await countIn(first)).toBe(1);
  await first.close();
});

it('lets a command join the running server, which goes on after the command closes', async () => {
  const dir = join(root, 'joined');
  const owner = await openEmbeddedDb({ dir, mode: 'join-or-own' });
  const joiner = await openEmbeddedDb({ dir, mode: 'join-or-own' });
  expect([owner.isOwner, joiner.isOwner, joiner.uri]).toEqual([true, false, owner.uri]);
  expect(await countIn(joiner)).toBe(1);
  await joiner.close();
  expect(await countIn(owner)).toBe(2);
  await owner.close();
  const next = await openEmbeddedDb({ dir, mode: 'join-or-own' });
  expect(next.isOwner).toBe(true);
  expect(await countIn(next)).toBe(3);
  await next.close();
});

it('keeps its socket to itself and leaves neither socket nor lock behind', async () => {
  const dir = join(root, 'tidy');
  const db = await openEmbeddedDb({ dir, mode: 'own' });
  const socket = join(dir, 'db.sock');
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  await Promise.all([db.close(), db.close()]);
  expect([existsSync(socket), existsSync(join(dir, 'genjin.lock'))]).toEqual([false, false]);
});

it('recovers the lock of a process that is gone, and of a pid that is another process now', async () => {
  const dir = join(root, 'stale');
  mkdirSync(dir);
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const locks = [
    { pid: gone.pid, startedAt: '', socketPath: join(dir, 'db.sock') },
    { pid: process.pid, startedAt: 'another boot:1', socketPath: join(dir, 'db.sock') },
  ].map((holder) => JSON.stringify(holder));
  for (const text of [...locks, 'half a lo']) {
    writeFileSync(join(dir, 'genjin.lock'), text);
    writeFileSync(join(dir, 'db.sock'), 'left behind');
    const db = await openEmbeddedDb({ dir, mode: 'own' });
    expect(JSON.parse(readFileSync(join(dir, 'genjin.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await countIn(db)).toBeGreaterThan(0);
    await db.close();
  }
});

it('puts the socket elsewhere when the directory is too long for one', async () => {
  const dir = join(root, 'd'.repeat(100), 'e'.repeat(60));
  const owner = await openEmbeddedDb({ dir, mode: 'own' });
  const joiner = await openEmbeddedDb({ dir, mode: 'join-or-own' });
  expect(joiner.uri).toBe(owner.uri);
  expect(await countIn(joiner)).toBe(1);
  const folder = dirname(decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(owner.uri)?.[1] ?? ''));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await owner.close();
  expect(existsSync(folder)).toBe(false);
});

it('never removes anything but its socket, whatever the directory is called', async () => {
  const dir = join(root, 'genjin-data');
  mkdirSync(dir);
  writeFileSync(join(dir, 'mine.txt'), 'keep');
  const db = await openEmbeddedDb({ dir, mode: 'own' });
  await countIn(db);
  await db.close();
  expect(readFileSync(join(dir, 'mine.txt'), 'utf8')).toBe('keep');
  expect(existsSync(join(dir, 'data.mdb'))).toBe(true);
});

it('says what is wrong when the directory cannot be used', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await expect(openEmbeddedDb({ dir: join(file, 'db'), mode: 'own' })).rejects.toThrow(/ENOTDIR|EEXIST/);
});
