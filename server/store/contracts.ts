import { Schema, type Connection } from 'mongoose';
import { MILESTONE_KINDS, type Contract } from '../domain/contract.ts';
import { ORDER_KINDS } from '../domain/order.ts';

/** A contract as kept: its external id is the key, so that an import may be repeated. */
export type KeptContract = Contract & { _id: string };

const contractSchema = new Schema<KeptContract>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, enum: ORDER_KINDS, default: 'sale' },
    amountFen: { type: Number, required: true },
    costFen: { type: Number, default: 0 },
    signedOn: { type: String, required: true },
    endsOn: { type: String, default: null },
    milestones: {
      type: [
        {
          _id: false,
          kind: { type: String, enum: MILESTONE_KINDS },
          dueOn: String,
          amountFen: Number,
          paidFen: { type: Number, default: 0 },
          paidOn: { type: String, default: null },
          isWrittenOff: { type: Boolean, default: false },
        },
      ],
      default: [],
    },
  },
  { strict: 'throw', timestamps: true },
);
contractSchema.index({ accountId: 1 });
contractSchema.index({ endsOn: 1 });
contractSchema.index({ 'milestones.dueOn': 1 });

export type ContractStore = ReturnType<typeof createContractStore>;

/** Contracts with their payments. */
export function createContractStore(db: Connection) {
  const model = db.model('Contract', contractSchema, 'contracts');
  return {
    find: (id: string) => model.findById(id).lean<KeptContract>().exec(),
    ofAccount: (accountId: string) =>
      model.find({ accountId }).sort({ signedOn: 1, _id: 1 }).lean<KeptContract[]>().exec(),
    async saveAll(contracts: readonly KeptContract[]): Promise<void> {
      if (contracts.length === 0) return;
      const writes = contracts.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    async moveAll(fromAccountId: string, toAccountId: string): Promise<void> {
      await model.updateMany({ accountId: fromAccountId }, { $set: { accountId: toAccountId } });
    },
  };
}
