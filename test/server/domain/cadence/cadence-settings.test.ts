import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cadenceOf, nextDue, type Touched } from '../../../../server/domain/cadence/cadence.ts';
import {
  cadenceProblems,
  DEFAULT_CADENCE,
  rhythmOf,
  type CadenceSettings,
} from '../../../../server/domain/cadence/cadence-settings.ts';
import {
  addDays,
  calendarDay,
  isWorkingDay,
  type CalendarSettings,
} from '../../../../server/domain/calendar.ts';
import { STAGES } from '../../../../server/domain/classification/lifecycle.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';

const timeZone = 'Asia/Shanghai';
const on = (day: string) => new Date(`${day}T04:00:00Z`);
const fields = (settings: CadenceSettings) => cadenceProblems(settings).map(({ field }) => field);

/** The defaults with another rhythm for head accounts. */
const headRhythm = (intervalDays: number, minGapDays: number): CadenceSettings => ({
  ...DEFAULT_CADENCE,
  rhythms: { ...DEFAULT_CADENCE.rhythms, head: { usual: { intervalDays, minGapDays }, byStage: {} } },
});

describe('the policy that an administrator sets', () => {
  it('by default: head 7/2, waist 14/4, tail 30/10, unrated prospect 10/3, unrated suspect 21/7', () => {
    const rhythms = DEFAULT_CADENCE.rhythms;
    expect(rhythms.head.usual).toEqual({ intervalDays: 7, minGapDays: 2 });
    expect(rhythms.waist.usual).toEqual({ intervalDays: 14, minGapDays: 4 });
    expect(rhythms.tail.usual).toEqual({ intervalDays: 30, minGapDays: 10 });
    expect(rhythms.unrated.byStage).toEqual({
      prospect: { intervalDays: 10, minGapDays: 3 },
      suspect: { intervalDays: 21, minGapDays: 7 },
    });
    expect(DEFAULT_CADENCE).toMatchObject({
      promptWorkingDays: 1,
      workingHours: { from: '09:00', to: '18:00' },
      escalation: { managerAfterDays: 3, highRiskAfterDays: 7 },
    });
    expect(cadenceProblems(DEFAULT_CADENCE)).toEqual([]);
  });

  it('may give one stage of a tier a rhythm of its own', () => {
    const head = {
      ...DEFAULT_CADENCE.rhythms.head,
      byStage: { partner: { intervalDays: 5, minGapDays: 1 } },
    };
    const cadence = { ...DEFAULT_CADENCE, rhythms: { ...DEFAULT_CADENCE.rhythms, head } };
    expect(rhythmOf('head', 'partner', cadence)).toEqual({ intervalDays: 5, minGapDays: 1 });
    expect(rhythmOf('head', 'repeat', cadence)).toEqual({ intervalDays: 7, minGapDays: 2 });
  });

  it.each([
    [1, 0, []],
    [365, 364, []],
    [0, 0, ['rhythms.head.usual.intervalDays', 'rhythms.head.usual.minGapDays']],
    [366, 10, ['rhythms.head.usual.intervalDays']],
    [7.5, 2, ['rhythms.head.usual.intervalDays']],
    [Number.NaN, 0, ['rhythms.head.usual.intervalDays', 'rhythms.head.usual.minGapDays']],
    [7, 6, []],
    [7, 7, ['rhythms.head.usual.minGapDays']],
    [7, -1, ['rhythms.head.usual.minGapDays']],
  ])('an interval of %d days with a gap of %d: %j is wrong', (intervalDays, minGapDays, wrong) => {
    expect(fields(headRhythm(intervalDays, minGapDays))).toEqual(wrong);
  });

  it.each([
    ['09:00', '18:00', []],
    ['00:00', '23:59', []],
    ['18:00', '09:00', ['workingHours.to']],
    ['09:00', '09:00', ['workingHours.to']],
    ['9:00', '24:00', ['workingHours.from', 'workingHours.to']],
  ])('working hours %s–%s: %j is wrong', (from, to, wrong) => {
    expect(fields({ ...DEFAULT_CADENCE, workingHours: { from, to } })).toEqual(wrong);
  });

  it.each([
    [3, 7, []],
    [6, 7, []],
    [7, 7, ['escalation.highRiskAfterDays']],
    [0, 7, ['escalation.managerAfterDays']],
    [3, 91, ['escalation.highRiskAfterDays']],
  ])(
    'the manager after %d days and high risk after %d: %j is wrong',
    (managerAfterDays, highRiskAfterDays, wrong) => {
      expect(fields({ ...DEFAULT_CADENCE, escalation: { managerAfterDays, highRiskAfterDays } })).toEqual(
        wrong,
      );
    },
  );

  it.each([
    [1, []],
    [10, []],
    [0, ['promptWorkingDays']],
    [11, ['promptWorkingDays']],
  ])('a new contact within %d working days: %j is wrong', (promptWorkingDays, wrong) => {
    expect(fields({ ...DEFAULT_CADENCE, promptWorkingDays })).toEqual(wrong);
  });

  it('names every problem in Chinese, with how to mend it', () => {
    for (const { message } of cadenceProblems(headRhythm(0, 9))) expect(message).toMatch(/\p{Script=Han}/u);
  });
});

