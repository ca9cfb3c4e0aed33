import { createConnection } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { createStores } from '../../../../server/store/db/create-stores.ts';
import { createMigrations } from '../../../../server/store/db/migrate.ts';
import { ALL_MIGRATIONS } from '../../../../server/store/db/migrations/all-migrations.ts';
import { aShelf } from '../../../support/a-shelf.ts';

const PLACE = { timeZone: 'Asia/Shanghai' };
type Note = { _id: number; name: string };

/** Two migrations, the names of those that ran, and the notes of them; `fails`: the second does so, the first time. */
async function aBook({ fails = false } = {}) {
  const shelf = await aShelf();
  await shelf.connection.collection('migrations').deleteMany({}); // as a database is before its first start
  const ran: string[] = [];
  const step = (number: number, name: string) => ({
    number,
    name,
    carryOut: async () => {
      const isFirst = !ran.includes(name);
      ran.push(name);
      if (fails && number === 2 && isFirst) throw new Error('the disk is full');
    },
  });
  const all = [step(1, 'one'), step(2, 'two')];
  const notes = () => shelf.connection.collection<Note>('migrations').find({}).sort({ _id: 1 }).toArray();
  const fill = () => shelf.connection.collection<{ _id: string }>('orders').insertOne({ _id: 'SO-1' });
  return { ...shelf, all, ran, notes, fill };
}

it('marks a database that holds nothing as being at the newest number, and carries nothing out then or later', async () => {
  const { connection, all, ran, notes, fill } = await aBook();
  await createMigrations(connection, all).carryOut(PLACE);
  await fill();
  await createMigrations(connection, all).carryOut(PLACE);
  expect(ran).toEqual([]);
  expect(await notes()).toMatchObject([{ _id: 2, name: 'two', at: expect.any(Date) }]);
});

it('carries out what a book lacks, each once, in order, and notes it', async () => {
  const { connection, all, ran, notes, fill } = await aBook();
  await fill();
  await createMigrations(connection, all.slice(0, 1)).carryOut(PLACE);
  for (let start = 0; start < 2; start += 1) await createMigrations(connection, all).carryOut(PLACE);
  expect(ran).toEqual(['one', 'two']);
  expect((await notes()).map(({ _id, name }) => [_id, name])).toEqual([
    [1, 'one'],
    [2, 'two'],
  ]);
});

it('begins a migration that failed anew at the next start, and not those before it', async () => {
  const { connection, all, ran, fill } = await aBook({ fails: true });
  await fill();
  await expect(createMigrations(connection, all).carryOut(PLACE)).rejects.toThrow('the disk is full');
  await createMigrations(connection, all).carryOut(PLACE);
  expect(ran).toEqual(['one', 'two', 'two']);
});

it('lets one of several processes that start at once do it, and the others wait for it', async () => {
  const { connection, uri, all, ran, fill } = await aBook();
  await fill();
  const other = await createConnection(uri, { autoIndex: false }).asPromise();
  onTestFinished(() => other.destroy());
  createStores(other);
  const starts = [connection, other, connection].map(async (db) => {
    const migrations = createMigrations(db, all);
    await migrations.carryOut(PLACE);
    return migrations.reached();
  });
  expect(await Promise.all(starts)).toEqual([2, 2, 2]);
  expect(ran).toEqual(['one', 'two']);
});

it('knows its migrations by numbers that go up by one, and by names of their own', () => {
  expect(ALL_MIGRATIONS.map(({ number }) => number)).toEqual(ALL_MIGRATIONS.map((_, index) => index + 1));
  expect(new Set(ALL_MIGRATIONS.map(({ name }) => name)).size).toBe(ALL_MIGRATIONS.length);
});
