import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import { contractFactsOf, type ContractFacts } from '../domain/deals/contract-facts.ts';
import { MILESTONE_KINDS, type Contract } from '../domain/deals/contract.ts';
import { ORDER_KINDS } from '../domain/deals/order.ts';
import type { Payment } from '../domain/deals/payment.ts';
import { gathered } from './db/merge-join.ts';
import {
  keyField,
  keyOfNumber,
  onlyOwned,
  spellingsOf,
  withNumbers,
  type KeyedNumber,
} from './number-key.ts';
import { OF_ACCOUNT } from './db/references.ts';

/** A contract as kept: its external id is the key, so that an import may be repeated. */
export type KeptContract = Contract & { _id: string };

/** A contract with what came in; the version goes up with every save, absent: 0. */
export type PaidContract = KeptContract & KeyedNumber & { payments: Payment[]; version?: number };

const contractSchema = new Schema<PaidContract>(
  {
    _id: { type: String, required: true },
    ...keyField,
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
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
    payments: {
      type: [{ _id: false, externalId: String, milestone: String, amountFen: Number, paidOn: String }],
      default: [],
    },
    version: Number,
  },
  { collection: 'contracts', strict: 'throw' },
);
contractSchema.index({ key: 1 }, { sparse: true });
contractSchema.index({ accountId: 1 });
contractSchema.index({ endsOn: 1 });
contractSchema.index({ 'milestones.dueOn': 1 });
contractSchema.index({ 'payments.externalId': 1 }, { sparse: true });

/** What the facts are read from. */
const FACT_FIELDS = { _id: 0, accountId: 1, kind: 1, signedOn: 1, milestones: 1 } as const;

/** Contracts with their payments. */
export function createContractStore(db: Connection) {
  const model = openContracts(db);
  return {
    ...paidContracts(model),
    find: (id: string) => model.findById(id).lean<KeptContract>().exec(),
    ofAccount: (accountId: string) =>
      model.find({ accountId }).sort({ signedOn: 1, _id: 1 }).lean<KeptContract[]>().exec(),
    async saveAll(contracts: readonly KeptContract[]): Promise<void> {
      if (contracts.length === 0) return;
      onlyOwned(contracts);
      const writes = contracts.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: { ...fields, ...keyOfNumber(_id) } }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    /** The facts of every account with contracts, ascending by its id; or only of these. */
    async *facts(
      today: Day,
      accountIds?: readonly string[],
    ): AsyncGenerator<ContractFacts & { accountId: string }> {
      const rows = model
        .find(accountIds ? { accountId: { $in: [...accountIds] } } : {}, FACT_FIELDS)
        .sort({ accountId: 1 })
        .lean<KeptContract>()
        .cursor({ batchSize: 250 });
      for await (const { accountId, rows: contracts } of gathered(rows))
        yield { accountId, ...contractFactsOf(contracts, today) };
    },
  };
}

const openContracts = (db: Connection) => db.model('Contract', contractSchema);

const paidContracts = (model: ReturnType<typeof openContracts>) => ({
  findMany: (ids: readonly string[]) => model.find(withNumbers(ids)).lean<PaidContract[]>().exec(),
  /** The contracts that hold payments of these numbers. */
  ofPayments: (paymentIds: readonly string[]) =>
    model
      .find({ 'payments.externalId': { $in: spellingsOf(paymentIds) } })
      .lean<PaidContract[]>()
      .exec(),
  /** Keeps fields of a contract that had that version, null: of one nobody knew; `false` when somebody else came first. */
  async saveAt(id: string, version: number | null, fields: Partial<PaidContract>): Promise<boolean> {
    if (version === null) {
      onlyOwned([{ accountId: '', ...fields }]);
      const first = { $setOnInsert: { ...fields, ...keyOfNumber(id), version: 1 } };
      return (await model.updateOne({ _id: id }, first, { upsert: true })).upsertedCount === 1;
    }
    const known = { _id: id, version: version === 0 ? null : version };
    const update = { $set: { ...fields, version: version + 1 } };
    return (await model.updateOne(known, update)).matchedCount === 1;
  },
});
