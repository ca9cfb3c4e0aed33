import type { Connection, QueryFilter } from 'mongoose';
import type { SuccessorWhy } from '../domain/staff/successor.ts';
import { atVersion, noteOfEdit } from './account-edits.ts';
import { living, openAccounts, type Account, type AccountModel } from './account-model.ts';
import { staffMover } from './db/move-staff.ts';

/** A leaver and whom their accounts are proposed to. */
export type SuccessorPair = { formerOwnerId: string; heirId: string };
/** Narrows what somebody holds. */
type Only = { heirId?: string | undefined; accountIds?: readonly string[] | null };
/** Whose former accounts, and which, of the pool; all when left out. */
type PoolWish = { formerOwnerIds?: readonly string[]; accountIds?: readonly string[] | null; limit: number };
/** From whom to whom an account goes. */
type HandOver = {
  fromId: string | null;
  toId: string;
  deputyId: string | null;
  edit: { version: number; by: string; at: Date };
};
/** What is proposed for one account. */
export type Suggestion = { accountId: string; heirId: string | null; heirWhy: SuccessorWhy };

/** Accounts on their way from one owner to the next 待分配; the same shelf as `accounts`. */
export function createPoolStore(db: Connection) {
  const model = openAccounts(db);
  return { ...reads(model), ...counts(model), ...claims(model), ...writes(model) };
}

const pooled = { ownerId: null, ...living };

/** What a leaver still holds, and what lies in the pool without anybody who could take it. */
const unplacedOf = (staffId: string, inactiveIds: readonly string[]): QueryFilter<Account> => ({
  ...living,
  $or: [{ ownerId: staffId }, { ownerId: null, formerOwnerId: staffId, heirId: { $in: [...inactiveIds] } }],
});

