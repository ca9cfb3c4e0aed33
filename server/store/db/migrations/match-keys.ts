import { mongo, type Connection } from 'mongoose';
import { matchKey, numberKey } from '../../../domain/match-key.ts';
import { keyOfNumber } from '../../number-key.ts';
import { inBatches, setEach, type Row, type Shelf } from './migration.ts';

/** How versions without numbered migrations noted that this was done. */
const FORMER_MARK = 'match-keys';

const NUMBERED = ['orders', 'contracts', 'opportunities'] as const;
const DUPLICATE_KEY = 11000;

/**
 * Gives names and numbers that an earlier version kept the keys by which they are compared now. Of accounts whose names have become
 * one the oldest gets the name; the others stay as they are, and are proposed for merging.
 */
export async function fillMatchKeys(db: Connection): Promise<void> {
  if (await db.collection<Row>('marks').findOne({ _id: FORMER_MARK })) return;
  await fillAccounts(db.collection<Row>('accounts'));
  for (const shelf of NUMBERED) await fillNumbers(db.collection<Row>(shelf));
}

type Named = Row & { name: string; nameKey?: string; externalId?: string };
type Renamed = Row & { key: string };

async function fillAccounts(accounts: Shelf): Promise<void> {
  const fields = ['name', 'nameKey', 'externalId'];
  for await (const batch of inBatches<Named>(accounts, { fields })) {
    await rekey(accounts, batch.flatMap(renamed));
    await setEach(accounts, batch, ({ externalId }) =>
      externalId && numberKey(externalId) !== externalId ? { externalKey: numberKey(externalId) } : {},
    );
  }
}

function renamed({ _id, name, nameKey }: Named): Renamed[] {
  const key = matchKey(name);
  return nameKey && key && nameKey !== key ? [{ _id, key }] : [];
}

/** Each key goes to its account, unless another has it: then they are twins. */
async function rekey(accounts: Shelf, all: readonly Renamed[]): Promise<void> {
  for (let rest = all; rest.length > 0;) {
    const refused = await refusedOf(accounts, rest);
    if (refused === null) return;
    for (const { _id, key } of rest.slice(refused, refused + 1))
      await accounts.updateOne({ _id }, { $set: { twinKey: key } });
    rest = rest.slice(refused + 1);
  }
}

/** Writes keys until one is another account's already; its place, or null when all were written. */
async function refusedOf(accounts: Shelf, all: readonly Renamed[]): Promise<number | null> {
  const updates = all.map(({ _id, key }) => ({
    updateOne: { filter: { _id }, update: { $set: { nameKey: key } } },
  }));
  try {
    await accounts.bulkWrite(updates, { ordered: true });
    return null;
  } catch (error) {
    const [fault] = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
    if (fault?.code !== DUPLICATE_KEY) throw error;
    return fault.index;
  }
}

async function fillNumbers(shelf: Shelf): Promise<void> {
  for await (const batch of inBatches(shelf, { fields: [] }))
    await setEach(shelf, batch, ({ _id }) => (numberKey(_id) === _id ? {} : keyOfNumber(_id)));
}
