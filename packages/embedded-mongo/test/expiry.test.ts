import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { expect, it } from 'vitest';
import { openEmbeddedDb } from '../src/open-embedded-db.ts';

it('removes what a TTL index says is over, and nothing else', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-expiry-'));
  const embedded = await openEmbeddedDb({ dir, mode: 'own' });
  const client = new mongo.MongoClient(embedded.uri);
  try {
    const sessions = client.db().collection<{ _id: string; at?: unknown; open?: boolean }>('sessions');
    const now = new Date('2026-01-01T12:00:00Z');
    const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
    await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await sessions.insertMany([
      { _id: 'over', at: before(61) },
      { _id: 'just over', at: before(60) },
      { _id: 'not yet', at: before(59) },
      { _id: 'one of several over', at: [before(10), before(100)] },
      { _id: 'no date', at: 'yesterday' },
      { _id: 'null', at: null },
      { _id: 'missing' },
    ]);
    expect(await embedded.sweepExpired(now)).toBe(3);
    expect((await sessions.find().toArray()).map(({ _id }) => _id)).toEqual([
      'not yet',
      'no date',
      'null',
      'missing',
    ]);
    expect(await embedded.sweepExpired(now)).toBe(0);
    await client.db().command({ collMod: 'sessions', index: { name: 'at_1', expireAfterSeconds: 30 } });
    expect(await embedded.sweepExpired(now)).toBe(1);
    await sessions.dropIndexes();
    await sessions.createIndex(
      { at: 1 },
      { expireAfterSeconds: 0, partialFilterExpression: { open: false } },
    );
    await sessions.insertMany([
      { _id: 'open', at: before(5), open: true },
      { _id: 'closed', at: before(5), open: false },
    ]);
    expect(await embedded.sweepExpired(now)).toBe(1);
    expect(await sessions.countDocuments({ _id: 'open' })).toBe(1);
  } finally {
    await client.close();
    await embedded.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

it('clears a large heap in several turns', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-expiry-'));
  const embedded = await openEmbeddedDb({ dir, mode: 'own' });
  const client = new mongo.MongoClient(embedded.uri);
  try {
    const things = client.db().collection('things');
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 0 });
    await things.insertMany(Array.from({ length: 2500 }, (_, n) => ({ at: new Date(n) })));
    expect(await embedded.sweepExpired(new Date(2400))).toBe(2401);
    expect(await things.countDocuments({})).toBe(99);
  } finally {
    await client.close();
    await embedded.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
