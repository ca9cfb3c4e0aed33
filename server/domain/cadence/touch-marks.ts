import { calendarDay, type Day } from '../calendar.ts';
import { waitingDetractors, type Mark } from '../nps/detractor.ts';

/** The fields of an account that touches, promises, questions and the customer move; its cadence is read from them. */
export type TouchMarks = {
  lastTouchAt: Date | null; // when one of us last reached the customer 我方触达
  lastSignAt: Date | null; // when the customer last did something 客户动态; moves no date
  promisedOn: Day | null; // the earliest standing promise that no touch of its day or later has settled
  askedAt: Date | null; // the oldest question without an answer
  newContactAt: Date | null; // a contact was added and nobody has spoken since
  detractorAt: Date | null; // a bad mark was given, and its loop is not closed
};

/** The marks of an account with which nothing has happened yet. */
export const UNTOUCHED: TouchMarks = {
  lastTouchAt: null,
  lastSignAt: null,
  promisedOn: null,
  askedAt: null,
  newContactAt: null,
  detractorAt: null,
};

/** Only the marks of an account; one kept before a mark was invented has none of it. */
export function marksOf(account: Partial<TouchMarks>): TouchMarks {
  const { lastTouchAt, lastSignAt, promisedOn, askedAt, newContactAt, detractorAt } = account;
  return {
    lastTouchAt: lastTouchAt ?? null,
    lastSignAt: lastSignAt ?? null,
    promisedOn: promisedOn ?? null,
    askedAt: askedAt ?? null,
    newContactAt: newContactAt ?? null,
    detractorAt: detractorAt ?? null,
  };
}

const earliest = <Moment extends Date | Day>(moments: readonly (Moment | null)[]): Moment | null =>
  moments.reduce((first, each) => (each && (!first || each < first) ? each : first), null);

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, each) => (each && (!last || each > last) ? each : last), null);

/** What a new contact makes of the marks: a sign of life, and somebody to speak to soon unless there was a touch since. */
export function afterNewContact(account: Partial<TouchMarks>, addedAt: Date): TouchMarks {
  const marks = marksOf(account);
  const lastSignAt = latest([marks.lastSignAt, addedAt]);
  const isSpokenTo = Boolean(marks.lastTouchAt && marks.lastTouchAt >= addedAt);
  return {
    ...marks,
    lastSignAt,
    newContactAt: isSpokenTo ? marks.newContactAt : earliest([marks.newContactAt, addedAt]),
  };
}

/** The marks of two accounts that are one: the latest touch, and whatever waits in either unless spoken to since. */
export function mergedMarks(one: Partial<TouchMarks>, other: Partial<TouchMarks>): TouchMarks {
  const [left, right] = [marksOf(one), marksOf(other)];
  const lastTouchAt = latest([left.lastTouchAt, right.lastTouchAt]);
  const waiting = [left.newContactAt, right.newContactAt].map((at) =>
    at && (!lastTouchAt || at > lastTouchAt) ? at : null,
  );
  return {
    lastTouchAt,
    lastSignAt: latest([left.lastSignAt, right.lastSignAt]),
    promisedOn: earliest([left.promisedOn, right.promisedOn]),
    askedAt: earliest([left.askedAt, right.askedAt]),
    newContactAt: earliest(waiting),
    detractorAt: earliest([left.detractorAt, right.detractorAt]),
  };
}

/** What happened between us and the people of an account, as far as its marks follow from it. */
export type Touches = {
  addedAt: readonly Date[]; // of each contact, when the first of ours added them
  touchedAt: Date | null; // the last touch
  promisedOn: readonly Day[]; // the days of the promises that stand
  askedAt: Date | null; // the oldest question without an answer
  answers: readonly Mark[];
};

/**
 * The marks that everything leaves, in whatever order it happened. A touch settles whoever was added before it, and promises
 * of its day or earlier; neither a question nor a bad mark. Source: domain.md §6.
 */
export function marksFrom(touches: Touches, timeZone: string): TouchMarks {
  const { addedAt, touchedAt: lastTouchAt, promisedOn, askedAt, answers } = touches;
  const touchedOn = lastTouchAt ? calendarDay(lastTouchAt, timeZone) : '';
  return {
    lastTouchAt,
    lastSignAt: latest([...addedAt, ...answers.map(({ changedAt }) => changedAt)]),
    promisedOn: earliest(promisedOn.filter((day) => day > touchedOn)),
    askedAt,
    newContactAt: earliest(addedAt.filter((at) => !lastTouchAt || at > lastTouchAt)),
    detractorAt: earliest(waitingDetractors(answers).map(({ since }) => since)),
  };
}
