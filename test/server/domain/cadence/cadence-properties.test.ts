import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cadenceOf,
  DUE_REASONS,
  nextDue,
  owedOf,
  type Touched,
} from '../../../../server/domain/cadence/cadence.ts';
import { rhythmOf } from '../../../../server/domain/cadence/cadence-settings.ts';
import {
  addDays,
  calendarDay,
  isWorkingDay,
  workingDayFrom,
  workingDaysAfter,
} from '../../../../server/domain/calendar.ts';
import { STAGES } from '../../../../server/domain/classification/lifecycle.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';

const SHANGHAI = 'Asia/Shanghai';
const anyMoment = fc
  .integer({ min: 0, max: 3 * 366 * 24 })
  .map((hours) => new Date(Date.UTC(2025, 0, 1, hours)));
const anyZone = fc.constantFrom(SHANGHAI, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati');
const anyDay = anyMoment.map((at) => at.toISOString().slice(0, 10));
const anyTouched: fc.Arbitrary<Touched> = fc.record({
  tier: fc.constantFrom(...TIERS),
  stage: fc.constantFrom(...STAGES),
  knownSince: anyMoment,
  lastTouchAt: fc.option(anyMoment),
  promisedOn: fc.option(anyDay),
  askedAt: fc.option(anyMoment),
  newContactAt: fc.option(anyMoment),
  detractorAt: fc.option(anyMoment),
});
const isWaitedFor = ({ detractorAt, askedAt, newContactAt }: Touched) =>
  [detractorAt, askedAt, newContactAt].some(Boolean);

/** Near enough to what happened that something is owed about then. */
const anyCase = anyTouched.chain((touched) =>
  fc.tuple(
    fc.constant(touched),
    fc.integer({ min: -20, max: 60 }).map((days) => {
      const about = touched.lastTouchAt ?? touched.detractorAt ?? touched.askedAt ?? touched.knownSince;
      return new Date(about.getTime() + days * 86_400_000);
    }),
    anyZone,
  ),
);

describe('any account on any day', () => {
  it('is owed something, the heaviest first, on working days, and next the earliest of it', () => {
    fc.assert(
      fc.property(anyTouched, anyZone, (touched, timeZone) => {
        const owed = owedOf(touched, { timeZone });
        const weights = owed.map(({ reason }) => DUE_REASONS.indexOf(reason));
        expect(weights).toEqual([...new Set(weights)].toSorted((a, b) => a - b));
        expect(owed.every(({ dueOn }) => isWorkingDay(dueOn))).toBe(true);
        const { dueOn, reason } = nextDue(touched, { timeZone });
        expect(dueOn).toBe(owed.map((each) => each.dueOn).toSorted()[0]);
        expect(reason).toBe(owed.find((each) => each.dueOn === dueOn)?.reason);
      }),
    );
  });

  it('is due when the interval ends, unless something else is owed; a standing promise comes in its place', () => {
    fc.assert(
      fc.property(anyTouched, anyZone, (touched, timeZone) => {
        const { lastTouchAt } = touched;
        fc.pre(lastTouchAt instanceof Date);
        const owed = owedOf(touched, { timeZone });
        const last = calendarDay(lastTouchAt, timeZone);
        const interval = owed.find(({ reason }) => reason === 'interval');
        const isPromised = Boolean(touched.promisedOn && touched.promisedOn > last);
        expect(owed.some(({ reason }) => reason === 'promise')).toBe(isPromised);
        const { intervalDays } = rhythmOf(touched.tier, touched.stage);
        expect(interval?.dueOn).toBe(isPromised ? undefined : workingDayFrom(addDays(last, intervalDays)));
      }),
    );
  });

  it('says nothing twice over: no two sentences of its cadence contradict each other', () => {
    fc.assert(
      fc.property(anyCase, ([touched, now, timeZone]) => {
        const { state, owed, dueOn, overdueWorkingDays, welcomeFrom } = cadenceOf(touched, now, { timeZone });
        const today = calendarDay(now, timeZone);
        const waits = owed.filter(({ reason }) => ['detractor', 'question', 'new_contact'].includes(reason));
        // Too soon is never said of whom something is owed but the rhythm, nor after the gap, nor of what is due.
        const isOnlyRhythm = owed.every(({ reason }) => reason === 'interval');
        const isQuiet = [isOnlyRhythm, today < (welcomeFrom ?? ''), today < dueOn].every(Boolean);
        expect(state === 'too_soon').toBe(isQuiet);
        // On the rhythm is whom nobody waits for; who waits is never called never contacted.
        const isLater = today < dueOn;
        const isWaiting = isWaitedFor(touched);
        expect(state === 'owed_soon').toBe(isLater && isWaiting);
        expect(!isWaiting || waits.length > 0).toBe(true);
        expect(state === 'never_contacted').toBe([isLater, !isWaiting, !touched.lastTouchAt].every(Boolean));
        // A date in the past is never shown without a mark, nor a mark without such a date.
        expect(state === 'overdue').toBe(overdueWorkingDays > 0);
        expect(['overdue', 'due_today'].includes(state)).toBe(today >= dueOn);
        expect(overdueWorkingDays).toBe(workingDaysAfter(dueOn, today));
        expect(Math.max(...owed.map((each) => each.overdueWorkingDays))).toBe(overdueWorkingDays);
      }),
    );
  });

  it('touched today is late with nothing that a touch settles', () => {
    fc.assert(
      fc.property(anyTouched, anyMoment, anyZone, (...[touched, now, timeZone]) => {
        const spoken = { ...touched, lastTouchAt: now, newContactAt: null };
        const { owed, state } = cadenceOf(spoken, now, { timeZone });
        const late = owed.filter(({ overdueWorkingDays }) => overdueWorkingDays > 0);
        expect(late.every(({ reason }) => reason === 'detractor' || reason === 'question')).toBe(true);
        const isQuiet = !touched.detractorAt && !touched.askedAt;
        expect(['too_soon', 'on_track'].includes(state)).toBe(isQuiet);
      }),
    );
  });

  it('goes from too soon to overdue as days pass, and never back', () => {
    const order = ['owed_soon', 'never_contacted', 'too_soon', 'on_track', 'due_today', 'overdue'];
    fc.assert(
      fc.property(anyCase, fc.nat(60), ([touched, now], days) => {
        const later = new Date(now.getTime() + days * 86_400_000);
        const place = { timeZone: SHANGHAI };
        const [before, after] = [cadenceOf(touched, now, place), cadenceOf(touched, later, place)];
        expect(order.indexOf(after.state)).toBeGreaterThanOrEqual(order.indexOf(before.state));
        expect(after.overdueWorkingDays).toBeGreaterThanOrEqual(before.overdueWorkingDays);
        expect(after.dueOn).toBe(before.dueOn);
      }),
    );
  });
});
