import { Schema, type Connection } from 'mongoose';
import {
  noFacts,
  type AccountFacts,
  type Classification,
  type Lines,
} from '../domain/classification/classification.ts';
import type { OrderFacts, Periods } from '../domain/deals/order-facts.ts';
import type { TierShape } from '../domain/classification/tier-shape.ts';
import type { TierSettings } from '../domain/classification/tier.ts';
import { living, openAccounts, type Account, type AccountModel } from './account-model.ts';
import { createAnswerStore } from './answers.ts';
import { mergeJoin } from './db/merge-join.ts';
import { createContractStore } from './contracts.ts';
import { createOpportunityStore } from './opportunities.ts';
import { createOrderStore } from './orders.ts';

/** What is read of an account to classify it. */
const FIELDS = {
  name: 1,
  ownerId: 1,
  knownSince: 1,
  tier: 1,
  tierWhy: 1,
  pendingTier: 1,
  stage: 1,
  stageWhy: 1,
  valueClass: 1,
  valueClassWhy: 1,
  lastTouchAt: 1,
  promisedOn: 1,
  askedAt: 1,
  newContactAt: 1,
  detractorAt: 1,
  spread: 1,
  dueOn: 1,
  tierPin: 1,
  stagePin: 1,
  strategicMark: 1,
  potentialScore: 1,
  sharePercent: 1,
} as const;
export type AccountToClassify = Pick<Account, keyof typeof FIELDS | '_id'>;

/** What the last run over the whole book found. */
export type LastRun = { lines: Lines; tier: TierSettings; shape: TierShape; at: Date };

const lastRunSchema = new Schema<LastRun & { _id: 'last' }>(
  {
    _id: { type: String, required: true },
    lines: { type: Schema.Types.Mixed, required: true },
    tier: { type: Schema.Types.Mixed, required: true },
    shape: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'classification_runs', strict: 'throw', minimize: false },
);

/** The shelves that hold the facts. */
const openShelves = (db: Connection) => ({
  orders: createOrderStore(db),
  contracts: createContractStore(db),
  opportunities: createOpportunityStore(db),
  answers: createAnswerStore(db),
});
type Shelves = ReturnType<typeof openShelves>;

/** Accounts with the facts that classify them. Everything is read side by side, account by account; nothing is held whole. */
export function createClassificationStore(db: Connection) {
  const accounts = openAccounts(db);
  return { ...readings(accounts, openShelves(db)), ...writings(accounts), ...lastRuns(db) };
}

const readings = (accounts: AccountModel, shelves: Shelves) => ({
  /** Every account with orders, for ranking, ascending by id. */
  async *earners(periods: Periods): AsyncGenerator<{ _id: string; knownSince: Date; orders: OrderFacts }> {
    const orders = mergeJoin(shelves.orders.facts(periods));
    try {
      const all = accounts.find(living, { knownSince: 1 }).sort({ _id: 1 }).lean<Account>();
      for await (const { _id, knownSince } of all.cursor({ batchSize: 200 })) {
        const found = await orders.take(_id);
        if (found) yield { _id, knownSince, orders: found };
      }
    } finally {
      await orders.close();
    }
  },
  /** Every account with its facts, ascending by id; or only these. */
  async *cases(
    periods: Periods,
    accountIds?: readonly string[],
  ): AsyncGenerator<{ account: AccountToClassify; facts: AccountFacts }> {
    const factsOf = await openFacts(accounts, shelves, { periods, accountIds });
    const only = accountIds ? { _id: { $in: [...accountIds] } } : {};
    try {
      const all = accounts.find({ ...only, ...living }, FIELDS).sort({ _id: 1 });
      for await (const account of all.lean<AccountToClassify>().cursor({ batchSize: 100 }))
        yield { account, facts: await factsOf.take(account._id) };
    } finally {
      await factsOf.close();
    }
  },
});

type Asked = { periods: Periods; accountIds: readonly string[] | undefined };

/** All sources of facts, opened beside each other. */
async function openFacts(accounts: AccountModel, shelves: Shelves, { periods, accountIds }: Asked) {
  const orders = mergeJoin(shelves.orders.facts(periods, accountIds));
  const contracts = mergeJoin(shelves.contracts.facts(periods.today, accountIds));
  const deals = mergeJoin(shelves.opportunities.nearest(periods.today, accountIds));
  const scores = mergeJoin(shelves.answers.latestScores(accountIds));
  const referrals = await countReferrals(accounts, shelves, { periods, accountIds });
  return {
    async take(accountId: string): Promise<AccountFacts> {
      const none = noFacts();
      return {
        orders: (await orders.take(accountId)) ?? none.orders,
        contracts: (await contracts.take(accountId)) ?? none.contracts,
        opportunityClosesOn: (await deals.take(accountId))?.closesOn ?? null,
        latestNps: (await scores.take(accountId))?.score ?? null,
        referralsWon: referrals.get(accountId) ?? 0,
      };
    },
    close: () => Promise.all([orders, contracts, deals, scores].map((source) => source.close())),
  };
}

const REFERRED_AT_ONCE = 1000;

/** How many accounts that somebody recommended have paid an order, by who recommended them. */
async function countReferrals(
  accounts: AccountModel,
  { orders }: Shelves,
  { periods, accountIds }: Asked,
): Promise<Map<string, number>> {
  const won = new Map<string, number>();
  let batch = new Map<string, string>();
  const count = async () => {
    for (const id of await orders.payersAmong([...batch.keys()], periods.today)) {
      const referrer = batch.get(id);
      if (referrer) won.set(referrer, (won.get(referrer) ?? 0) + 1);
    }
    batch = new Map();
  };
  const referredById = accountIds ? { $in: [...accountIds] } : { $gt: '' };
  const referred = accounts.find({ referredById, ...living }, { referredById: 1 }).lean<Account>();
  for await (const { _id, referredById: referrer } of referred.cursor({ batchSize: 1000 })) {
    if (referrer && referrer !== _id) batch.set(_id, referrer);
    if (batch.size >= REFERRED_AT_ONCE) await count();
  }
  await count();
  return won;
}

const writings = (accounts: AccountModel) => ({
  /** Writes what was decided of many accounts. */
  async write(decisions: readonly { accountId: string; fields: Classification }[]): Promise<void> {
    if (decisions.length === 0) return;
    const updates = decisions.map(({ accountId, fields }) => ({
      updateOne: { filter: { _id: accountId }, update: { $set: fields } },
    }));
    await accounts.bulkWrite(updates, { ordered: false });
  },
});

function lastRuns(db: Connection) {
  const model = db.model('LastRun', lastRunSchema);
  return {
    lastRun: () => model.findById('last').lean<LastRun>().exec(),
    async keepRun(run: LastRun): Promise<void> {
      await model.updateOne({ _id: 'last' }, { $set: run }, { upsert: true });
    },
  };
}
