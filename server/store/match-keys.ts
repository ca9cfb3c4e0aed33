import type { Connection, mongo } from 'mongoose';
import { matchKey, numberKey } from '../domain/match-key.ts';
import type { Account } from './account-model.ts';
import { keyOfNumber } from './number-key.ts';

/** What was done to this database once, by name. */
type Mark = { _id: string; at: Date };
const MARK = 'match-keys';

const NUMBERED = ['orders', 'contracts', 'opportunities'] as const;
const DUPLICATE_KEY = 11000;

/**
 * Gives names and numbers that an earlier version kept the keys by which they are compared now. Of accounts whose names have become
 * one the oldest gets the name; the others stay as they are, and are proposed for merging. Repeatable; once done it asks nothing more.
 */
export async function fillMatchKeys(db: Connection): Promise<void> {
  const marks = db.collection<Mark>('marks');
  const accounts = db.collection<Account>('accounts');
  const isEmpty = !(await accounts.findOne({}, { projection: { _id: 1 } })); // nothing to mend, and nothing to note
  if (isEmpty || (await marks.findOne({ _id: MARK }))) return;
  await fillAccounts(accounts);
  for (const shelf of NUMBERED) await fillNumbers(db.collection<{ _id: string; key?: string }>(shelf));
  await marks.updateOne({ _id: MARK }, { $set: { at: new Date() } }, { upsert: true });
}

async function fillAccounts(accounts: mongo.Collection<Account>): Promise<void> {
  const fields = { name: 1, nameKey: 1, externalId: 1 } as const;
  for await (const { _id, name, nameKey, externalId } of accounts
    .find({}, { projection: fields })
    .sort({ _id: 1 })) {
    const key = matchKey(name);
    if (nameKey && key && nameKey !== key) await rekey(accounts, _id, key);
    if (externalId && numberKey(externalId) !== externalId)
      await accounts.updateOne({ _id }, { $set: { externalKey: numberKey(externalId) } });
  }
}

/** The key goes to the account, unless another has it: then they are twins. */
async function rekey(accounts: mongo.Collection<Account>, _id: string, key: string): Promise<void> {
  try {
    await accounts.updateOne({ _id }, { $set: { nameKey: key } });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY)) throw error;
    await accounts.updateOne({ _id }, { $set: { twinKey: key } });
  }
}

async function fillNumbers(shelf: mongo.Collection<{ _id: string; key?: string }>): Promise<void> {
  for await (const { _id } of shelf.find({}, { projection: { _id: 1 } }))
    if (numberKey(_id) !== _id) await shelf.updateOne({ _id }, { $set: keyOfNumber(_id) });
}
