import type { Connection, PipelineStage, QueryFilter } from 'mongoose';
import type { Cover } from '../domain/staff/absence.ts';
import type { Day } from '../domain/calendar.ts';
import { TIERS, type Tier } from '../domain/classification/tier.ts';
import {
  living,
  openAccounts,
  IN_BRIEF,
  type Account,
  type AccountInBrief,
  type AccountModel,
} from './account-model.ts';

/** The most urgent of the accounts that are due, and how many there are in all. */
export type DueAccounts = { total: number; accounts: AccountInBrief[] };

/** Accounts whose date has come; the same shelf as `accounts`. Lists are by tier, then the longest overdue first. */
export function createDueStore(db: Connection) {
  const model = openAccounts(db);
  return {
    ...ownReads(model),
    /** The most urgent accounts of who is away, for who looks after them; perhaps some more than `limit`. */
    async covered(cover: Cover, today: Day, limit: number): Promise<DueAccounts> {
      const filters = coveredBy(cover, today);
      const found = await Promise.all(filters.map((filter) => mostUrgent(model, filter, limit)));
      return {
        total: found.reduce((sum, { total }) => sum + total, 0),
        accounts: found.flatMap(({ accounts }) => accounts),
      };
    },
  };
}

const ownReads = (model: AccountModel) => ({
  /** The most urgent accounts of one owner, at most `limit`. */
  owned: (ownerId: string, today: Day, limit: number): Promise<DueAccounts> =>
    mostUrgent(model, { ownerId, dueOn: { $lte: today }, ...living }, limit),
  /** How many of these owners' accounts are due on such days. */
  count: (ownerIds: readonly string[], days: { $lte?: Day; $lt?: Day }) =>
    model.countDocuments({ ownerId: { $in: [...ownerIds] }, dueOn: days, ...living }),
  /** Accounts of these owners and one tier that were due by then. */
  overdue: (ownerIds: readonly string[], by: Day, tier: Tier) =>
    model
      .find({ ownerId: { $in: [...ownerIds] }, dueOn: { $lte: by }, tier, ...living })
      .sort(BY_LATENESS)
      .select(IN_BRIEF)
      .lean<AccountInBrief>()
      .cursor({ batchSize: 100 }),
});

type Count = { _id: null; total: number };
const isCount = (row: AccountInBrief | Count): row is Count => row._id === null;

const BY_LATENESS = { dueOn: 1, _id: 1 } as const;

/**
 * One question: each tier is in the order of an index, and is read only while those before it leave room; last comes how many
 * there are, told by an index alone.
 */
async function mostUrgent(
  model: AccountModel,
  filter: QueryFilter<Account>,
  limit: number,
): Promise<DueAccounts> {
  const [first = [], ...others] = TIERS.map((tier): PipelineStage.FacetPipelineStage[] => [
    { $match: { ...filter, tier } },
    { $sort: BY_LATENESS },
    { $limit: limit },
    { $project: IN_BRIEF },
  ]);
  const rest = others.map((pipeline) => ({ $unionWith: { coll: 'accounts', pipeline } }));
  const count = [{ $match: filter }, { $group: { _id: null, total: { $sum: 1 } } }];
  const rows = await model
    .aggregate<AccountInBrief | Count>([
      ...first,
      ...rest,
      { $limit: limit },
      { $unionWith: { coll: 'accounts', pipeline: count } },
    ])
    .exec();
  return {
    total: rows.find(isCount)?.total ?? 0,
    accounts: rows.filter((row): row is AccountInBrief => !isCount(row)),
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
