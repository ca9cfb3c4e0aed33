import { createConnection } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabaseProbe } from '../../../../server/store/db/database-probe.ts';
import { aShelf } from '../../../support/a-shelf.ts';

it('finds every index of shelves that are set up, and names the one that is missing', async () => {
  const { connection } = await aShelf();
  const probe = createDatabaseProbe(connection);
  expect(await probe.missingIndexes()).toEqual([]);
  await connection.collection('contacts').dropIndex('accountId_1');
  expect(await probe.missingIndexes()).toEqual(['contacts(accountId)']);
});

it('tells the version', async () => {
  const { connection } = await aShelf();
  expect(await createDatabaseProbe(connection).version()).toMatch(/^\d+\.\d+/);
});

it('leaves nothing behind that makes a new database look old', async () => {
  const { uri } = await aShelf();
  const named = new URL(uri);
  named.pathname = '/genjin_probe_test';
  const connection = await createConnection(named.href, { autoIndex: false, autoCreate: false }).asPromise();
  onTestFinished(() => connection.close());
  const probe = createDatabaseProbe(connection);
  expect([await probe.isNew(), await probe.roundTrip(new Date()), await probe.isNew()]).toEqual([
    true,
    true,
    true,
  ]);
  expect(await connection.collection('doctor_probes').countDocuments()).toBe(0);
  await connection.collection('accounts').insertOne({ name: 'a' });
  expect(await probe.isNew()).toBe(false);
  await connection.dropDatabase();
});
