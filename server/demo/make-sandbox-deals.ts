import { OPPORTUNITY_STAGES } from '../domain/deals/opportunity.ts';
import type { BookContract, BookOpportunity, BookRow } from './book.ts';
import { daysBefore } from './days.ts';
import { createDice } from './dice.ts';
import {
  makeContract,
  makeContracts,
  makeOpportunities,
  makeOpportunity,
  type Dealer,
} from './make-deals.ts';
import { standingOf } from './standing.ts';

/** Their dice are far from those of accounts, so that nothing else changes with them. */
const DICE_INDEX = 910_000;

/** The first accounts show every stage of the funnel twice. */
const STAGED = 2 * OPPORTUNITY_STAGES.length;

/** Days since signing: the payment on delivery is late by five weeks, that on acceptance falls due in ten days. */
const SIGNED_DAYS_AGO = { overdue: 95, due: 110 } as const;

/** Whose deals these are. */
type Ours<Deal> = Deal & { accountExternalId: string };

/**
 * What the sandbox corp has under way: opportunities in every stage, and contracts whose payments were made, fall due soon, or
 * are late; deterministic by seed and `now`.
 */
export function makeSandboxDeals({
  seed,
  rows,
  now,
}: {
  seed: number;
  rows: readonly BookRow[];
  now: Date;
}): {
  opportunities: Ours<BookOpportunity>[];
  contracts: Ours<BookContract>[];
} {
  const dealers = rows.map(({ account, orders }, index): Dealer & { id: string } => ({
    id: account.externalId,
    number: account.externalId.slice(3),
    standing: standingOf(index, rows.length),
    orders,
    now,
  }));
  const diceOf = (index: number) => createDice(seed, DICE_INDEX + index);
  const opportunities = dealers.flatMap((dealer, index) => {
    const stage = OPPORTUNITY_STAGES[index % OPPORTUNITY_STAGES.length];
    const isStaged = stage !== undefined && index < STAGED;
    const made = isStaged
      ? [makeOpportunity(diceOf(index), dealer, stage)]
      : makeOpportunities(diceOf(index), dealer);
    return made.map((deal) => ({ ...deal, accountExternalId: dealer.id }));
  });
  return { opportunities, contracts: makeAllContracts(dealers, diceOf) };
}

function makeAllContracts(
  dealers: readonly (Dealer & { id: string })[],
  diceOf: (index: number) => ReturnType<typeof createDice>,
): Ours<BookContract>[] {
  const heads = dealers.filter(({ standing }) => standing.group === 'head');
  return dealers.flatMap((dealer, index) => {
    const dice = diceOf(index + dealers.length);
    const place = heads.indexOf(dealer);
    const signed = [SIGNED_DAYS_AGO.overdue, SIGNED_DAYS_AGO.due][place];
    const made =
      signed === undefined
        ? makeContracts(dice, dealer)
        : makeContract(dice, dealer, { signedAt: daysBefore(dealer.now, signed), isLate: place === 0 });
    return made.map((deal) => ({ ...deal, accountExternalId: dealer.id }));
  });
}
