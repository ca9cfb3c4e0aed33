import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { DatabaseInUseError, openEmbeddedDb } from '../src/open-embedded-db.ts';
import type { EmbeddedDb } from '../src/open-embedded-db.ts';

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

it('takes over what a process left that is gone, whatever pid it had and whoever has that pid now', async () => {
  const dir = join(root, 'stale');
  mkdirSync(dir);
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const locks = [gone.pid, process.pid, 1].map((pid) =>
    JSON.stringify({ pid, startedAt: '', socketPath: join(dir, 'db.sock') }),
  );
  for (const text of [...locks, 'half a lo']) {
    writeFileSync(join(dir, 'genjin.lock'), text);
    writeFileSync(join(dir, 'db.sock'), 'left behind');
    const db = await openEmbeddedDb({ dir, mode: 'own' });
    expect(JSON.parse(readFileSync(join(dir, 'genjin.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await countIn(db)).toBeGreaterThan(0);
    await db.close();
  }
});

it.each([
  ['nothing', null],
  ['a process that is gone, as of another container', { pid: 999_999_999, startedAt: 'b:1', socketPath: '' }],
  ['this very process, as when both are pid 1', { pid: process.pid, startedAt: 'b:1', socketPath: '' }],
])('stays with its holder while the lock file names %s', async (_, lock) => {
  const dir = mkdtempSync(join(root, 'named-'));
  const first = await openEmbeddedDb({ dir, mode: 'own' });
  rmSync(join(dir, 'genjin.lock'));
  if (lock) writeFileSync(join(dir, 'genjin.lock'), JSON.stringify(lock));
  await expect(openEmbeddedDb({ dir, mode: 'own' })).rejects.toThrow(DatabaseInUseError);
  expect(await countIn(first)).toBe(1);
  await first.close();
});

it('refuses a directory that an earlier version serves, which answers at its socket', async () => {
  const dir = join(root, 'earlier');
  const served = await openEmbeddedDb({ dir: join(root, 'elsewhere'), mode: 'own' });
  mkdirSync(dir);
  const socketPath = join(root, 'elsewhere', 'db.sock');
  writeFileSync(join(dir, 'genjin.lock'), JSON.stringify({ pid: 4711, startedAt: '', socketPath }));
  await expect(openEmbeddedDb({ dir, mode: 'own' })).rejects.toThrow(/pid 4711/);
  expect(await countIn(served)).toBe(1);
  await served.close();
  await (await openEmbeddedDb({ dir, mode: 'own' })).close();
});

it('waits for a server that has said it is ending', async () => {
  const dir = join(root, 'ending');
  const first = await openEmbeddedDb({ dir, mode: 'own' });
  await countIn(first);
  first.announceEnd();
  const second = openEmbeddedDb({ dir, mode: 'own' });
  expect(await countIn(first)).toBe(2);
  await first.close();
  const db = await second;
  expect(await countIn(db)).toBe(3);
  await db.close();
});

it('opens after a kill although nobody has buried the process', async () => {
  const dir = join(root, 'zombie');
  const open = new URL('../dist/index.js', import.meta.url).href;
  const holder = `await (await import('${open}')).openEmbeddedDb({ dir: '${dir}', mode: 'own' }); console.log(process.pid)`;
  // The shell becomes a program that never asks for its children.
  const parent = spawn('sh', [
    '-c',
    `"${process.execPath}" --input-type=module -e "$0" & exec tail -f /dev/null`,
    holder,
  ]);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [pid] = await once(parent.stdout, 'data');
  process.kill(Number(pid), 'SIGKILL');
  const db = await openEmbeddedDb({ dir, mode: 'own' });
  expect(process.kill(Number(pid), 0)).toBe(true); // still in the table of processes
  expect(await countIn(db)).toBe(1);
  await db.close();
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
