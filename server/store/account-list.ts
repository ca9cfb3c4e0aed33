import type { QueryFilter } from 'mongoose';
import { matchKey } from '../domain/match-key.ts';
import type { Day } from '../domain/calendar.ts';
import type { Stage } from '../domain/classification/lifecycle.ts';
import { literalPattern } from '../domain/literal-pattern.ts';
import type { Tier } from '../domain/classification/tier.ts';
import { living, type Account, type AccountModel } from './account-model.ts';

/** Which accounts are wanted; what is absent does not narrow. */
export type Wanted = {
  whoseIds?: readonly string[] | undefined; // owned or looked after by one of them
  ownerId?: string | null | undefined; // null: in the pool
  ownedByIds?: readonly string[] | undefined; // owned by one of them
  tier?: Tier | undefined;
  stage?: Stage | undefined;
  valueClass?: string | undefined;
  due?: { $lte?: Day; $lt?: Day } | undefined;
  text?: string | undefined; // part of the name
  after?: string | undefined;
  limit: number;
};

/** Reads of many accounts, page by page. */
export const listReads = (model: AccountModel) => ({
  /** In the order of their ids, after `after`. */
  list: (wanted: Wanted) =>
    model.find(filterOf(wanted)).sort({ _id: 1 }).limit(wanted.limit).lean<Account[]>().exec(),
  /** Accounts that this one recommended us to. */
  referredBy: (accountId: string, limit: number) =>
    model
      .find({ referredById: accountId, ...living })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Account[]>()
      .exec(),
});

function filterOf({
  whoseIds,
  ownedByIds,
  due,
  text,
  after,
  limit: _limit,
  ...exact
}: Wanted): QueryFilter<Account> {
  const wanted = Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined));
  return {
    ...living,
    ...wanted,
    ...(due ? { dueOn: due } : {}),
    ...(after ? { _id: { $gt: after } } : {}),
    $and: [
      ...(whoseIds ? [ofThese(whoseIds)] : []),
      ...(ownedByIds ? [{ ownerId: { $in: [...ownedByIds] } }] : []),
      ...(text ? [called(text)] : []),
      {},
    ],
  };
}

function ofThese(staffIds: readonly string[]): QueryFilter<Account> {
  const one = { $in: [...staffIds] };
  return { $or: [{ ownerId: one }, { deputyId: one }] };
}

const part = (words: string) => ({ $regex: literalPattern(words) });

/** Companies by the spelling that all ways of writing share; accounts of one person by the name as it stands. */
function called(text: string): QueryFilter<Account> {
  return { $or: [{ nameKey: part(matchKey(text)) }, { name: { ...part(text), $options: 'i' } }] };
}
