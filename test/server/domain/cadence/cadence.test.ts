import { describe, expect, it } from 'vitest';
import { cadenceOf, nextDue, type Touched } from '../../../../server/domain/cadence/cadence.ts';
import { rhythmOf } from '../../../../server/domain/cadence/cadence-settings.ts';
import { STAGES } from '../../../../server/domain/classification/lifecycle.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';

const SHANGHAI = { timeZone: 'Asia/Shanghai' };
const NEW_YORK = { timeZone: 'America/New_York' };
/** Noon in Shanghai. */
const on = (day: string) => new Date(`${day}T04:00:00Z`);
/** A head account that was spoken to on Monday, 2 March 2026. */
const anAccount = (given: Partial<Touched> = {}): Touched => ({
  tier: 'head',
  stage: 'repeat',
  knownSince: on('2025-06-02'),
  lastTouchAt: on('2026-03-02'),
  ...given,
});
const due = (given: Partial<Touched>) => nextDue(anAccount(given), SHANGHAI);
const reasonOf = (given: Partial<Touched>) => due({ tier: 'tail', ...given }).reason;

describe('target interval and minimum gap', () => {
  it.each([
    ['head', 'repeat', 7, 2],
    ['head', 'suspect', 7, 2],
    ['waist', 'repeat', 14, 4],
    ['waist', 'prospect', 14, 4],
    ['tail', 'first_purchase', 30, 10],
    ['tail', 'partner', 30, 10],
    ['unrated', 'prospect', 10, 3],
    ['unrated', 'suspect', 21, 7],
  ] as const)('of %s and %s is %d days, no sooner than %d', (...[tier, stage, intervalDays, minGapDays]) => {
    expect(rhythmOf(tier, stage)).toEqual({ intervalDays, minGapDays });
  });

  it.each(STAGES.slice(2))('of an unrated account at %s, which has lapsed, is that of the tail', (stage) => {
    expect(rhythmOf('unrated', stage)).toEqual(rhythmOf('tail', stage));
  });

  it('leaves room between the gap and the interval, for every tier and stage', () => {
    for (const { intervalDays, minGapDays } of TIERS.flatMap((tier) =>
      STAGES.map((stage) => rhythmOf(tier, stage)),
    ))
      expect(minGapDays > 0 && minGapDays < intervalDays).toBe(true);
  });
});

describe('next due = last touch + target interval, or what else is owed, on a working day', () => {
  it.each([
    ['head', 'repeat', '2026-03-09'],
    ['waist', 'repeat', '2026-03-16'],
    ['tail', 'repeat', '2026-04-01'],
    ['unrated', 'prospect', '2026-03-12'],
    ['unrated', 'suspect', '2026-03-23'],
  ] as const)('of a %s (%s) touched on 2 March is %s', (tier, stage, dueOn) => {
    expect(due({ tier, stage })).toEqual({ dueOn, reason: 'interval' });
  });

  it.each([
    ['a Friday stays', '2026-03-06', '2026-03-13'],
    ['a Saturday moves to Monday', '2026-03-07', '2026-03-16'],
    ['a Sunday moves to Monday', '2026-03-08', '2026-03-16'],
    ['a make-up Saturday stays', '2026-02-07', '2026-02-14'],
    ['春节 moves to the day after it', '2026-02-08', '2026-02-24'],
    ['the last day of 春节 moves by one', '2026-02-16', '2026-02-24'],
    ['国庆节 moves to the day after it', '2026-09-24', '2026-10-08'],
    ['New Year of an unknown year moves to Monday', '2026-12-25', '2027-01-04'],
  ])('a week after the last touch: %s', (_, touched, dueOn) => {
    expect(due({ lastTouchAt: on(touched) })).toEqual({ dueOn, reason: 'interval' });
  });

  it.each([
    ['on a Monday', '2026-03-02', '2026-03-03'],
    ['on a Friday', '2026-03-06', '2026-03-09'],
    ['on a Saturday', '2026-03-07', '2026-03-09'],
    ['before a make-up Saturday', '2026-02-13', '2026-02-14'],
    ['before 春节', '2026-02-14', '2026-02-24'],
  ])('after a detractor NPS answer: 1 working day, given %s', (_, given, dueOn) => {
    const lastTouchAt = on(given);
    expect(due({ tier: 'tail', lastTouchAt, detractorAt: on(given) })).toEqual({
      dueOn,
      reason: 'detractor',
    });
  });

  it.each([
    [
      'without a touch, one working day after it became known',
      { knownSince: on('2026-03-06') },
      '2026-03-09',
    ],
    [
      'without a touch, one working day after the contact was added',
      { newContactAt: on('2026-03-10') },
      '2026-03-11',
    ],
    [
      'without a touch, whatever was promised',
      { newContactAt: on('2026-03-10'), promisedOn: '2026-05-06' },
      '2026-03-11',
    ],
  ])('new contact within 1 working day: %s', (_, given, dueOn) => {
    expect(due({ lastTouchAt: null, ...given })).toEqual({ dueOn, reason: 'new_contact' });
  });

  it('of a known account is one working day after a contact was added', () => {
    const given = { tier: 'tail', newContactAt: on('2026-03-05') } as const;
    expect(due(given)).toEqual({ dueOn: '2026-03-06', reason: 'new_contact' });
  });

  it('on a tie names what weighs most: a bad mark, a promise, a question, a new contact', () => {
    const [thursday, friday, monday] = [on('2026-03-05'), on('2026-03-06'), '2026-03-09'];
    const all = { promisedOn: monday, askedAt: thursday, newContactAt: friday, detractorAt: friday };
    expect(reasonOf(all)).toBe('detractor');
    expect(reasonOf({ ...all, detractorAt: null })).toBe('promise');
    expect(reasonOf({ ...all, detractorAt: null, promisedOn: null })).toBe('question');
    expect(reasonOf({ newContactAt: friday })).toBe('new_contact');
  });

  it('is counted in the days of the corp, not of the machine', () => {
    const touched = anAccount({ lastTouchAt: new Date('2026-03-05T03:00:00Z') });
    expect(nextDue(touched, SHANGHAI).dueOn).toBe('2026-03-12'); // Thursday morning there
    expect(nextDue(touched, NEW_YORK).dueOn).toBe('2026-03-11'); // Wednesday night there
  });
});

