import type { Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import type { Complaint } from '../domain/complaints/complaint.ts';
import type { Opportunity } from '../domain/deals/opportunity.ts';
import type { WarningFacts } from '../domain/warnings/facts.ts';
import type { Answer } from './answers.ts';
import type { Contact } from './contacts.ts';
import type { KeptContract } from './contracts.ts';
import type { Change } from './history.ts';
import type { KeptOpportunity } from './opportunities.ts';
import type { Relation } from './relation-model.ts';

type OrderRow = WarningFacts['orders'][number] & { accountId: string };
type Since = { ordersFrom: Day; fallsSince: Date };

/** What warnings are found by, read from several shelves for many accounts at once; it writes nothing. */
export function createWarningFactsStore(db: Connection) {
  return {
    /** The facts beside the account itself, for each of these accounts. */
    async factsOf(accountIds: readonly string[], since: Since) {
      const rows = await readRows(db, [...accountIds], since);
      return (accountId: string): Omit<WarningFacts, 'account'> => factsFrom(rows, accountId);
    },
    /** How every opportunity went through its stages. */
    stageHistories: () =>
      db
        .model<KeptOpportunity>('Opportunity')
        .find({}, { _id: 0, stageHistory: 1 })
        .lean<Pick<Opportunity, 'stageHistory'>>()
        .cursor({ batchSize: 1000 }),
  };
}

async function readRows(db: Connection, accountIds: string[], { ordersFrom, fallsSince }: Since) {
  const accountId = { $in: accountIds };
  const contacts = await db.model<Contact>('Contact').find({ accountId }).sort({ _id: 1 }).lean<Contact[]>();
  const [relations, contracts, opportunities, answers, falls, complaints, orders] = await Promise.all([
    db
      .model<Relation>('Relation')
      .find({ externalUserId: { $in: contacts.map(({ _id }) => _id) } })
      .sort({ followedAt: 1, _id: 1 })
      .lean<Relation[]>(),
    db.model<KeptContract>('Contract').find({ accountId }).sort({ _id: 1 }).lean<KeptContract[]>(),
    db.model<KeptOpportunity>('Opportunity').find({ accountId }).sort({ _id: 1 }).lean<KeptOpportunity[]>(),
    db.model<Answer>('Answer').find({ accountId }).sort({ answeredAt: 1 }).lean<Answer[]>(),
    db
      .model<Change>('Change')
      .find({ accountId, at: { $gte: fallsSince }, isFall: true })
      .sort({ at: -1 })
      .lean<Change[]>(),
    db
      .model<Complaint>('Complaint')
      .find({ accountId, closedAt: null })
      .sort({ openedAt: 1, _id: 1 })
      .lean<Complaint[]>(),
    db
      .model<OrderRow>('Order')
      .find({ accountId, paidOn: { $gte: ordersFrom } })
      .select({ accountId: 1, amountFen: 1, refundedFen: 1, paidOn: 1 })
      .lean<OrderRow[]>(),
  ]);
  return {
    contacts: by('accountId', contacts),
    relations: by('externalUserId', relations),
    contracts: by('accountId', contracts),
    opportunities: by('accountId', opportunities),
    answers: by('accountId', answers),
    falls: by('accountId', falls),
    complaints: by('accountId', complaints),
    orders: by('accountId', orders),
  };
}

type Rows = Awaited<ReturnType<typeof readRows>>;

function factsFrom(rows: Rows, accountId: string): Omit<WarningFacts, 'account'> {
  const contacts = rows.contacts(accountId);
  const answers = rows.answers(accountId);
  return {
    contacts,
    relations: contacts.flatMap(({ _id }) => rows.relations(_id)),
    contracts: rows.contracts(accountId),
    opportunities: rows.opportunities(accountId),
    answers: [...new Map(answers.map((answer) => [answer.externalUserId, answer])).values()],
    falls: rows.falls(accountId),
    complaints: rows.complaints(accountId),
    orders: rows.orders(accountId),
  };
}

/** Rows by the value of a field. */
function by<Field extends string, Row extends { [field in Field]: string | null }>(
  field: Field,
  rows: readonly Row[],
): (value: string) => Row[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group) group.push(row);
    else groups.set(row[field], [row]);
  }
  return (value) => groups.get(value) ?? [];
}
