import type { Connection } from 'mongoose';

/** What goes from one account to another: contacts with what was said with them, and single facts. */
export type Split = {
  fromId: string;
  intoId: string;
  contactIds: readonly string[];
  orderIds: readonly string[];
  contractIds: readonly string[];
  opportunityIds: readonly string[];
};

/** Shelves whose rows tell of one contact; a new shelf of that kind is added here. */
const OF_A_CONTACT = ['followups', 'questions', 'answers', 'invitations', 'complaints'] as const;

type Row = { _id: string; accountId: string; externalUserId?: string };

export type SplitStore = ReturnType<typeof createSplitStore>;

/** Splits of accounts. */
export function createSplitStore(db: Connection) {
  const rows = (collection: string) => db.collection<Row>(collection);
  const moveIds = async (collection: string, ids: readonly string[], { fromId, intoId }: Split) => {
    if (ids.length === 0) return;
    await rows(collection).updateMany(
      { _id: { $in: [...ids] }, accountId: fromId },
      { $set: { accountId: intoId } },
    );
  };
  return {
    /** Moves everything; the contacts go last: while one is not there, the split is not over. Repeatable. */
    async move(split: Split): Promise<void> {
      const { fromId: accountId, intoId, contactIds, orderIds, contractIds, opportunityIds } = split;
      await moveIds('orders', orderIds, split);
      await moveIds('contracts', contractIds, split);
      await moveIds('opportunities', opportunityIds, split);
      for (const collection of OF_A_CONTACT)
        await rows(collection).updateMany(
          { accountId, externalUserId: { $in: [...contactIds] } },
          { $set: { accountId: intoId } },
        );
      await moveIds('contacts', contactIds, split);
    },
  };
}
