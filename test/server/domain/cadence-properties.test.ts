import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CADENCE_STATES, cadenceOf, nextDue, type Touched } from '../../../server/domain/cadence.ts';
import { rhythmOf } from '../../../server/domain/cadence-settings.ts';
import {
  addDays,
  addWorkingDays,
  calendarDay,
  isWorkingDay,
  workingDayFrom,
  workingDaysAfter,
} from '../../../server/domain/calendar.ts';
import { STAGES } from '../../../server/domain/lifecycle.ts';
import { TIERS } from '../../../server/domain/tier.ts';

const SHANGHAI = 'Asia/Shanghai';
const anyMoment = fc
  .integer({ min: 0, max: 3 * 366 * 24 })
  .map((hours) => new Date(Date.UTC(2025, 0, 1, hours)));
const anyZone = fc.constantFrom(SHANGHAI, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati');
const anyTouched: fc.Arbitrary<Touched> = fc.record({
  tier: fc.constantFrom(...TIERS),
  stage: fc.constantFrom(...STAGES),
  knownSince: anyMoment,
  lastTouchAt: fc.option(anyMoment),
  promisedOn: fc.option(anyMoment.map((at) => at.toISOString().slice(0, 10))),
  newContactAt: fc.option(anyMoment),
  detractorAt: fc.option(anyMoment),
});

describe('any account on any day', () => {
  it('is due on a working day, never later than its interval', () => {
    fc.assert(
      fc.property(anyTouched, anyZone, (touched, timeZone) => {
        const { dueOn } = nextDue(touched, { timeZone });
        expect(isWorkingDay(dueOn)).toBe(true);
        const last = touched.lastTouchAt ? calendarDay(touched.lastTouchAt, timeZone) : '9999-01-01';
        const latest = addDays(last, rhythmOf(touched.tier, touched.stage).intervalDays);
        expect(dueOn <= (touched.lastTouchAt ? workingDayFrom(latest) : latest)).toBe(true);
      }),
    );
  });

  it('is due sooner or on the same day after a promise, a bad mark or a new contact, never later', () => {
    const anyKnown = anyTouched.filter(({ lastTouchAt }) => Boolean(lastTouchAt));
    fc.assert(
      fc.property(anyKnown, anyZone, (touched, timeZone) => {
        const calm = { ...touched, promisedOn: null, newContactAt: null, detractorAt: null };
        expect(nextDue(touched, { timeZone }).dueOn <= nextDue(calm, { timeZone }).dueOn).toBe(true);
        const day = touched.detractorAt && addWorkingDays(calendarDay(touched.detractorAt, timeZone), 1);
        expect(nextDue(touched, { timeZone }).dueOn <= (day ?? '9999')).toBe(true);
      }),
    );
  });

  it('stands in one state, which agrees with its dates', () => {
    fc.assert(
      fc.property(anyTouched, anyMoment, anyZone, (...[touched, now, timeZone]) => {
        const { state, dueOn, welcomeFrom, overdueWorkingDays } = cadenceOf(touched, now, { timeZone });
        const today = calendarDay(now, timeZone);
        const isBefore = { due: today < dueOn, welcome: today < (welcomeFrom ?? '') };
        const holds = {
          never_contacted: !welcomeFrom,
          overdue: today > dueOn,
          due_today: today === dueOn,
          too_soon: isBefore.due && isBefore.welcome,
          on_track: isBefore.due && !isBefore.welcome,
        };
        const expected = CADENCE_STATES.filter((name) => holds[name]);
        expect(welcomeFrom ? expected : ['never_contacted']).toEqual([state]);
        expect(Boolean(welcomeFrom)).toBe(Boolean(touched.lastTouchAt));
        expect(overdueWorkingDays).toBe(workingDaysAfter(dueOn, today));
      }),
    );
  });

  it('goes from too soon to overdue as days pass, and never back', () => {
    const order = ['too_soon', 'on_track', 'due_today', 'overdue', 'never_contacted'];
    fc.assert(
      fc.property(anyTouched, anyMoment, fc.nat(60), (...[touched, now, days]) => {
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
