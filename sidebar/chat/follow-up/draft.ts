import type { FollowUpDraft, Profile } from '../../../server/api/contract/profile.ts';
import { createBox } from '../../parts/keep.ts';
import { createRequestId } from '../../parts/request-id.ts';
import { FOLLOW_UP } from './texts.ts';

/** The form as it is typed; `questions`, `theirs` and `ours` hold one per line. `requestId` lives until the save succeeds. */
export type Draft = {
  requestId: string;
  channel: Profile['followUps'][number]['channel'];
  level: NonNullable<Profile['followUps'][number]['level']> | '';
  theirs: string;
  ours: string;
  promises: string;
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
  level: '',
  theirs: '',
  ours: '',
  promises: '',
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

/** Who took part, one a line: the name, and behind a blank the title. Source: `PostFollowUp`. */
const peopleOf = (side: 'theirs' | 'ours', text: string) =>
  linesOf(text).map((line) => {
    const [name = '', ...title] = line.split(/\s+/);
    return { side, name, title: title.join(' ') };
  });

const participantsOf = ({ theirs, ours }: Pick<Draft, 'theirs' | 'ours'>) => [
  ...peopleOf('theirs', theirs),
  ...peopleOf('ours', ours),
];

/** The most people of both sides together, and the longest name or title. Source: `PostFollowUp`. */
const MOST_PEOPLE = 20;
const LONGEST_NAME = 50;
const isLong = (text: string) => text.length > LONGEST_NAME;

/** What of the people of both sides cannot be sent. */
function peopleFault(people: ReturnType<typeof peopleOf>): string | null {
  if (people.length > MOST_PEOPLE) return FOLLOW_UP.failed.tooManyPeople;
  const long = people.find(({ name, title }) => isLong(name) || isLong(title));
  return long ? FOLLOW_UP.failed.longName(long.name.slice(0, 10)) : null;
}

/** Why a draft cannot be sent, in words; null when it can. */
export function faultOf(draft: Draft): string | null {
  if (!draft.purpose.trim()) return FOLLOW_UP.failed.noPurpose;
  if (linesOf(draft.questions).length > MOST_QUESTIONS) return FOLLOW_UP.failed.tooManyQuestions;
  return peopleFault(participantsOf(draft));
}

/** What is sent; answers to questions that meanwhile left the profile are dropped, and nothing is sent of what nobody filled in. */
export function bodyOf(draft: Draft, openQuestions: Profile['questions']): FollowUpDraft {
  const open = new Set(openQuestions.map(({ id }) => id));
  const { level, theirs, ours, promises, ...said } = draft;
  const participants = participantsOf({ theirs, ours });
  return {
    ...said,
    questions: linesOf(said.questions),
    answeredQuestionIds: said.answeredQuestionIds.filter((id) => open.has(id)),
    ...(level ? { level } : {}),
    ...(participants.length > 0 ? { participants } : {}),
    ...(promises.trim() ? { promises } : {}),
  };
}
