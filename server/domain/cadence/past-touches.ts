import type { Day } from '../calendar.ts';
import type { Closure } from '../nps/detractor.ts';
import { npsGroup } from '../nps/nps.ts';
import { NEXT_TOUCH, type PromiseState } from './promise.ts';

/** A follow-up from before, as far as a promise follows from it. */
type PastTalk = {
  id: string;
  externalUserId: string | null;
  staffId: string;
  at: Date;
  nextStep: string;
  nextOn: Day | null;
};

const byTime = (a: { at: Date }, b: { at: Date }) => a.at.getTime() - b.at.getTime();

/**
 * The planned next touches of an account from before promises had rows of their own: each follow-up had one date and the next
 * follow-up took its place, so that only the last one stands.
 */
export function pastPromises(talks: readonly PastTalk[]) {
  const sorted = talks.toSorted(byTime);
  return sorted.flatMap(({ id, externalUserId, staffId, at, nextStep, nextOn }, index) => {
    if (!nextOn) return [];
    const made = { madeAt: at, madeBy: staffId, madeIn: id };
    const said = { text: nextStep || NEXT_TOUCH, day: nextOn, externalUserId };
    return [{ _id: nextPromiseId(id), ...said, ...made, ...endBy(sorted[index + 1]) }];
  });
}

/** How the promise of a follow-up ended: with the next one, or not at all. */
function endBy(next: PastTalk | undefined) {
  const state: PromiseState = next ? 'kept' : 'open';
  const end = next && { endedAt: next.at, endedBy: next.staffId, endedIn: next.id };
  return { state, endedAt: null, endedBy: null, endedIn: null, movedTo: null, ...end };
}

/** The id of the planned next touch that a follow-up makes. */
export const nextPromiseId = (followUpId: string): string => `${followUpId}:next`;

/** How the loop of an answer from before was closed: by who spoke to the customer after a bad mark; null: it is open. */
export function closureBy(
  talks: readonly { at: Date; staffId: string }[],
  { score, answeredAt }: { score: number; answeredAt: Date },
): Closure | null {
  const talk = talks.toSorted(byTime).find(({ at }) => at > answeredAt);
  if (!talk || npsGroup(score) !== 'detractor') return null;
  return { by: talk.staffId, at: talk.at, cause: '', action: PAST_ACTION };
}

/** What is kept as the action where nobody had to say one. */
export const PAST_ACTION = '评价之后已有跟进，按当时的规则视为已回访';
