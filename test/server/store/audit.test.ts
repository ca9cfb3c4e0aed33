import { createConnection } from 'mongoose';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEntry } from '../../../server/store/audit-model.ts';
import { createAuditStore } from '../../../server/store/audit.ts';
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
  const tooLarge = anEntry({ from: '长'.repeat(6_000_000) }); // no server takes more than 16 MB
  await expect(shelf.note([tooLarge])).rejects.toThrow(/out of range|larger/);
  await shelf.note([anEntry(), anEntry()]);
  const { isWhole, heads } = await shelf.verify();
  expect([isWhole, heads.map(({ seq }) => seq).sort()]).toEqual([true, [1, 2]]);
  expect(await connection.collection('audit').countDocuments()).toBe(3);
  await shelf.note([]);
});

const aReading = (at: string, changes: Partial<AuditEntry> = {}) =>
  anEntry({
    act: 'GET /accounts/:accountId',
    from: null,
    to: null,
    status: 200,
    at: new Date(at),
    ...changes,
  });

/** Three readings of before and one after, between changes and a refusal that are as old. */
async function aLog() {
  const world = await aShelf();
  for (const day of ['2026-01-01', '2026-02-01', '2026-02-28'])
    await world.audit.note([aReading(day), anEntry({ at: new Date(day) })]);
  await world.audit.note([aReading('2026-01-01', { status: 403 }), aReading('2026-03-01')]);
  return world;
}

describe('readings whose time is over', () => {
  const before = new Date('2026-03-01T00:00:00.000Z');
  const at = new Date('2027-03-01T00:00:00.000Z');
  const forgetting = { before, by: 'forget-readings', at };
  it('go, on record, while changes, refusals and younger readings stay and the log is whole', async () => {
    const { audit: shelf } = await aLog();
    expect(await shelf.forgetReadings(forgetting)).toBe(3);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, entries: 6, forgotten: 3 });
    const [cut] = await shelf.list({ subject: 'audit:readings', limit: 9 });
    expect(cut).toMatchObject({
      by: 'forget-readings',
      at,
      act: 'audit.forget',
      from: { seq: 1, before: before.toISOString() },
      to: { seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect((await shelf.list({ limit: 20 })).filter(({ status }) => status !== null)).toMatchObject([
      { at: new Date('2026-03-01') },
      { status: 403 },
    ]);
  });

  it('go once: a second night finds nothing, and the chain goes on behind the cut', async () => {
    const { audit: shelf } = await aLog();
    await shelf.forgetReadings(forgetting);
    expect(await shelf.forgetReadings(forgetting)).toBe(0);
    await shelf.note([aReading('2026-03-02')]);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, entries: 7, forgotten: 3 });
    expect(await shelf.forgetReadings({ ...forgetting, before: at })).toBe(2);
    await shelf.note([aReading('2027-03-01')]);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, entries: 7, forgotten: 5 });
  });

  it('of other processes go, too', async () => {
    const { audit: shelf, uri } = await aLog();
    const connection = await createConnection(uri, { autoIndex: false }).asPromise();
    onTestFinished(() => connection.close());
    await createAuditStore(connection).note([aReading('2026-01-01'), aReading('2026-01-02')]);
    expect(await shelf.forgetReadings(forgetting)).toBe(5);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, forgotten: 5 });
  });

  it('may have been left by a night that was killed: the log is whole, and the next night goes on', async () => {
    const { audit: shelf, connection } = await aLog();
    const all = await connection.collection('audit').find().toArray();
    await shelf.forgetReadings(forgetting);
    const middle = all.filter(({ writer, seq }) => writer.startsWith('r') && seq === 2);
    await connection.collection('audit').insertMany(middle);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, forgotten: 3 });
    expect(await shelf.forgetReadings(forgetting)).toBe(1);
    expect(await shelf.verify()).toMatchObject({ isWhole: true, entries: 7, forgotten: 3 });
  });

  it('that somebody else took out are missed', async () => {
    const { audit: shelf, connection } = await aLog();
    await connection.collection('audit').deleteMany({ writer: /^r/, seq: { $lt: 3 } });
    expect((await shelf.verify()).faults).toMatchObject([{ seq: 3, fault: 'gap' }]);
  });
});
