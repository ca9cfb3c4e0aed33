import type { Connection, QueryFilter } from 'mongoose';
import type { Cover } from '../domain/absence.ts';
import type { Day } from '../domain/calendar.ts';
import type { Tier } from '../domain/tier.ts';
import { living, openAccounts, IN_BRIEF, type Account, type AccountInBrief } from './account-model.ts';

export type DueStore = ReturnType<typeof createDueStore>;

/** Due accounts by other than their one owner; the same shelf as `accounts`. */
export function createDueStore(db: Connection) {
  const model = openAccounts(db);
  return {
    /** Accounts of who is away whose date has come, for who looks after them, the longest overdue first. */
    async covered(
      cover: Cover,
      today: Day,
      { tier, limit }: { tier: Tier; limit: number },
    ): Promise<AccountInBrief[]> {
      const found = await Promise.all(
        coveredBy(cover, today).map((filter) =>
          model
            .find({ ...filter, tier })
            .sort({ dueOn: 1, _id: 1 })
            .limit(limit)
            .select(IN_BRIEF)
            .lean<AccountInBrief[]>()
            .exec(),
        ),
      );
      return found.flat();
    },
    async countCovered(cover: Cover, today: Day): Promise<number> {
      const counts = await Promise.all(coveredBy(cover, today).map((filter) => model.countDocuments(filter)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    /** Accounts of these owners and one tier that were due by then, the longest overdue first. */
    overdue: (ownerIds: readonly string[], by: Day, tier: Tier) =>
      model
        .find({ ownerId: { $in: [...ownerIds] }, dueOn: { $lte: by }, tier, ...living })
        .sort({ dueOn: 1, _id: 1 })
        .select(IN_BRIEF)
        .lean<AccountInBrief>()
        .cursor({ batchSize: 100 }),
  };
}

/** As a deputy, and as a stand-in where the deputy is away, too, or there is none; no account is in both. */
function coveredBy({ staffId, awayIds, standInForIds }: Cover, today: Day): QueryFilter<Account>[] {
  const due = { dueOn: { $lte: today }, ...living };
  return [
    { ...due, ownerId: { $in: awayIds }, deputyId: staffId },
    { ...due, ownerId: { $in: standInForIds }, deputyId: { $in: [null, ...awayIds] } },
  ];
}
