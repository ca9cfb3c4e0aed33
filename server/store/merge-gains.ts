import { gainsOf, type Gain } from '../domain/account-merge.ts';
import type { Account, AccountModel } from './account-model.ts';

const TRIES = 50;

/**
 * Gives the survivor what it lacks; what somebody changes meanwhile is looked at again and never overwritten. `note` keeps
 * the gains before each try.
 */
export async function gain(
  accounts: AccountModel,
  { fromId, intoId }: { fromId: string; intoId: string },
  note: (gains: Gain[]) => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const into = await accounts.findById(intoId).lean<Account>().exec();
    const from = await accounts.findById(fromId).lean<Account>().exec();
    const gains = into && from ? gainsOf(into, from) : [];
    if (gains.length === 0) return;
    await note(gains);
    const guards = gains.filter(({ before }) => isPlain(before)).map(({ field, before }) => [field, before]);
    const values = gains.map(({ field, after }) => [field, after]);
    const filter = { _id: intoId, ...Object.fromEntries(guards) };
    const { matchedCount } = await accounts.updateOne(filter, { $set: Object.fromEntries(values) });
    if (matchedCount === 1) return;
  }
  throw new Error(`account ${intoId} does not keep still`);
}

/** Whether the database compares it by value. */
const isPlain = (value: unknown) => value === null || typeof value !== 'object' || value instanceof Date;

/** Puts a field back unless somebody changed it since. */
export async function lose(accounts: AccountModel, accountId: string, { field, before, after }: Gain) {
  const isNew = before === null && field.startsWith('custom.');
  const back = isNew ? { $unset: { [field]: 1 } } : { $set: { [field]: before } };
  await accounts.updateOne({ _id: accountId, [field]: after }, back);
}
