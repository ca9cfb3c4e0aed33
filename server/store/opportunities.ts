import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import {
  NEAR_STAGES,
  OPPORTUNITY_STAGES,
  PURCHASE_TYPES,
  type Opportunity,
} from '../domain/deals/opportunity.ts';
import { keyField, keyOfNumber, onlyOwned, withNumbers, type KeyedNumber } from './number-key.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** An opportunity as kept: its external id is the key, so that an import may be repeated. */
export type KeptOpportunity = Opportunity & KeyedNumber & { _id: string };

const opportunitySchema = new Schema<KeptOpportunity>(
  {
    _id: { type: String, required: true },
    ...keyField,
    name: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    ownerId: { type: String, default: null, refers: MEMBER },
    stage: { type: String, enum: OPPORTUNITY_STAGES, required: true },
    lines: { type: [{ _id: false, product: String, amountFen: Number }], default: [] },
    purchaseType: { type: String, enum: PURCHASE_TYPES, default: 'occasional' },
    expectedCloseOn: { type: String, default: null },
    lostReason: { type: String, default: null },
    stageHistory: { type: [{ _id: false, stage: String, at: Date }], default: [] },
  },
  { collection: 'opportunities', strict: 'throw' },
);
opportunitySchema.index({ key: 1 }, { sparse: true });
opportunitySchema.index({ accountId: 1 });
opportunitySchema.index({ stage: 1, expectedCloseOn: 1 });

/** Opportunities 商机 as records. */
export function createOpportunityStore(db: Connection) {
  const model = db.model('Opportunity', opportunitySchema);
  return {
    moveStaff: staffMover(model, ['ownerId']),
    find: (id: string) => model.findById(id).lean<KeptOpportunity>().exec(),
    findMany: (ids: readonly string[]) => model.find(withNumbers(ids)).lean<KeptOpportunity[]>().exec(),
    ofAccount: (accountId: string) =>
      model.find({ accountId }).sort({ _id: 1 }).lean<KeptOpportunity[]>().exec(),
    async saveAll(opportunities: readonly KeptOpportunity[]): Promise<void> {
      if (opportunities.length === 0) return;
      onlyOwned(opportunities);
      const writes = opportunities.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: { ...fields, ...keyOfNumber(_id) } }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    /**
     * The earliest expected close, not before `today`, of what is open at 意向 or later, ascending by account id; or only of
     * these accounts.
     */
    async *nearest(
      today: Day,
      accountIds?: readonly string[],
    ): AsyncGenerator<{ accountId: string; closesOn: Day }> {
      const only = accountIds ? { accountId: { $in: [...accountIds] } } : {};
      const rows = model
        .aggregate<{ _id: string; closesOn: Day }>([
          { $match: { ...only, stage: { $in: [...NEAR_STAGES] }, expectedCloseOn: { $gte: today } } },
          { $group: { _id: '$accountId', closesOn: { $min: '$expectedCloseOn' } } },
          { $sort: { _id: 1 } },
        ])
        .cursor({ batchSize: 250 });
      for await (const { _id, closesOn } of rows) yield { accountId: _id, closesOn };
    },
  };
}
