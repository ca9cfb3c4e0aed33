import type { Collection } from 'mongoose';

/** Builds a shelf's `moveStaff`: wherever a field holds the member's old id, it holds the new one afterwards. Repeatable. */
export const staffMover =
  ({ collection }: { collection: Collection }, fields: readonly string[]) =>
  async (fromId: string, toId: string): Promise<void> => {
    for (const field of fields) await collection.updateMany({ [field]: fromId }, { $set: { [field]: toId } });
  };
