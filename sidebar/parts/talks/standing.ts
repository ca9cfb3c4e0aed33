import type { FollowUpDraft } from '../../../server/api/contract/profile.ts';
import type { PromiseView } from '../../../server/api/contract/talks.ts';
import { dayAfter } from '../days.ts';

/** What becomes of a promise that stands. */
export type StandingAct = NonNullable<FollowUpDraft['standing']>[number]['act'];

/** What was chosen for promises, by their ids; what is not there is as the form presets it. */
export type Standing = Record<string, { act: StandingAct; day: string }>;

type Outcome = NonNullable<FollowUpDraft['outcome']> | '';

/** What a form does with a promise by itself: before its day it stands, from its day on a talk has kept it. */
export const presetAct = ({ day }: PromiseView, outcome: Outcome): StandingAct =>
  outcome !== 'no_answer' && day <= dayAfter(0) ? 'kept' : 'keep';

/** What becomes of each promise that stands; `day` is null unless it is moved to one. */
export const standingOf = (promises: readonly PromiseView[], standing: Standing, outcome: Outcome) =>
  promises.map((promise) => {
    const chosen = standing[promise.id];
    const act = chosen?.act ?? presetAct(promise, outcome);
    return { id: promise.id, act, day: act === 'moved' ? chosen?.day || null : null };
  });
