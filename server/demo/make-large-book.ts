import type { BookContract, BookNpsAnswer, BookOpportunity, BookRow } from './book.ts';
import { daysBefore } from './days.ts';
import { createDice, type Dice } from './dice.ts';
import { makeBookRows } from './make-book-rows.ts';
import { makeContracts, makeOpportunities } from './make-deals.ts';
import { rollNpsAnswer } from './make-nps-answers.ts';
import { makeStaffTree, type SeededDepartment, type SeededMember } from './make-staff-tree.ts';
import { standingOf } from './standing.ts';

/** A row of the sandbox's book with deals, an answer at times, and how the account came to us. */
export type LargeBookRow = Omit<BookRow, 'account'> & {
  account: BookRow['account'] & { potentialScore: number | null; referredBy: string | null };
  opportunities: BookOpportunity[];
  contracts: BookContract[];
  answers: BookNpsAnswer[];
};

/** A company's whole book; `rows` are made while they are read. */
export type LargeBook = {
  departments: SeededDepartment[];
  members: SeededMember[];
  survey: { name: string; programme: string; opensAt: Date; closesAt: Date };
  rows: Iterable<LargeBookRow>;
};

/** Keeps seeds of books apart from those of the sandbox corp, whose people have ids of the same make. */
const BOOK_SEED = 1_000_000;
const TALKED_PERCENT = 60;
const TALKS_KEPT = 2;
const ANSWERED_PERCENT = 6;
const SCORED_PERCENT = 25;
const REFERRED_PERCENT = 2;

/** A realistic book of any size, the same for the same `seed`, size and `now`. */
export function makeLargeBook(plan: { seed: number; accounts: number; now: Date }): LargeBook {
  const { departments, members, sellerIds } = makeStaffTree(plan.accounts);
  return {
    departments,
    members,
    survey: {
      name: '上季度满意度（导入）',
      programme: 'last-quarter',
      opensAt: daysBefore(plan.now, 100),
      closesAt: daysBefore(plan.now, 86),
    },
    rows: makeRows(plan, sellerIds),
  };
}

function* makeRows(
  { seed, accounts, now }: { seed: number; accounts: number; now: Date },
  staffIds: readonly string[],
): Generator<LargeBookRow, void, undefined> {
  const rows = makeBookRows({ seed: BOOK_SEED + seed, accounts, now, staffIds });
  let index = 0;
  for (const row of rows) {
    // Dice of their own, so that deals do not change what the sandbox corp shows.
    const dice = createDice(BOOK_SEED * 2 + seed, index);
    const standing = standingOf(index, accounts);
    const number = numberOf(seed, index);
    const orders = row.orders.map((order, nth) => ({
      ...order,
      externalId: `DD-${number}-${nth + 1}`,
      accountExternalId: `KH-${number}`,
    }));
    const dealer = { number, standing, orders, now };
    yield {
      ...row,
      account: { ...row.account, externalId: `KH-${number}`, ...originOf(dice, seed, index) },
      orders,
      followUps: dice.chance(TALKED_PERCENT) ? row.followUps.slice(-TALKS_KEPT) : [],
      opportunities: makeOpportunities(dice, dealer),
      contracts: makeContracts(dice, dealer),
      answers: orders.length > 0 && dice.chance(ANSWERED_PERCENT) ? answersOf(dice, row, now) : [],
    };
    index += 1;
  }
}

/** Numbers of two seeds never meet. */
const numberOf = (seed: number, index: number) => `${seed}-${String(index + 1).padStart(7, '0')}`;

/** Who recommended us always came before. */
function originOf(dice: Dice, seed: number, index: number) {
  const referrer = index > 0 && dice.chance(REFERRED_PERCENT) ? dice.int(0, index - 1) : null;
  return {
    potentialScore: dice.chance(SCORED_PERCENT) ? dice.int(10, 95) : null,
    referredBy: referrer === null ? null : `KH-${numberOf(seed, referrer)}`,
  };
}

function answersOf(dice: Dice, { contacts }: BookRow, now: Date): BookNpsAnswer[] {
  const asked = contacts.find(({ createdAt }) => createdAt < daysBefore(now, 110));
  return asked ? [rollNpsAnswer(dice, asked.externalUserId, now)] : [];
}
