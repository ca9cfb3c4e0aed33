import { DEFAULT_CADENCE, rhythmOf, type CadenceSettings, type Rhythm } from './cadence-settings.ts';
import {
  addDays,
  addWorkingDays,
  calendarDay,
  workingDayFrom,
  workingDaysAfter,
  type CalendarSettings,
  type Day,
} from '../calendar.ts';
import type { GoLiveSettings, Spread } from './go-live.ts';
import type { Stage } from '../classification/lifecycle.ts';
import type { Tier } from '../classification/tier.ts';
import type { TouchMarks } from './touch-marks.ts';

/** How an account stands against its follow-up rhythm 跟进频率; the first that holds is its headline. Source: domain.md §6. */
export const CADENCE_STATES = [
  'overdue',
  'due_today',
  'owed_soon',
  'never_contacted',
  'too_soon',
  'on_track',
] as const;
export type CadenceState = (typeof CADENCE_STATES)[number];

/** What may be owed 应做, the heaviest first; on a tie of dates the heavier one is given. Source: domain.md §6. */
export const DUE_REASONS = ['detractor', 'promise', 'question', 'new_contact', 'interval'] as const;
export type DueReason = (typeof DUE_REASONS)[number];

/** What the cadence of an account is read from; an account kept before a mark was invented lacks it. */
export type Touched = { [Mark in keyof TouchMarks]?: TouchMarks[Mark] | undefined } & {
  tier: Tier;
  stage: Stage;
  knownSince: Date;
  spread?: Spread | null | undefined; // when it is taken up, if its date lay before go-live
};

/** One thing that is owed, and when; `isBacklog`: it was before go-live, so that it neither escalates nor warns. */
type Owed = { reason: DueReason; dueOn: Day; isBacklog: boolean };

/** How far an overdue follow-up has climbed: to the manager, then to high risk. Source: domain.md §6. */
export const ESCALATIONS = ['none', 'manager', 'high_risk'] as const;
type Escalation = (typeof ESCALATIONS)[number];

/** Where an account stands; `welcomeFrom` is the first day after the minimum gap, null without any touch. */
export type Cadence = Rhythm & {
  state: CadenceState;
  reason: DueReason;
  dueOn: Day;
  overdueWorkingDays: number;
  welcomeFrom: Day | null;
  owed: { reason: DueReason; dueOn: Day; overdueWorkingDays: number }[]; // the heaviest first
  escalation: Escalation;
};

/** Where dates are counted: the corp's time zone (an IANA name), and what an administrator decided; else the defaults. */
export type CadencePolicy = {
  timeZone: string;
  cadence?: CadenceSettings;
  calendar?: CalendarSettings;
  goLive?: GoLiveSettings;
};

/**
 * Everything that is owed to an account, the heaviest first; each date is a working day. Something is always owed: without a
 * touch a first talk, else the interval, in whose place a standing promise comes, be it earlier or later. What was owed before
 * go-live is taken up when it was dealt out.
 */
export function owedOf(touched: Touched, place: CadencePolicy): Owed[] {
  const dates = datesOf(touched, place);
  return DUE_REASONS.flatMap((reason) => {
    const dueOn = dates[reason];
    return dueOn === null ? [] : [{ reason, ...takenUp(dueOn, touched, place) }];
  });
}

/** The day that each reason asks for; null where it asks for none. */
function datesOf(touched: Touched, place: CadencePolicy): Record<DueReason, Day | null> {
  const { tier, stage, lastTouchAt, askedAt, newContactAt, detractorAt } = touched;
  const { timeZone, cadence = DEFAULT_CADENCE, calendar } = place;
  const soon = (at: Date | null | undefined, workingDays: number) =>
    at ? addWorkingDays(calendarDay(at, timeZone), workingDays, calendar) : null;
  const promise = standingPromise(touched, place);
  const newcomer = newContactAt ?? (lastTouchAt ? null : touched.knownSince);
  const { intervalDays } = rhythmOf(tier, stage, cadence);
  return {
    detractor: soon(detractorAt, cadence.promptWorkingDays),
    promise: promise && workingDayFrom(promise, calendar),
    question: soon(askedAt, cadence.questionWorkingDays),
    new_contact: soon(newcomer, cadence.promptWorkingDays),
    interval:
      lastTouchAt && !promise
        ? workingDayFrom(addDays(calendarDay(lastTouchAt, timeZone), intervalDays), calendar)
        : null,
  };
}

