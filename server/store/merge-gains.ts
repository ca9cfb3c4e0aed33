import { gainsOf, type Gain } from '../domain/accounts/account-merge.ts';
import type { Day } from '../domain/calendar.ts';
import type { Account, AccountModel } from './account-model.ts';

const TRIES = 50;

/**
 * Gives the survivor what it lacks; what somebody changes meanwhile is looked at again and never overwritten. `note` keeps
 * the gains before each try.
 */
export async function gain(
  accounts: AccountModel,
  { fromId, intoId, on }: { fromId: string; intoId: string; on: Day },
  note: (gains: Gain[]) => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const into = await accounts.findById(intoId).lean<Account>().exec();
    const from = await accounts.findById(fromId).lean<Account>().exec();
    const gains = into && from ? gainsOf(into, from, on) : [];
    if (gains.length === 0) return;
    await note(gains);
    const guards = gains.map(guardOf);
    const values = gains.map(({ field, after }) => [field, after]);
    const filter = { _id: intoId, ...Object.fromEntries(guards) };
    const { matchedCount } = await accounts.updateOne(filter, { $set: Object.fromEntries(values) });
    if (matchedCount === 1) return;
  }
  throw new Error(`account ${intoId} does not keep still`);
}

/** What must hold still: the value, and of a pin that is over the moment at which it was set. */
const guardOf = ({ field, before }: Gain): [path: string, value: unknown] =>
  before !== null && typeof before === 'object' && 'at' in before
    ? [`${field}.at`, before.at]
    : [field, before];

/** Puts a field back unless somebody changed it since. */
export async function lose(accounts: AccountModel, accountId: string, { field, before, after }: Gain) {
  const isNew = before === null && field.startsWith('custom.');
  const back = isNew ? { $unset: { [field]: 1 } } : { $set: { [field]: before } };
  await accounts.updateOne({ _id: accountId, [field]: after }, back);
}
