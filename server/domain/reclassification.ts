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
  const isByHand = {
    tier: after.tierWhy?.rule === 'pinned' || before.tierWhy.rule === 'pinned',
    stage: Boolean(after.stageWhy?.isManual || before.stageWhy?.isManual),
  };
  const changes: ClassChange[] = [
    {
      kind: 'tier',
      from: before.tier,
      to: after.tier,
      why: after.tierWhy,
      isFall: !isByHand.tier && isTierFall(before.tier, after.tier),
    },
    {
      kind: 'stage',
      from: before.stage,
      to: after.stage,
      why: after.stageWhy,
      isFall: !isByHand.stage && isStageFall(before.stage, after.stage),
    },
  ];
  // Accounts classified before there were value classes get theirs without a word.
  if (before.valueClassWhy) {
    const [from, to] = [before.valueClass, after.valueClass];
    changes.push({ kind: 'value_class', from, to, why: after.valueClassWhy, isFall: to === 'problem' });
  }
  return changes.filter(({ from, to }) => from !== to);
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

const ownOf = (why: TierWhy) => [
  ...[why.rule, why.basis, why.mode, why.windowMonths, why.hysteresisPercent, why.valueFen],
  ...[why.freshTier, why.computedTier, why.pin],
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
