import type { Connection } from 'mongoose';
import { WARNINGS_ABOUT } from '../domain/warnings/kinds.ts';

/** What goes from one account to another: contacts with what was said with them, and single facts. */
export type Split = {
  fromId: string;
  intoId: string;
  contactIds: readonly string[];
  orderIds: readonly string[];
  contractIds: readonly string[];
  opportunityIds: readonly string[];
};

/** Shelves whose rows tell of one contact: those that say so in their schema (`db/references.ts`), deals and warnings aside. */
const OF_A_CONTACT = [
  'followups',
  'promises',
  'questions',
  'answers',
  'invitations',
  'complaints',
  'tasks',
  'transfers',
] as const;

type Row = { _id: string; accountId: string; externalUserId?: string };

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
      await moveWarnings(db, split);
      await moveIds('contacts', contactIds, split);
    },
  };
}

type WarningRow = { _id: string; accountId: string; kind: string; subject: string; contactId: string | null };

/** Warnings go with what they are about, resolved ones, too: they keep the same from being raised again within its window. */
async function moveWarnings(db: Connection, split: Split): Promise<void> {
  const warnings = db.collection<WarningRow>('warnings');
  const { fromId, intoId, contactIds, contractIds, opportunityIds } = split;
  const people = { $in: [...contactIds] };
  const deals = [
    { kind: { $in: [...WARNINGS_ABOUT.contract] }, subject: { $in: [...contractIds] } },
    { kind: { $in: [...WARNINGS_ABOUT.opportunity] }, subject: { $in: [...opportunityIds] } },
  ];
  const moved = { $set: { accountId: intoId } };
  await warnings.updateMany(
    { accountId: fromId, kind: { $in: [...WARNINGS_ABOUT.contact] }, contactId: people },
    moved,
  );
  await warnings.updateMany({ accountId: fromId, $or: deals, contactId: people }, moved);
  // Whom to open about it must be of the same account.
  await warnings.updateMany(
    { accountId: fromId, $or: deals },
    { $set: { accountId: intoId, contactId: null } },
  );
  await warnings.updateMany({ accountId: fromId, contactId: people }, { $set: { contactId: null } });
}