const reads = (model: AccountModel) => ({
  /** Accounts of a leaver that need an heir, in the order of their ids, after `afterId`. */
  unplaced: (
    staffId: string,
    inactiveIds: readonly string[],
    { afterId, limit }: { afterId: string; limit: number },
  ) =>
    model
      .find({ $and: [unplacedOf(staffId, inactiveIds), { _id: { $gt: afterId } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Account[]>()
      .exec(),
  /** Accounts in the pool, the longest there first; `formerOwnerIds`: only what these members left. */
  list: ({ formerOwnerIds, accountIds, limit }: PoolWish) =>
    model
      .find({
        ...pooled,
        ...(formerOwnerIds ? { formerOwnerId: { $in: [...formerOwnerIds] } } : {}),
        ...(accountIds ? { _id: { $in: [...accountIds] } } : {}),
      })
      .sort({ pooledAt: 1, _id: 1 })
      .limit(limit)
      .lean<Account[]>()
      .exec(),
  /** Accounts that a member owns, or left in the pool; of some heir or of these ids only when named. */
  heldBy: (staffId: string, { heirId, accountIds }: Only = {}) =>
    model
      .find({
        $or: [{ ownerId: staffId }, { ownerId: null, formerOwnerId: staffId }],
        ...living,
        ...(heirId ? { heirId } : {}),
        ...(accountIds ? { _id: { $in: [...accountIds] } } : {}),
      })
      .sort({ _id: 1 })
      .lean<Account[]>()
      .exec(),
});

const counts = (model: AccountModel) => ({
  /** How many accounts each of these members owns; who owns none is absent. */
  countOwned: (staffIds: readonly string[]) =>
    countBy(model, 'ownerId', { ownerId: { $in: [...staffIds] }, ...living }),
  /** How many accounts in the pool are proposed to each of these members. */
  countProposed: (staffIds: readonly string[]) =>
    countBy(model, 'heirId', { heirId: { $in: [...staffIds] }, ...pooled }),
  /** Leavers whose accounts in the pool are proposed to one of these members. */
  proposersTo: (heirIds: readonly string[]) =>
    model.distinct('formerOwnerId', { ...pooled, heirId: { $in: [...heirIds] } }),
  /** Every leaver and heir with accounts in the pool; `isAccepted`: whether the leader has agreed. */
  async pairs({
    isAccepted,
  }: {
    isAccepted: boolean;
  }): Promise<(SuccessorPair & { count: number; acceptedBy: string | null })[]> {
    const rows = await model.aggregate<{ _id: SuccessorPair; count: number; acceptedBy: string | null }>([
      {
        $match: {
          ...pooled,
          formerOwnerId: { $ne: null },
          heirId: { $ne: null },
          heirAcceptedBy: isAccepted ? { $ne: null } : null,
        },
      },
      {
        $group: {
          _id: { formerOwnerId: '$formerOwnerId', heirId: '$heirId' },
          count: { $sum: 1 },
          acceptedBy: { $max: '$heirAcceptedBy' },
        },
      },
      { $sort: { _id: 1 } },
    ]);
    return rows.map(({ _id, ...row }) => ({ ..._id, ...row }));
  },
});

async function countBy(
  model: AccountModel,
  field: 'ownerId' | 'heirId',
  filter: QueryFilter<Account>,
): Promise<Map<string, number>> {
  const rows = await model.aggregate<{ _id: string; count: number }>([
    { $match: filter },
    { $group: { _id: `$${field}`, count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}

const NO_HEIR = { pooledAt: null, heirId: null, heirWhy: null, heirAcceptedBy: null };

const claims = (model: AccountModel) => ({
  /** Gives an account without an owner to who asks; `false` when somebody was faster, or an heir is agreed on. */
  async claim(accountId: string, staffId: string): Promise<boolean> {
    const free = { ...pooled, _id: accountId, heirAcceptedBy: null };
    const { matchedCount } = await model.updateOne(free, { $set: { ownerId: staffId, ...NO_HEIR } });
    return matchedCount === 1;
  },
  /** Gives an account of `fromId` (null: the pool) to another, with a deputy; `false` when it is somebody else's by now, or promised. */
  async handOver(accountId: string, { fromId, toId, deputyId, edit }: HandOver): Promise<boolean> {
    const former = fromId !== null && fromId !== toId ? { formerOwnerId: fromId } : {};
    const note = noteOfEdit(fromId === toId ? ['deputyId'] : ['ownerId', 'deputyId'], edit);
    const mine = { ...NO_HEIR, ...former, ownerId: toId, deputyId, ...note };
    const free = fromId === null ? { heirAcceptedBy: null } : {};
    const { matchedCount } = await model.updateOne(
      { ...atVersion(accountId, edit.version), ownerId: fromId, ...free, ...living },
      { $set: mine },
    );
    return matchedCount === 1;
  },
  /** Puts an account of this owner into the pool, without an heir; `false` when they own it no more. */
  async giveUp(accountId: string, ownerId: string, at: Date): Promise<boolean> {
    const gone = { ownerId: null, formerOwnerId: ownerId, ...NO_HEIR, pooledAt: at };
    const { matchedCount } = await model.updateOne({ _id: accountId, ownerId, ...living }, { $set: gone });
    return matchedCount === 1;
  },
});

const writes = (model: AccountModel) => ({
  /** Puts accounts of a leaver into the pool, each with its heir; in the pool already, they only get the heir. */
  async release(staffId: string, suggestions: readonly Suggestion[], at: Date): Promise<void> {
    if (suggestions.length === 0) return;
    const updates = suggestions.flatMap(({ accountId: _id, heirId, heirWhy }) => {
      const heir = { heirId, heirWhy, heirAcceptedBy: null };
      const gone = { ownerId: null, formerOwnerId: staffId, pooledAt: at, ...heir };
      const inPool = { _id, ownerId: null, formerOwnerId: staffId };
      return [
        { updateOne: { filter: inPool, update: { $set: heir } } },
        { updateOne: { filter: { _id, ownerId: staffId }, update: { $set: gone } } },
      ];
    });
    await model.bulkWrite(updates, { ordered: true });
  },
  /** Keeps that a leader agreed; gives how many accounts it concerns. */
  async accept({ formerOwnerId, heirId }: SuccessorPair, by: string): Promise<number> {
    const filter = { ...pooled, formerOwnerId, heirId, heirAcceptedBy: null };
    const { modifiedCount } = await model.updateMany(filter, { $set: { heirAcceptedBy: by } });
    return modifiedCount;
  },
  /** Takes an agreement back, so that the accounts wait for another one. */
  async unaccept(accountIds: readonly string[]): Promise<void> {
    await model.updateMany({ ...pooled, _id: { $in: [...accountIds] } }, { $set: { heirAcceptedBy: null } });
  },
  /** Gives accounts that `fromId` owns or left in the pool to the next owner. Repeatable. */
  async assign(
    accountIds: readonly string[],
    { fromId, toId }: { fromId: string; toId: string },
  ): Promise<void> {
    const held = [{ ownerId: fromId }, { ownerId: null, formerOwnerId: fromId }];
    await model.updateMany(
      { _id: { $in: [...accountIds] }, $or: held },
      { $set: { ownerId: toId, formerOwnerId: fromId, ...NO_HEIR } },
    );
  },
  moveStaff: staffMover(model, ['ownerId', 'deputyId', 'formerOwnerId', 'heirId', 'heirAcceptedBy']),
});
