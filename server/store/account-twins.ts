import type { SharedKey } from '../domain/accounts/twins.ts';
import { living, type Account, type AccountModel } from './account-model.ts';

/** Reads of accounts that may be one company by their names, each by an index. */
export const twinReads = (model: AccountModel) => ({
  /** Living accounts that have a key which others may have, too, in the order of the keys, behind the key `after`. */
  withKey: (field: SharedKey, after: string, limit: number): Promise<Account[]> =>
    model
      .find({ [field]: { $gt: after }, ...living })
      .sort({ [field]: 1 })
      .limit(limit)
      .lean<Account[]>()
      .exec(),
  /** Living accounts that go by one of these keys, whichever of theirs it is; those of one person by their legal name alone. */
  goingBy: (keys: readonly string[]): Promise<Account[]> => {
    const one = { $in: [...keys] };
    const goesByOne = { $or: [{ nameKey: one }, { legalKey: one }, { twinKey: one }] };
    return model
      .find({ ...goesByOne, ...living })
      .sort({ _id: 1 })
      .lean<Account[]>()
      .exec();
  },
});
