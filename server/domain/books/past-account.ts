import type { Day } from '../calendar.ts';
import type { Contract } from '../deals/contract.ts';
import type { Channel } from '../follow-ups/follow-up.ts';
import type { Kdm } from '../contacts/kdm.ts';
import type { Opportunity } from '../deals/opportunity.ts';
import type { Order } from '../deals/order.ts';

/** A person at an account, with the members who follow them, the first one first. */
export type PastContact = {
  externalUserId: string;
  name: string;
  type: number;
  remark: string;
  remarkCorpName: string;
  title: string;
  staffIds: string[];
  addWay: number;
  state: string;
  createdAt: Date;
};

/** A talk of the past; `nextOn` is null when nothing was promised. */
export type PastFollowUp = {
  externalUserId: string;
  staffId: string;
  at: Date;
  channel: Channel;
  purpose: string;
  notes: string;
  questions: { text: string; isOpen: boolean }[];
  nextStep: string;
  nextOn: Day | null;
};

/** Everything that is known about one account before Genjin knows it; other things name it by its external id. */
export type PastAccount = {
  account: {
    externalId: string;
    name: string;
    industry: string;
    region: string;
    size: string;
    ownerId: string;
    potentialScore: number | null;
    referredBy: string | null; // the external id of the account that recommended us
  };
  contacts: PastContact[];
  kdm: { externalUserId: string; kdm: Kdm }[];
  orders: Order[];
  opportunities: (Omit<Opportunity, 'accountId' | 'ownerId'> & { externalId: string })[];
  contracts: (Omit<Contract, 'accountId'> & { externalId: string })[];
  followUps: PastFollowUp[];
  answers: { externalUserId: string; score: number; comment: string; answeredAt: Date }[];
};