describe('state: the first that holds of overdue, due_today, owed_soon, never_contacted, too_soon, on_track', () => {
  it.each([
    ['2026-03-02', 'too_soon', 0],
    ['2026-03-03', 'too_soon', 0],
    ['2026-03-04', 'on_track', 0],
    ['2026-03-08', 'on_track', 0],
    ['2026-03-09', 'due_today', 0],
    ['2026-03-10', 'overdue', 1],
    ['2026-03-12', 'overdue', 3],
    ['2026-03-13', 'overdue', 4],
    ['2026-03-14', 'overdue', 4],
    ['2026-03-15', 'overdue', 4],
    ['2026-03-16', 'overdue', 5],
  ])(
    'on %s, a head account touched on 2 March is %s (%d working days)',
    (today, state, overdueWorkingDays) => {
      expect(cadenceOf(anAccount(), on(today), SHANGHAI)).toEqual({
        state,
        overdueWorkingDays,
        reason: 'interval',
        dueOn: '2026-03-09',
        welcomeFrom: '2026-03-04',
        intervalDays: 7,
        minGapDays: 2,
        owed: [{ reason: 'interval', dueOn: '2026-03-09', overdueWorkingDays }],
        escalation: overdueWorkingDays >= 3 ? 'manager' : 'none',
      });
    },
  );

  it.each([
    ['2026-03-08T15:59:59.999Z', 'Asia/Shanghai', 'on_track'],
    ['2026-03-08T16:00:00.000Z', 'Asia/Shanghai', 'due_today'],
    ['2026-03-09T15:59:59.999Z', 'Asia/Shanghai', 'due_today'],
    ['2026-03-09T16:00:00.000Z', 'Asia/Shanghai', 'overdue'],
    ['2026-03-09T03:59:59.999Z', 'America/New_York', 'on_track'],
    ['2026-03-09T04:00:00.000Z', 'America/New_York', 'due_today'],
    ['2026-03-10T03:59:59.999Z', 'America/New_York', 'due_today'],
    ['2026-03-10T04:00:00.000Z', 'America/New_York', 'overdue'],
  ])('at %s in %s it is %s: the day turns at midnight there', (now, timeZone, state) => {
    const touched = anAccount({ lastTouchAt: new Date('2026-03-02T14:00:00Z') });
    expect(cadenceOf(touched, new Date(now), { timeZone }).state).toBe(state);
  });

  it.each([
    ['waist', '2026-03-05', '2026-03-06'],
    ['tail', '2026-03-11', '2026-03-12'],
  ] as const)('a %s is left in peace up to %s, welcome from %s', (tier, last, first) => {
    expect(cadenceOf(anAccount({ tier }), on(last), SHANGHAI)).toMatchObject({
      state: 'too_soon',
      welcomeFrom: first,
    });
    expect(cadenceOf(anAccount({ tier }), on(first), SHANGHAI)).toMatchObject({
      state: 'on_track',
      welcomeFrom: first,
    });
  });

  it('holidays do not count as days overdue', () => {
    const before = anAccount({ lastTouchAt: on('2026-02-06') }); // due on 13 February
    expect(cadenceOf(before, on('2026-02-23'), SHANGHAI)).toMatchObject({
      state: 'overdue',
      overdueWorkingDays: 1,
    });
    expect(cadenceOf(before, on('2026-02-24'), SHANGHAI)).toMatchObject({
      state: 'overdue',
      overdueWorkingDays: 2,
    });
  });

  it('a bad mark is due inside the gap, where nothing else is welcome', () => {
    const unhappy = anAccount({ lastTouchAt: on('2026-03-02'), detractorAt: on('2026-03-02') });
    expect(cadenceOf(unhappy, on('2026-03-02'), SHANGHAI).state).toBe('owed_soon');
    expect(cadenceOf(unhappy, on('2026-03-03'), SHANGHAI)).toMatchObject({
      state: 'due_today',
      reason: 'detractor',
    });
    expect(cadenceOf(unhappy, on('2026-03-04'), SHANGHAI).overdueWorkingDays).toBe(1);
  });
});
