/** How a follow-up 跟进 took place. Source: domain.md §6. */
export const CHANNELS = ['chat', 'call', 'visit', 'meeting', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** On which level we spoke: 领导, 技术, 业务, 服务. Source: domain.md §6. */
export const TALK_LEVELS = ['leadership', 'technical', 'business', 'service'] as const;
export type TalkLevel = (typeof TALK_LEVELS)[number];

/** What came of a talk: 已沟通, 未接通, 约了时间, 已拒绝. Source: domain.md §6. */
export const OUTCOMES = ['talked', 'no_answer', 'scheduled', 'declined'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The purpose that a form fills in by itself: it says nothing of what came of it. */
const ROUTINE = '例行跟进';

/** What tells whether a log is a touch. */
type Logged = {
  channel: Channel;
  outcome: Outcome | null;
  purpose: string;
  notes: string;
  hasQuestions: boolean; // asked or answered in it
};

const isSaid = ({ purpose, notes, hasQuestions }: Logged) =>
  Boolean(notes.trim()) || purpose.trim() !== ROUTINE || hasQuestions;

/** True when a log tells what came of it: by a chip, in a line, or because somebody was there. Source: domain.md §6. */
export const hasOutcome = (logged: Logged): boolean =>
  logged.outcome !== null || logged.channel === 'visit' || isSaid(logged);

/** What counts as a touch 我方触达: a log with an outcome, unless nobody was reached. Source: domain.md §6. */
export const isTouch = (logged: Logged): boolean => logged.outcome !== 'no_answer' && hasOutcome(logged);

/** So long its author may correct a follow-up, or take it back. Source: domain.md §6. */
const CORRECTABLE_MS = 24 * 3_600_000;

/** Why this member may not correct a follow-up, or not any more; null while they may. A message stands in the chat. */
export function correctionFault(
  { at, staffId, isMessage }: { at: Date; staffId: string; isMessage?: boolean },
  by: { staffId: string; now: Date },
): 'not_the_author' | 'is_message' | 'too_late' | null {
  if (staffId !== by.staffId) return 'not_the_author';
  if (isMessage) return 'is_message';
  return by.now.getTime() - at.getTime() > CORRECTABLE_MS ? 'too_late' : null;
}

/** Whose side somebody was on. */
export const SIDES = ['ours', 'theirs'] as const;

/** Who took part, with their title; '' when nobody noted it. */
export type Participant = { side: (typeof SIDES)[number]; name: string; title: string };

/** The most characters of a message (UTF-16 units, as pages count) that is sent from the sidebar. */
export const MESSAGE_MOST = 1000;

/** So many characters of a sent message are kept: enough to tell what was sent. The whole of it stands in the chat. */
const MESSAGE_KEPT = 200;

/** What is kept of a sent message; '…' says that there was more. */
export function messageStart(text: string): string {
  const characters = [...text];
  return characters.length > MESSAGE_KEPT ? `${characters.slice(0, MESSAGE_KEPT).join('')}…` : text;
}

/** The most questions that one follow-up may bring. */
export const MOST_QUESTIONS = 10;

/** The id of the `index`-th question that was asked in a follow-up. */
export const questionId = (followUpId: string, index: number): string => `${followUpId}:${index}`;
