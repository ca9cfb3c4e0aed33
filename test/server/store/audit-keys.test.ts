import { createConnection } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { createAuditKeys } from '../../../server/store/audit-keys.ts';
import type { AuditEntry } from '../../../server/store/audit-model.ts';
import { createAuditStore } from '../../../server/store/audit.ts';
import { aShelf } from '../../support/a-shelf.ts';

const SECRET = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const anEntry = (act: string, day = '2026-03-11'): AuditEntry => ({
  by: 'olga',
  at: new Date(`${day}T02:00:00.000Z`),
  act,
  subject: 'account:a1',
  from: null,
  to: null,
});

/** A log that an earlier version began without a key, and the stores that this version opens on it. */
async function anOlderLog() {
  const { audit: older, connection, uri } = await aShelf();
  for (const act of ['one', 'two', 'three']) await older.note([anEntry(act, '2025-01-01')]);
  const opened = async (...secrets: string[]) => {
    const db = await createConnection(uri, { autoIndex: false }).asPromise();
    onTestFinished(() => db.close());
    return createAuditStore(db, createAuditKeys(secrets));
  };
  return { older, kept: connection.collection('audit'), opened };
}
const faultsOf = async (store: { verify: ReturnType<typeof createAuditStore>['verify'] }) =>
  (await store.verify()).faults.map(({ fault }) => fault);

it('seals the chains of earlier versions with the first keyed head', async () => {
  const { kept, opened } = await anOlderLog();
  const store = await opened(SECRET);
  await store.note([anEntry('four')]);
  expect(await store.verify()).toMatchObject({ isWhole: true, entries: 5, unkeyed: 3 });
  const [begin] = await store.list({ subject: 'audit:chains', limit: 1 });
  expect(begin).toMatchObject({ act: 'audit.begin', to: { heads: [{ seq: 3 }] }, keyId: expect.any(String) });
  await kept.deleteOne({ act: 'three' });
  expect(await faultsOf(store)).toEqual(['cut']);
  await kept.deleteMany({ seq: { $lte: 2 }, keyId: { $exists: false } });
  expect(await faultsOf(store)).toEqual(['dropped']);
});

it('sees a chain that was made anew by somebody who has no key, also when it is called an older one', async () => {
  const { older, opened } = await anOlderLog();
  const store = await opened(SECRET);
  await store.note([anEntry('four')]);
  await older.note([anEntry('forged', '2025-01-02')]);
  expect(await faultsOf(store)).toEqual(['unkeyed']);
  await store.noteHeads({ by: 'job', at: new Date('2026-03-12') });
  expect(await faultsOf(store)).toEqual(['unkeyed']);
});

it('checks what an older key sealed, and says of a key that is not here that it cannot be checked', async () => {
  const { opened } = await anOlderLog();
  await (await opened(OTHER)).note([anEntry('four')]);
  await (await opened(SECRET, OTHER)).note([anEntry('five')]);
  expect(await (await opened(SECRET, OTHER)).verify()).toMatchObject({ isWhole: true, unchecked: 0 });
  const without = await (await opened(SECRET)).verify();
  expect(without).toMatchObject({ isWhole: false, faultCount: 0, unchecked: 2 });
  expect(without.missingKeys).toHaveLength(1);
});

it('begins each chain with the heads of the others, so that one that is dropped is missed', async () => {
  const { kept, opened } = await anOlderLog();
  for (const act of ['four', 'five', 'six']) await (await opened(SECRET)).note([anEntry(act)]);
  const store = await opened(SECRET);
  expect((await store.verify()).isWhole).toBe(true);
  const five = await kept.findOne({ act: 'five' });
  await kept.deleteMany({ writer: five?.['writer'] });
  expect(await faultsOf(store)).toEqual(['dropped']);
});

it('notes the ends of all chains, and finds against them what was cut, dropped or rewritten since', async () => {
  const { kept, opened } = await anOlderLog();
  const store = await opened(SECRET);
  await store.note([anEntry('four'), anEntry('five')]);
  const heads = await store.noteHeads({ by: 'job', at: new Date('2026-03-12') });
  expect(heads.map(({ seq }) => seq).sort()).toEqual([3, 4]);
  expect(await store.verify(heads)).toMatchObject({ isWhole: true });
  const last = await kept.findOne({ act: 'audit.heads' });
  await kept.deleteOne({ act: 'audit.heads' });
  expect((await store.verify(heads)).faults).toMatchObject([{ seq: 4, fault: 'cut' }]);
  await kept.deleteMany({ writer: last?.['writer'] });
  expect((await store.verify(heads)).faults).toMatchObject([{ seq: 4, fault: 'dropped' }]);
});
