import type { FollowUpDraft, Profile } from '../../../server/api/contract/profile.ts';
import { createBox } from '../../parts/keep.ts';
import { createRequestId } from '../../parts/request-id.ts';
import { FOLLOW_UP } from './texts.ts';

/** The form as it is typed; `questions` holds one per line. `requestId` lives until the save succeeds. */
export type Draft = {
  requestId: string;
  channel: Profile['followUps'][number]['channel'];
  purpose: string;
  notes: string;
  questions: string;
  answeredQuestionIds: string[];
  nextStep: string;
  nextOn: string | null;
};

/** A routine follow-up by chat, under a request id of its own. */
export const emptyDraft = (): Draft => ({
  requestId: createRequestId(),
  channel: 'chat',
  purpose: FOLLOW_UP.routine,
  notes: '',
  questions: '',
  answeredQuestionIds: [],
  nextStep: '',
  nextOn: null,
});

/** Where an unsaved draft waits; it dies with the tab. */
export const draftBox = (externalUserId: string) =>
  createBox<Draft>(() => sessionStorage, `genjin.follow-up.${externalUserId}`);

/** The most new questions one follow-up may bring. Source: `PostFollowUp`. */
const MOST_QUESTIONS = 10;

/** The lines that say something. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Why a draft cannot be sent, in words; null when it can. */
export function faultOf(draft: Draft): string | null {
  if (!draft.purpose.trim()) return FOLLOW_UP.failed.noPurpose;
  return linesOf(draft.questions).length > MOST_QUESTIONS ? FOLLOW_UP.failed.tooManyQuestions : null;
}

/** What is sent; answers to questions that meanwhile left the profile are dropped. */
export function bodyOf(draft: Draft, openQuestions: Profile['questions']): FollowUpDraft {
  const open = new Set(openQuestions.map(({ id }) => id));
  return {
    ...draft,
    questions: linesOf(draft.questions),
    answeredQuestionIds: draft.answeredQuestionIds.filter((id) => open.has(id)),
  };
}
