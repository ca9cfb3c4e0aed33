import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedDb } from '../src/open-embedded-db.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'genjin-durability-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const KILLS = 3;
const ACKNOWLEDGED_BEFORE_KILL = 150;

/** Writes as fast as it can in eight lanes and prints what was acknowledged: each write is a group of two and a counter. */
const WRITER = `
  const { openEmbeddedDb } = await import(process.env.OPEN);
  const { mongo } = await import(process.env.MONGOOSE);
  const { uri } = await openEmbeddedDb({ dir: process.env.DIR, mode: 'own' });
  const db = new mongo.MongoClient(uri).db();
  await db.collection('pairs').createIndex({ group: 1, half: 1 }, { unique: true });
  const lane = async (lane) => {
    for (let n = 0; ; n += 1) {
      const group = process.env.ROUND + ':' + lane + ':' + n;
      await db.collection('pairs').insertMany([{ group, half: 1 }, { group, half: 2, fill: 'x'.repeat(300) }]);
      await db.collection('counts').updateOne({ _id: 'lane' + lane }, { $inc: { n: 1 }, $set: { last: group } }, { upsert: true });
      process.stdout.write(group + '\\n');
    }
  };
  for (let n = 0; n < 8; n += 1) void lane(n);
`;

/** Starts the writer, kills it in the middle of its work, and gives what it was told had been written. */
async function writeAndKill(round: number): Promise<string[]> {
  const env = {
    ...process.env,
    DIR: dir,
    ROUND: String(round),
    OPEN: new URL('../dist/index.js', import.meta.url).href,
    MONGOOSE: import.meta.resolve('mongoose'),
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    acknowledged.push(line);
    if (acknowledged.length === ACKNOWLEDGED_BEFORE_KILL + round * 37) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return acknowledged;
}

it('loses nothing acknowledged and keeps nothing half, however often it is killed', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    acknowledged.push(...(await writeAndKill(round)));
    const embedded = await openEmbeddedDb({ dir, mode: 'own' });
    const client = new mongo.MongoClient(embedded.uri);
    try {
      const pairs = client.db().collection('pairs');
      const groups = await pairs
        .aggregate<{ _id: string; n: number }>([{ $group: { _id: '$group', n: { $sum: 1 } } }])
        .toArray();
      const written = new Set(groups.map(({ _id }) => _id));
      expect(acknowledged.filter((group) => !written.has(group))).toEqual([]);
      expect(groups.filter(({ n }) => n !== 2)).toEqual([]);
      const counts = await client.db().collection<{ _id: string; n: number }>('counts').find().toArray();
      expect(counts.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(acknowledged.length);
      expect(await pairs.find().hint('group_1_half_1').toArray()).toHaveLength(written.size * 2);
      expect(await pairs.countDocuments({})).toBe(await pairs.estimatedDocumentCount());
    } finally {
      await client.close();
      await embedded.close();
    }
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * ACKNOWLEDGED_BEFORE_KILL);
}, 90_000);
