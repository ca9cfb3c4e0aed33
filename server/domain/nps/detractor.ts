import { npsGroup } from './nps.ts';

/** How the loop of a bad mark was closed: why it was given, and what was done about it. Source: domain.md §11. */
export type Closure = { by: string; at: Date; cause: string; action: string };

/** An answer, as far as a loop hangs on it. `bandAt`: since when it is in its group: a correction within it does not put off what the first mark is owed. */
export type Mark = {
  externalUserId: string;
  score: number; // 0–10, as last given
  answeredAt: Date;
  changedAt: Date;
  bandAt: Date;
  closure?: Closure | null | undefined;
};

/** Since when an answer that is given, or corrected, at that time is in its group; in another group its loop begins anew. */
export function loopAfter(
  before: Pick<Mark, 'score' | 'bandAt' | 'closure'> | null,
  { score, at }: { score: number; at: Date },
): { bandAt: Date; closure: Closure | null } {
  if (!before || npsGroup(before.score) !== npsGroup(score)) return { bandAt: at, closure: null };
  return { bandAt: before.bandAt, closure: before.closure ?? null };
}

/** True when nobody has closed the loop of this bad mark. */
const isWaiting = ({ score, closure }: Pick<Mark, 'score' | 'closure'>): boolean =>
  npsGroup(score) === 'detractor' && !closure;

/** The last words of each contact that are a detractor's and whose loop is open, who has waited longest first. */
export function waitingDetractors<Answer extends Mark>(
  answers: readonly Answer[],
): (Answer & { since: Date })[] {
  const byTime = answers.toSorted((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime());
  const latest = new Map(byTime.map((answer) => [answer.externalUserId, answer]));
  return [...latest.values()]
    .filter(isWaiting)
    .map((answer) => ({ ...answer, since: answer.bandAt }))
    .sort((a, b) => a.since.getTime() - b.since.getTime());
}
