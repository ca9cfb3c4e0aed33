import type { Contract } from '../domain/deals/contract.ts';
import type { Channel } from '../domain/follow-ups/follow-up.ts';
import type { Kdm } from '../domain/contacts/kdm.ts';
import type { Opportunity } from '../domain/deals/opportunity.ts';

/** A customer company as an ERP would export it. */
export type BookAccount = {
  externalId: string;
  name: string;
  industry: string;
  region: string;
  size: string;
  /** The userid of the owner 负责人. */
  ownerId: string;
};

/** A paid order. Money in fen; `paidOn` is a day YYYY-MM-DD in Shanghai. */
export type BookOrder = {
  externalId: string;
  accountExternalId: string;
  product: string;
  amountFen: number;
  costFen: number;
  paidOn: string;
  kind: 'sale' | 'agency' | 'distribution' | 'equity' | 'subscription';
};

/** What is known about one contact as a decision maker. */
export type BookKdm = { externalUserId: string; kdm: Kdm };

/** A follow-up in the past; `nextOn` is a day YYYY-MM-DD or null when nothing was promised. */
export type BookFollowUp = {
  externalUserId: string;
  staffId: string;
  at: Date;
  channel: Channel;
  purpose: string;
  notes: string;
  questions: { text: string; isOpen: boolean }[];
  nextStep: string;
  nextOn: string | null;
};

/** An answer of last quarter's campaign; `score` from 0 to 10, `comment` may be ''. */
export type BookNpsAnswer = { externalUserId: string; score: number; comment: string; answeredAt: Date };

/** An opportunity or contract of the account it is listed with. */
export type BookOpportunity = Omit<Opportunity, 'accountId' | 'ownerId'> & { externalId: string };
export type BookContract = Omit<Contract, 'accountId'> & { externalId: string };

/** A complaint that a member noted; `closed` null while it is open. */
export type BookComplaint = {
  externalUserId: string;
  staffId: string;
  at: Date;
  text: string;
  closed: { at: Date; cause: string; action: string } | null;
};

/** What our own database holds beyond WeCom. */
export type Book = {
  accounts: BookAccount[];
  orders: BookOrder[];
  kdm: BookKdm[];
  followUps: BookFollowUp[];
  npsAnswers: BookNpsAnswer[];
  opportunities: (BookOpportunity & { accountExternalId: string })[];
  contracts: (BookContract & { accountExternalId: string })[];
  complaints: BookComplaint[];
};

/** A person at an account, as WeCom would know him through the members who follow him. */
export type BookContact = {
  externalUserId: string;
  name: string;
  remark: string;
  remarkCorpName: string;
  /** 1 WeChat user, 2 WeCom user. */
  type: 1 | 2;
  gender: 0 | 1 | 2;
  title: string;
  /** Followers, the owner first. */
  staffIds: string[];
  addWay: number;
  state: string;
  createdAt: Date;
};

/** Everything about one account, for streaming. */
export type BookRow = {
  account: BookAccount;
  contacts: BookContact[];
  orders: BookOrder[];
  kdm: BookKdm[];
  followUps: BookFollowUp[];
};
