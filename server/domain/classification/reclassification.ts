import type { Classification } from './classification.ts';
import type { TierWhy } from './explanation.ts';
import { isStageFall } from './lifecycle.ts';
import { isTierFall } from './tier.ts';

/** A change of what an account is to us. `isFall`: the facts alone made it less; what people set by hand never falls. */
export type ClassChange = {
  kind: 'tier' | 'stage' | 'value_class';
  from: string;
  to: string;
  why: unknown;
  isFall: boolean;
};

/** What changed between two runs. The first classification is not a change: nobody was told anything before. */
export function changesBetween(before: Classification, after: Classification): ClassChange[] {
  if (!before.tierWhy) return [];
  const changes = [tierChange(before, after), stageChange(before, after)];
  // Accounts classified before there were value classes get theirs without a word.
  if (before.valueClassWhy) changes.push(valueClassChange(before, after));
  return changes.filter(({ from, to }) => from !== to);
}

function tierChange(
  { tier: from, tierWhy }: Classification,
  { tier: to, tierWhy: why }: Classification,
): ClassChange {
  const isByHand = [tierWhy, why].some((each) => each?.rule === 'pinned');
  return { kind: 'tier', from, to, why, isFall: !isByHand && isTierFall(from, to) };
}

function stageChange(
  { stage: from, stageWhy }: Classification,
  { stage: to, stageWhy: why }: Classification,
): ClassChange {
  const isByHand = [stageWhy, why].some((each) => each?.isManual);
  return { kind: 'stage', from, to, why, isFall: !isByHand && isStageFall(from, to) };
}

function valueClassChange(
  { valueClass: from }: Classification,
  { valueClass: to, valueClassWhy: why }: Classification,
): ClassChange {
  return { kind: 'value_class', from, to, why, isFall: to === 'problem' };
}

/**
 * True when a run found something worth writing. Where the account stands moves a little with every order of anybody else;
 * what was kept stays true as of its day, and is kept anew when the account's own figures change, when it comes to stand in
 * another percent of the book, or when a boundary moves by 1 % or more.
 */
export function isChanged(before: Classification, after: Classification): boolean {
  return (
    outcomeOf(before) !== outcomeOf(after) ||
    isDrifted(before.tierWhy, after.tierWhy) ||
    // Keys in one order: a database gives objects back as they were written.
    JSON.stringify(before.stageWhy) !== JSON.stringify(after.stageWhy) ||
    JSON.stringify(before.valueClassWhy) !== JSON.stringify(after.valueClassWhy)
  );
}

const outcomeOf = ({ tier, pendingTier, tierWhy, stage, valueClass, dueOn }: Classification) =>
  JSON.stringify([tier, pendingTier, tierWhy && ownOf(tierWhy), stage, valueClass, dueOn]);

/** The account's own part of the why: without the window, which moves on every day, and where others stand. */
const ownOf = ({ rule, basis, mode, windowMonths, hysteresisPercent, confirmingRuns, ...why }: TierWhy) => [
  rule,
  basis,
  mode,
  windowMonths,
  hysteresisPercent,
  confirmingRuns,
  why.cutPercent?.head,
  why.cutPercent?.waist,
  why.valueFen,
  why.freshTier,
  why.computedTier,
  why.pin,
];

function isDrifted(before: TierWhy | null, after: TierWhy | null): boolean {
  if (!before || !after) return before !== after;
  if (percentileOf(before) !== percentileOf(after)) return true;
  return BOUNDARIES.some((name) => isMoved(before[name], after[name]));
}

const BOUNDARIES = ['headFromFen', 'waistFromFen'] as const;

/** In which percent of the book the account stands; null without a rank. */
const percentileOf = ({ rank, ranked }: TierWhy) =>
  rank === null || ranked === 0 ? null : Math.ceil((rank * 100) / ranked);

function isMoved(from: number | null, to: number | null): boolean {
  if (from === null || to === null) return from !== to;
  return Math.abs(to - from) * 100 >= from;
}
