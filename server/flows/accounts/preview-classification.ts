import type { Context } from '../../context.ts';
import { bookRankingOf } from '../../domain/classification/book-ranking.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { classify, type Classification, type Run } from '../../domain/classification/classification.ts';
import { periodsOf } from '../../domain/deals/order-facts.ts';
import type { Settings } from '../../domain/settings.ts';

type Needs = Pick<Context, 'classification' | 'settings' | 'now' | 'site'>;
/** Settings that nobody saved yet. */
export type Draft = Partial<Pick<Settings, 'tier' | 'valueClass' | 'lifecycle'>>;

const KINDS = { tier: 'tier', stage: 'stage', value_class: 'valueClass' } as const;
type Kind = keyof typeof KINDS;

/** What would become of the book. `changed` counts accounts, `moves` each kind of change from → to. */
export type Preview = {
  seen: number;
  changed: number;
  moves: { kind: Kind; from: string; to: string; count: number }[];
  examples: { accountId: string; name: string; kind: Kind; from: string; to: string }[];
};

const MOST_EXAMPLES = 20;

/**
 * Tells which accounts these settings would move, once they have settled. Writes nothing. What already waits for another run
 * would move anyway, and is not counted. `tell` hears how many accounts were seen.
 */
export async function previewClassification(
  context: Needs,
  draft: Draft,
  tell: (seen: number) => void = () => undefined,
): Promise<Preview> {
  const { classification, site } = context;
  const settings = { ...(await context.settings.read()), ...draft };
  const periods = periodsOf(calendarDay(context.now(), site.timeZone), settings.tier.windowMonths);
  const { lines } = await bookRankingOf(classification.earners(periods), settings.tier);
  const settled = { ...settings, tier: { ...settings.tier, hysteresisPercent: 0 } };
  const run: Run = { lines, periods, settings: settled, timeZone: site.timeZone };
  const preview: Preview = { seen: 0, changed: 0, moves: [], examples: [] };
  for await (const { account, facts } of classification.cases(periods)) {
    preview.seen += 1;
    tell(preview.seen);
    const moves = movesOf(account, classify(account, facts, run));
    if (moves.length > 0) preview.changed += 1;
    for (const move of moves) note(preview, move, { accountId: account._id, name: account.name });
  }
  preview.moves.sort((a, b) => b.count - a.count);
  return preview;
}

type Move = { kind: Kind; from: string; to: string };

function movesOf(before: Classification, after: Classification): Move[] {
  const isComing = before.pendingTier?.tier === after.tier;
  return (Object.keys(KINDS) as Kind[])
    .map((kind) => ({ kind, from: before[KINDS[kind]], to: after[KINDS[kind]] }))
    .filter(({ kind, from, to }) => from !== to && !(kind === 'tier' && isComing));
}

function note({ moves, examples }: Preview, move: Move, whose: { accountId: string; name: string }): void {
  const same = ({ kind, from, to }: Move) => kind === move.kind && from === move.from && to === move.to;
  const known = moves.find(same);
  if (known) known.count += 1;
  else moves.push({ ...move, count: 1 });
  if (examples.length < MOST_EXAMPLES) examples.push({ ...whose, ...move });
}
