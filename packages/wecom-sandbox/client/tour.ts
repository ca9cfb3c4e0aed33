import type { AppMessage, Message, SandboxState } from './control.ts';

/** What can be seen to have happened. */
export type Mark = 'added' | 'tagged' | 'logged' | 'proposed' | 'confirmed' | 'answered' | 'digested';

/** A step of the guided tour; done when all its marks were seen, or the reader ticked it off. */
export type TourStep = { id: 'add' | 'follow' | 'nps' | 'digest'; marks: Mark[] };

/** The guided tour 三分钟看懂, in order. */
export const TOUR: TourStep[] = [
  { id: 'add', marks: ['added', 'tagged'] },
  { id: 'follow', marks: ['logged'] },
  { id: 'nps', marks: ['proposed', 'confirmed', 'answered'] },
  { id: 'digest', marks: ['digested'] },
];

/** Whether every part of the step was seen. */
export const isDone = (step: TourStep, marks: readonly Mark[]): boolean =>
  step.marks.every((mark) => marks.includes(mark));

/** The first step that is not done; undefined when the tour is over. */
export const nextStep = (marks: readonly Mark[]): TourStep | undefined =>
  TOUR.find((step) => !isDone(step, marks));

/** The platform counts in whole seconds, so what happened in the first one counts too. */
const SECOND_MS = 1000;
const isSince = (at: string, sinceMs: number): boolean => Date.parse(at) > sinceMs - SECOND_MS;

/** What the relations show: somebody added since `sinceMs`, and tags on them. */
export function marksInRelations({ relations }: SandboxState, sinceMs: number): Mark[] {
  const fresh = relations.filter(({ createdAt }) => isSince(createdAt, sinceMs));
  const marks: Mark[] = [];
  if (fresh.length > 0) marks.push('added');
  if (fresh.some(({ tags }) => tags.length > 0)) marks.push('tagged');
  return marks;
}

/** Leaders get reminders too; the digest says what it is. */
const isDigest = ({ card, text }: AppMessage): boolean =>
  /日报|周报|汇总/u.test(`${card?.title ?? ''}${text ?? ''}`);

/** What a member's messages since `sinceMs` show: mass messages, and for a leader the digest. */
export function marksInMessages(messages: Message[], isLeader: boolean, sinceMs: number): Mark[] {
  const marks = new Set<Mark>();
  for (const message of messages.filter(({ at }) => isSince(at, sinceMs))) {
    if (message.kind === 'task') marks.add('proposed');
    if (message.kind === 'task' && message.status === 'sent') marks.add('confirmed');
    if (message.kind === 'app' && isLeader && isDigest(message)) marks.add('digested');
  }
  return [...marks];
}

/** What a request made inside a frame shows: a follow-up was written, or a survey answered. */
export function marksInRequest({ path, count }: { path: string; count: number }): Mark[] {
  if (/^\/api\/v1\/contacts\/[^/]+\/follow-ups$/u.test(path)) return ['logged'];
  // The page reads the survey and then posts to the same address: the second request is the answer.
  return /^\/api\/v1\/survey\/[^/]+$/u.test(path) && count > 1 ? ['answered'] : [];
}
