import type { CadenceSettings } from '../cadence/cadence-settings.ts';
import type { Touched } from '../cadence/cadence.ts';
import { addMonths, type CalendarSettings, type Day } from '../calendar.ts';
import type { Complaint } from '../complaints/complaint.ts';
import type { Contract } from '../deals/contract.ts';
import type { GoLiveSettings } from '../cadence/go-live.ts';
import type { Kdm } from '../contacts/kdm.ts';
import type { Opportunity, OpportunityStage } from '../deals/opportunity.ts';
import type { WarningSettings } from './settings.ts';
import type { WarningKind } from './kinds.ts';

/** Our share as the last watch saw it, and `before`: where it began to fall, or what it rose from; null: the first seen. */
export type ShareSeen = { percent: number; before: number | null; on: Day };

/** What the rules read of one account. */
export type WarningAccount = Touched & {
  _id: string;
  ownerId: string | null; // null: in the pool
  dueOn: Day | null;
  sharePercent: number | null;
  shareSeen?: ShareSeen | null | undefined;
};

/** A follow relation, as far as a rule looks: `gone` and `transferred` are nobody's doing. */
export type WarningRelation = {
  staffId: string;
  externalUserId: string;
  followedAt: Date;
  lostAt: Date | null;
  lostBy: 'by_staff' | 'by_contact' | 'transferred' | 'gone' | null;
};

/** A fall of tier or stage, from the history. */
export type Fall = { kind: string; from: string; to: string; at: Date };

/** Everything that is known of one account when it is watched. `answers`: the latest of each contact. */
export type WarningFacts = {
  account: WarningAccount;
  contacts: readonly { _id: string; name: string; kdm: Kdm }[];
  relations: readonly WarningRelation[];
  contracts: readonly (Contract & { _id: string })[];
  opportunities: readonly (Pick<Opportunity, 'name' | 'stage' | 'stageHistory'> & { _id: string })[];
  answers: readonly { externalUserId: string; score: number; answeredAt: Date; closure?: object | null }[];
  falls: readonly Fall[]; // the latest first
  complaints: readonly Pick<Complaint, '_id' | 'externalUserId' | 'openedAt'>[]; // those that are open
  orders: readonly { amountFen: number; refundedFen?: number | null | undefined; paidOn: Day }[];
};

/** What is the same for all accounts of one watch; `typicalStays`: the p75 of whole days in a stage, absent without any. */
export type Watch = {
  now: Date;
  today: Day;
  timeZone: string;
  cadence: CadenceSettings;
  calendar: CalendarSettings;
  goLive: GoLiveSettings;
  staleDays: number;
  settings: WarningSettings;
  typicalStays: ReadonlyMap<OpportunityStage, number>;
};

/** Why: what was read, with the unit in the name, and the boundary that was passed. */
export type WarningWhy = {
  inputs: Record<string, string | number | null>;
  boundary: { name: string; value: string | number } | null;
};

/**
 * What a rule found on a subject: of one kind and subject there is one warning at a time. Not `isFresh`: old news, which
 * keeps a warning alive and raises none. `contactId`: whom to open about it.
 */
export type Finding = WarningWhy & {
  kind: WarningKind;
  subject: string;
  text: string;
  isFresh: boolean;
  contactId: string | null;
};

const ORDER_MONTHS = 24;
const FALLS_DAYS = 180;

/** How far back the rules look at orders and at falls of tier and stage. */
export const factsSince = ({ today, now }: Pick<Watch, 'today' | 'now'>) => ({
  ordersFrom: addMonths(today, -ORDER_MONTHS),
  fallsSince: new Date(now.getTime() - FALLS_DAYS * 86_400_000),
});
