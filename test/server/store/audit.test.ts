import { createConnection } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { createAuditStore, type AuditEntry } from '../../../server/store/audit.ts';
import { aShelf } from '../../support/a-shelf.ts';

const anEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  by: 'olga',
  at: new Date('2026-03-11T02:00:00.000Z'),
  act: 'account.merge',
  subject: 'account:a1',
  from: { names: ['甲'], at: new Date(0), nothing: undefined, empty: {} },
  to: { z: 1, a: null },
  ...changes,
});

it('keeps what comes at once in one unbroken chain, and gives it back as it was hashed', async () => {
  const { audit: shelf } = await aShelf();
  await Promise.all(Array.from({ length: 40 }, (_, index) => shelf.note([anEntry({ act: `act ${index}` })])));
  expect(await shelf.verify()).toMatchObject({
    isWhole: true,
    entries: 40,
    faults: [],
    heads: [{ seq: 40, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
  const [entry] = await shelf.list({ limit: 1 });
  expect(entry).toMatchObject({
    from: { names: ['甲'], at: '1970-01-01T00:00:00.000Z', empty: {} },
    to: { z: 1, a: null },
    status: null,
  });
});

it('gives each process a chain of its own in the same log', async () => {
  const { audit: shelf, uri } = await aShelf();
  const connection = await createConnection(uri, { autoIndex: false }).asPromise();
  onTestFinished(() => connection.close());
  const other = createAuditStore(connection);
  await Promise.all([shelf.note([anEntry()]), other.note([anEntry(), anEntry()]), shelf.note([anEntry()])]);
  const { isWhole, heads } = await shelf.verify();
  expect([isWhole, heads.map(({ seq }) => seq)]).toEqual([true, [2, 2]]);
});

it.each([
  ['edited', { $set: { by: 'somebody else' } }, 'changed'],
  ['edited deep inside', { $set: { 'to.z': 2 } }, 'changed'],
] as const)('sees what was %s behind its back', async (_what, update, fault) => {
  const { audit: shelf, connection } = await aShelf();
  for (const act of ['one', 'two', 'three']) await shelf.note([anEntry({ act })]);
  await connection.collection('audit').updateOne({ act: 'two' }, update);
  expect((await shelf.verify()).faults).toMatchObject([{ seq: 2, fault }]);
});

it('sees what was taken out', async () => {
  const { audit: shelf, connection } = await aShelf();
  for (const act of ['one', 'two', 'three']) await shelf.note([anEntry({ act })]);
  await connection.collection('audit').deleteOne({ act: 'two' });
  expect((await shelf.verify()).faults).toMatchObject([{ seq: 3, fault: 'gap' }]);
});

it('writes what nobody waits for before it is drained', async () => {
  const { audit: shelf } = await aShelf();
  for (let index = 0; index < 700; index += 1) void shelf.note([anEntry({ status: 200 })]);
  await shelf.drain();
  expect((await shelf.verify()).entries).toBe(700);
});

it('begins a new chain after a write that failed, and tells whoever waited', async () => {
  const { audit: shelf, connection } = await aShelf();
  await shelf.note([anEntry()]);
  await expect(shelf.note([anEntry({ by: '' })])).rejects.toThrow('`by` is required');
  await shelf.note([anEntry(), anEntry()]);
  const { isWhole, heads } = await shelf.verify();
  expect([isWhole, heads.map(({ seq }) => seq).sort()]).toEqual([true, [1, 2]]);
  expect(await connection.collection('audit').countDocuments()).toBe(3);
  await shelf.note([]);
});
