import { calendarDay, type Day } from './calendar.ts';
import { afterAnswer, afterFollowUp, afterMessage, afterNewContact, type TouchMarks } from './cadence.ts';
import { npsGroup } from './nps.ts';

/** What happened between us and the people of an account, as far as its marks follow from it. */
export type Touches = {
  addedAt: readonly Date[]; // of each contact, when the first of ours added them
  followUps: readonly { at: Date; nextOn: Day | null; isMessage?: boolean | undefined }[];
  answers: readonly { at: Date; score: number }[]; // 0–10, as last given
};

const UNTOUCHED: TouchMarks = { lastTouchAt: null, promisedOn: null, newContactAt: null, detractorAt: null };

/**
 * The marks that everything leaves in the order in which it happened: the same as if each had been noted when it was. A
 * message carries no promise of its own. Source: domain.md §6.
 */
export function marksFrom({ addedAt, followUps, answers }: Touches, timeZone: string): TouchMarks {
  const events = [
    ...addedAt.map((at) => ({ at, move: (marks: TouchMarks) => afterNewContact(marks, at) })),
    ...followUps.map(({ at, nextOn, isMessage }) => ({
      at,
      move: (marks: TouchMarks) =>
        isMessage
          ? afterMessage(marks, { at, day: calendarDay(at, timeZone) })
          : afterFollowUp(marks, { at, nextOn }),
    })),
    ...answers.map(({ at, score }) => ({
      at,
      move: (marks: TouchMarks) => afterAnswer(marks, { at, isDetractor: npsGroup(score) === 'detractor' }),
    })),
  ];
  return events
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .reduce((marks, { move }) => move(marks), UNTOUCHED);
}
