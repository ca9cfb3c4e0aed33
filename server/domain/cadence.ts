import { DEFAULT_CADENCE, rhythmOf, type CadenceSettings, type Rhythm } from './cadence-settings.ts';
import {
  addDays,
  addWorkingDays,
  calendarDay,
  DEFAULT_CALENDAR,
  workingDayFrom,
  workingDaysAfter,
  type CalendarSettings,
  type Day,
} from './calendar.ts';
import type { Stage } from './lifecycle.ts';
import type { Tier } from './tier.ts';

/** How an account stands against its follow-up rhythm 跟进频率. Source: domain.md §6. */
export const CADENCE_STATES = ['too_soon', 'on_track', 'due_today', 'overdue', 'never_contacted'] as const;
export type CadenceState = (typeof CADENCE_STATES)[number];

/** What set the next date; on a tie the earlier name here is given. */
export const DUE_REASONS = ['detractor', 'new_contact', 'promise', 'interval'] as const;
export type DueReason = (typeof DUE_REASONS)[number];

/** What the cadence of an account is read from. */
export type Touched = {
  tier: Tier;
  stage: Stage;
  knownSince: Date;
  lastTouchAt?: Date | null | undefined; // last follow-up or answered survey
  promisedOn?: Day | null | undefined; // the date agreed at the last follow-up
  newContactAt?: Date | null | undefined; // a contact was added and nobody has spoken since
  detractorAt?: Date | null | undefined; // a bad mark was given and nobody has spoken since
};

/** The fields of an account that touches move. */
export type TouchMarks = {
  lastTouchAt: Date | null;
  promisedOn: Day | null;
  newContactAt: Date | null;
  detractorAt: Date | null;
};

/** Only the marks of an account. */
export function marksOf({ lastTouchAt, promisedOn, newContactAt, detractorAt }: TouchMarks): TouchMarks {
  return { lastTouchAt, promisedOn, newContactAt, detractorAt };
}

/** What a logged follow-up makes of the marks: it answers for everything before it, and its date is the new promise. */
export function afterFollowUp(marks: TouchMarks, followUp: { at: Date; nextOn: Day | null }): TouchMarks {
  const isLatest = !marks.lastTouchAt || followUp.at >= marks.lastTouchAt;
  const unlessDone = (since: Date | null) => (since && since > followUp.at ? since : null);
  return {
    lastTouchAt: isLatest ? followUp.at : marks.lastTouchAt,
    promisedOn: isLatest ? followUp.nextOn : marks.promisedOn,
    newContactAt: unlessDone(marks.newContactAt),
    detractorAt: unlessDone(marks.detractorAt),
  };
}

/**
 * What a message sent from the sidebar on `day` makes of the marks: like a follow-up it answers for everything before it, also
 * for a promise of that day or earlier; what was promised for a later day stands. Source: domain.md §6.
 */
export function afterMessage(marks: TouchMarks, { at, day }: { at: Date; day: Day }): TouchMarks {
  const { promisedOn } = marks;
  return afterFollowUp(marks, { at, nextOn: promisedOn && promisedOn > day ? promisedOn : null });
}

/** What an answered survey makes of the marks: it is a touch, and a bad mark wants a talk soon; the first one sets the date. */
export function afterAnswer(
  marks: TouchMarks,
  { at, isDetractor }: { at: Date; isDetractor: boolean },
): TouchMarks {
  const isLatest = !marks.lastTouchAt || at >= marks.lastTouchAt;
  return {
    ...marks,
    lastTouchAt: isLatest ? at : marks.lastTouchAt,
    detractorAt: marks.detractorAt ?? (isDetractor ? at : null),
  };
}

/** What a new contact makes of the marks: somebody to speak to soon, unless there was a touch since. */
export function afterNewContact(marks: TouchMarks, addedAt: Date): TouchMarks {
  const isSpokenTo = Boolean(marks.lastTouchAt && marks.lastTouchAt >= addedAt);
  const isWaiting = Boolean(marks.newContactAt && marks.newContactAt <= addedAt);
  return isSpokenTo || isWaiting ? marksOf(marks) : { ...marksOf(marks), newContactAt: addedAt };
}