const anyRhythm = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(59))
  .map(([intervalDays, gap]) => ({ intervalDays, minGapDays: gap % intervalDays }));
const anyCadence = fc.tuple(anyRhythm, fc.integer({ min: 1, max: 5 })).map(([usual, promptWorkingDays]) => {
  const every = { usual, byStage: {} };
  const rhythms = { head: every, waist: every, tail: every, unrated: every };
  return { ...DEFAULT_CADENCE, rhythms, promptWorkingDays };
});
const anyDay = fc.nat(700).map((days) => addDays('2025-06-01', days));
const anyCalendar: fc.Arbitrary<CalendarSettings> = fc.record({
  freeDays: fc.array(anyDay, { maxLength: 20 }),
  workingDays: fc.array(anyDay, { maxLength: 20 }),
});
const anyMoment = anyDay.map(on);
const anyTouched = fc.record({
  tier: fc.constantFrom(...TIERS),
  stage: fc.constantFrom(...STAGES),
  knownSince: anyMoment,
  lastTouchAt: anyMoment,
  promisedOn: fc.option(anyDay),
  newContactAt: fc.option(anyMoment),
  detractorAt: fc.option(anyMoment),
}) satisfies fc.Arbitrary<Touched>;

describe('whatever the policy and the calendar', () => {
  it('the next due is never on a non-working day', () => {
    fc.assert(
      fc.property(anyTouched, anyCadence, anyCalendar, (...[touched, cadence, calendar]) => {
        const { dueOn } = nextDue(touched, { timeZone, cadence, calendar });
        expect(isWorkingDay(dueOn, calendar)).toBe(true);
      }),
    );
  });

  it('the interval never ends inside the minimum gap; only a promise, a new contact or a bad mark may', () => {
    fc.assert(
      fc.property(anyTouched, anyCadence, anyCalendar, (...[touched, cadence, calendar]) => {
        const place = { timeZone, cadence, calendar };
        const { dueOn, reason } = nextDue(touched, place);
        const { welcomeFrom } = cadenceOf(touched, touched.lastTouchAt, place);
        expect(reason !== 'interval' || dueOn >= (welcomeFrom ?? '')).toBe(true);
      }),
    );
  });

  it('a later touch never makes the next one due sooner', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyTouched, fc.nat(40)),
        anyCadence,
        anyCalendar,
        (...[[touched, days], cadence, calendar]) => {
          const place = { timeZone, cadence, calendar };
          const later = on(addDays(calendarDay(touched.lastTouchAt, timeZone), days));
          const before = nextDue(touched, place).dueOn;
          expect(nextDue({ ...touched, lastTouchAt: later }, place).dueOn >= before).toBe(true);
        },
      ),
    );
  });

  it('passes the check when every gap is smaller than its interval', () => {
    fc.assert(fc.property(anyCadence, (cadence) => void expect(cadenceProblems(cadence)).toEqual([])));
  });
});