/** A promise that a touch of its day, or later, has not settled. */
const standingPromise = ({ promisedOn, lastTouchAt }: Touched, { timeZone }: CadencePolicy): Day | null =>
  promisedOn && !(lastTouchAt && calendarDay(lastTouchAt, timeZone) >= promisedOn) ? promisedOn : null;

function takenUp(dueOn: Day, { spread }: Touched, { goLive, calendar }: CadencePolicy): Omit<Owed, 'reason'> {
  const from = goLive?.day ?? '';
  if (dueOn >= from) return { dueOn, isBacklog: false };
  const isDealt = spread?.from === from;
  return { dueOn: isDealt ? spread.on : workingDayFrom(from, calendar), isBacklog: true };
}

/** The earliest of these; on a tie the heavier one, which comes first. */
const earliestOf = (owed: readonly Owed[]): Owed | null =>
  owed.reduce<Owed | null>((first, each) => (first && first.dueOn <= each.dueOn ? first : each), null);

/** The next date of an account, always a working day, and what set it. */
export function nextDue(touched: Touched, place: CadencePolicy): { dueOn: Day; reason: DueReason } {
  const first = earliestOf(owedOf(touched, place));
  if (!first) throw new RangeError('something is always owed');
  return { dueOn: first.dueOn, reason: first.reason };
}

/**
 * The day from which an account's lateness counts for escalation and warnings: its next date `dueOn`, but for what is older than
 * go-live; null: all that is owed is. Source: domain.md §6.
 */
export function lateFrom(account: Touched & { dueOn: Day | null }, place: CadencePolicy): Day | null {
  const owed = owedOf(account, place);
  const counted = owed.filter(({ isBacklog }) => !isBacklog);
  return counted.length === owed.length ? account.dueOn : (earliestOf(counted)?.dueOn ?? null);
}

/** How an account stands at `now`. Source: domain.md §6. */
export function cadenceOf(touched: Touched, now: Date, place: CadencePolicy): Cadence {
  const { timeZone, calendar } = place;
  const today = calendarDay(now, timeZone);
  const rhythm = rhythmOf(touched.tier, touched.stage, place.cadence);
  const { dueOn, reason } = nextDue(touched, place);
  const lateDays = (day: Day) => workingDaysAfter(day, today, calendar);
  const owed = owedOf(touched, place).map((each) => ({
    reason: each.reason,
    dueOn: each.dueOn,
    overdueWorkingDays: lateDays(each.dueOn),
  }));
  const { lastTouchAt } = touched;
  const welcomeFrom = lastTouchAt ? addDays(calendarDay(lastTouchAt, timeZone), rhythm.minGapDays) : null;
  const overdueWorkingDays = lateDays(dueOn);
  const state = stateOf(touched, { today, dueOn, overdueWorkingDays, welcomeFrom, owed });
  const counted = lateFrom({ ...touched, dueOn }, place);
  const escalation = escalationOf(counted ? lateDays(counted) : 0, place);
  return { ...rhythm, state, reason, dueOn, overdueWorkingDays, welcomeFrom, owed, escalation };
}

type Dates = Pick<Cadence, 'dueOn' | 'welcomeFrom' | 'overdueWorkingDays' | 'owed'> & { today: Day };

/** Free days make nobody late: what was due on Friday is overdue on Monday. */
function stateOf(
  touched: Touched,
  { today, dueOn, welcomeFrom, overdueWorkingDays, owed }: Dates,
): CadenceState {
  if (overdueWorkingDays > 0) return 'overdue';
  if (today >= dueOn) return 'due_today';
  if (isWaitedFor(touched)) return 'owed_soon';
  if (!welcomeFrom) return 'never_contacted';
  const isOnlyInterval = owed.every(({ reason }) => reason === 'interval');
  return isOnlyInterval && today < welcomeFrom ? 'too_soon' : 'on_track';
}

/** Somebody waits for us: a detractor, who asked something, or a new contact. */
const isWaitedFor = ({ detractorAt, askedAt, newContactAt }: Touched) =>
  Boolean(detractorAt ?? askedAt ?? newContactAt);

/** How far that many working days of lateness climb. */
function escalationOf(overdueWorkingDays: number, { cadence = DEFAULT_CADENCE }: CadencePolicy): Escalation {
  const { managerAfterDays, highRiskAfterDays } = cadence.escalation;
  if (overdueWorkingDays >= highRiskAfterDays) return 'high_risk';
  return overdueWorkingDays >= managerAfterDays ? 'manager' : 'none';
}