/** The marks of two accounts that are one: the latest touch with its promise, and who waits in either unless spoken to since. */
export function mergedMarks(left: TouchMarks, right: TouchMarks): TouchMarks {
  const isLeftLatest = !right.lastTouchAt || (left.lastTouchAt ?? 0) >= right.lastTouchAt;
  const { lastTouchAt, promisedOn } = isLeftLatest ? left : right;
  const detractorAt = earlierOf(left.detractorAt, right.detractorAt);
  const marks: TouchMarks = { lastTouchAt, promisedOn, detractorAt, newContactAt: null };
  const waiting = [left.newContactAt, right.newContactAt];
  return waiting.reduce((sum, at) => (at ? afterNewContact(sum, at) : sum), marks);
}

const earlierOf = (left: Date | null, right: Date | null) =>
  left && (!right || left <= right) ? left : right;

/** Where an account stands; `welcomeFrom` is the first day after the minimum gap, null without any touch. */
export type Cadence = Rhythm & {
  state: CadenceState;
  reason: DueReason;
  dueOn: Day;
  overdueWorkingDays: number;
  welcomeFrom: Day | null;
};

/** Where dates are counted: the corp's time zone (an IANA name), and what an administrator decided; else the defaults. */
export type Place = { timeZone: string; cadence?: CadenceSettings; calendar?: CalendarSettings };

/**
 * The next date of an account, always a working day, and what set it. The interval never ends inside the minimum gap; a
 * promise is kept, and a bad mark or a new contact answered, also inside it.
 */
export function nextDue(touched: Touched, place: Place): { dueOn: Day; reason: DueReason } {
  const { knownSince, lastTouchAt, newContactAt } = touched;
  if (!lastTouchAt) return { dueOn: promptly(newContactAt ?? knownSince, place), reason: 'new_contact' };
  const dates = datesOf({ ...touched, lastTouchAt }, place);
  const [dueOn] = Object.values(dates)
    .filter((day) => day !== null)
    .toSorted();
  const reason = DUE_REASONS.find((name) => dates[name] === dueOn) ?? 'interval';
  return { dueOn: dueOn ?? dates.interval, reason };
}

/** Within so many working days as a new contact, or one who gave a bad mark, is spoken to. */
const promptly = (at: Date, { timeZone, cadence = DEFAULT_CADENCE, calendar = DEFAULT_CALENDAR }: Place) =>
  addWorkingDays(calendarDay(at, timeZone), cadence.promptWorkingDays, calendar);

/** The day that each reason asks for; null where it asks for none. */
function datesOf(
  touched: Touched & { lastTouchAt: Date },
  place: Place,
): Record<DueReason, Day | null> & { interval: Day } {
  const { tier, stage, lastTouchAt, promisedOn, newContactAt, detractorAt } = touched;
  const { timeZone, cadence, calendar } = place;
  const { intervalDays } = rhythmOf(tier, stage, cadence);
  return {
    detractor: detractorAt ? promptly(detractorAt, place) : null,
    new_contact: newContactAt ? promptly(newContactAt, place) : null,
    promise: promisedOn ? workingDayFrom(promisedOn, calendar) : null,
    interval: workingDayFrom(addDays(calendarDay(lastTouchAt, timeZone), intervalDays), calendar),
  };
}

/** How an account stands at `now`. Source: domain.md §6. */
export function cadenceOf(touched: Touched, now: Date, place: Place): Cadence {
  const today = calendarDay(now, place.timeZone);
  const rhythm = rhythmOf(touched.tier, touched.stage, place.cadence);
  const { dueOn, reason } = nextDue(touched, place);
  const welcomeFrom = touched.lastTouchAt
    ? addDays(calendarDay(touched.lastTouchAt, place.timeZone), rhythm.minGapDays)
    : null;
  const overdueWorkingDays = workingDaysAfter(dueOn, today, place.calendar);
  const state = stateOf({ today, dueOn, welcomeFrom, overdueWorkingDays });
  return { ...rhythm, state, reason, dueOn, overdueWorkingDays, welcomeFrom };
}

type Dates = Pick<Cadence, 'dueOn' | 'welcomeFrom' | 'overdueWorkingDays'> & { today: Day };

/** Free days make nobody late: what was due on Friday is overdue on Monday. */
function stateOf({ today, dueOn, welcomeFrom, overdueWorkingDays }: Dates): CadenceState {
  if (!welcomeFrom) return 'never_contacted';
  if (overdueWorkingDays > 0) return 'overdue';
  if (today >= dueOn) return 'due_today';
  return today < welcomeFrom ? 'too_soon' : 'on_track';
}
