import type { FollowUpDraft, Profile } from '../../../server/api/contract/profile.ts';
import { createBox } from '../keep.ts';
import { createRequestId } from '../request-id.ts';
import { standingOf, type Standing } from '../talks/standing.ts';
import type { Talk } from './talk.ts';
import { FOLLOW_UP } from './texts.ts';

/** The form as it is typed; `questions`, `theirs` and `ours` hold one per line. `requestId` lives until the save succeeds. */
export type Draft = {
  requestId: string;
  /** Who was spoken to, where that may be chosen; '' for nobody in particular. */
  who: string;
  channel: Profile['followUps'][number]['channel'];
  outcome: NonNullable<Profile['followUps'][number]['outcome']> | '';
  level: NonNullable<Profile['followUps'][number]['level']> | '';
  theirs: string;
  ours: string;
  promises: string;
  promisedOn: string;
  standing: Standing;
  purpose: string;
  notes: string;
  questions: string;
  answeredQuestionIds: string[];
  nextStep: string;
  nextOn: string | null;
};

/** A routine follow-up, under a request id of its own. */
export const emptyDraft = (channel: Draft['channel'] = 'chat'): Draft => ({
  requestId: createRequestId(),
  who: '',
  channel,
  outcome: '',
  level: '',
  theirs: '',
  ours: '',
  promises: '',
  promisedOn: '',
  standing: {},
  purpose: FOLLOW_UP.routine,
  notes: '',
  questions: '',
  answeredQuestionIds: [],
  nextStep: '',
  nextOn: null,
});

/** Where an unsaved draft waits; it dies with the tab. */
export const draftBox = (key: string) => createBox<Draft>(() => sessionStorage, `genjin.follow-up.${key}`);

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

/** True when a chip, a line or a visit tells what came of it. */
const isTold = ({ outcome, channel, notes, purpose, questions, answeredQuestionIds }: Draft) =>
  Boolean(outcome || notes.trim() || linesOf(questions).length + answeredQuestionIds.length) ||
  channel === 'visit' ||
  purpose.trim() !== FOLLOW_UP.routine;

/** Why a draft cannot be sent, in words; null when it can. */
export function faultOf(draft: Draft, promises: Profile['promises']): string | null {
  if (!draft.purpose.trim()) return FOLLOW_UP.failed.noPurpose;
  if (!isTold(draft)) return FOLLOW_UP.failed.noOutcome;
  if (standingOf(promises, draft.standing, draft.outcome).some(({ act, day }) => act === 'moved' && !day))
    return FOLLOW_UP.failed.noNewDay;
  if (linesOf(draft.questions).length > MOST_QUESTIONS) return FOLLOW_UP.failed.tooManyQuestions;
  return peopleFault(participantsOf(draft));
}

/** What is sent; answers to questions that meanwhile left the profile are dropped, and nothing is sent of what nobody filled in. */
export function bodyOf(draft: Draft, about: Pick<Talk, 'questions' | 'promises'>): FollowUpDraft {
  const open = new Set(about.questions.map(({ id }) => id));
  const { who: _who, level, outcome, theirs, ours, promises, promisedOn, standing: chosen, ...said } = draft;
  const standing = standingOf(about.promises, chosen, outcome).filter(({ act }) => act !== 'keep');
  const participants = participantsOf({ theirs, ours });
  return {
    ...said,
    questions: linesOf(said.questions),
    answeredQuestionIds: said.answeredQuestionIds.filter((id) => open.has(id)),
    ...(level ? { level } : {}),
    ...(outcome ? { outcome } : {}),
    ...(standing.length > 0 ? { standing } : {}),
    ...(promises.trim() && promisedOn
      ? { promised: [{ text: promises.trim().slice(0, 300), day: promisedOn }] }
      : {}),
    ...(participants.length > 0 ? { participants } : {}),
    ...(promises.trim() ? { promises } : {}),
  };
}
