import type { BookContact, BookRow } from './book.ts';
import { companyAt } from './company-names.ts';
import { createDice } from './dice.ts';
import { makeContacts } from './make-contacts.ts';
import type { SlottedContact } from './make-contacts.ts';
import { makeFollowUps } from './make-follow-ups.ts';
import { makeKdm } from './make-kdm.ts';
import { makeOrders } from './make-orders.ts';
import { standingOf } from './standing.ts';

/** The four sales of the sandbox corp, who share the accounts. */
export const SALES_IDS = ['chenlu', 'wanghao', 'linsiyuan', 'hejing'] as const;

/** What is to be made: `accounts` companies, seen from `now`; `staffIds` share them in turn. */
export type BookPlan = { seed: number; accounts: number; now: Date; staffIds?: readonly string[] };

/** Streams accounts with everything about them, one at a time, deterministic by seed; nothing is held back. */
export function* makeBookRows(plan: BookPlan): Generator<BookRow, void, undefined> {
  for (let index = 0; index < plan.accounts; index += 1) yield makeRow(plan, index);
}

/** One account from its own dice, so that row 99,999 does not need the rows before it. */
function makeRow({ seed, accounts, now, staffIds = SALES_IDS }: BookPlan, index: number): BookRow {
  const dice = createDice(seed, index);
  const standing = standingOf(index, accounts);
  const company = companyAt(index + (seed % 1000) * 40);
  const externalId = `KH-${String(index + 1).padStart(6, '0')}`;
  const ownerId = staffIds[index % staffIds.length] ?? '';
  const otherStaffId = staffIds[(index + 1) % staffIds.length] ?? '';
  const isNew = standing.group === 'none' && standing.rank === accounts - 1;
  const { shortName } = company;
  const people = {
    seed,
    index,
    accountName: company.name,
    shortName,
    standing,
    ownerId,
    otherStaffId,
    isNew,
    now,
  };
  const contacts = makeContacts(dice, people);
  const isLapsed = standing.group === 'tail' && standing.rank % 4 === 1;
  const isAgent = standing.group === 'waist' && standing.rank === firstOfWaist(accounts);
  const orders = makeOrders(dice, { externalId, standing, isLapsed, isAgent, now });
  return {
    account: {
      externalId,
      name: company.name,
      industry: company.industry,
      region: company.region,
      size: sizeFor(standing.group),
      ownerId,
    },
    contacts: contacts.map(withoutSlot),
    orders,
    kdm: makeKdm(dice, { contacts, standing, now }),
    followUps: makeFollowUps(dice, { index, contacts, orders, standing, now }),
  };
}

/** The agent is the account that ranks a little below the head. */
function firstOfWaist(accounts: number): number {
  return Math.ceil(Math.ceil((accounts * 82) / 100) / 10) + 1;
}

/** Headcount bands as the ERP writes them. */
function sizeFor(group: 'head' | 'waist' | 'tail' | 'old' | 'none'): string {
  if (group === 'head') return '1000 人以上';
  return group === 'waist' ? '300–1000 人' : '300 人以下';
}

/** What the platform and the product may know. */
function withoutSlot({ slot: _slot, realName: _realName, ...contact }: SlottedContact): BookContact {
  return contact;
}
