import { describe, expect, it } from 'vitest';
import {
  cadenceOf,
  type CadenceState,
  type DueReason,
  type Touched,
} from '../../../../server/domain/cadence/cadence.ts';

const SHANGHAI = { timeZone: 'Asia/Shanghai' };
/** Noon in Shanghai. */
const on = (day: string) => new Date(`${day}T04:00:00Z`);

/** Wednesday, 11 March 2026: a head account that was spoken to yesterday, so that another push is welcome from the 12th. */
const TODAY = '2026-03-11';
const ACCOUNT: Touched = {
  tier: 'head',
  stage: 'repeat',
  knownSince: on('2025-06-02'),
  lastTouchAt: on('2026-03-10'),
};

/** What may be owed to it, each in three ways: late since Tuesday, today, on Thursday or Friday. */
const WAYS: Readonly<Record<string, Partial<Touched>>> = {
  detractor_late: { detractorAt: on('2026-03-09') },
  detractor_today: { detractorAt: on('2026-03-10') },
  detractor_soon: { detractorAt: on('2026-03-11') },
  promise_today: { promisedOn: '2026-03-11' },
  promise_soon: { promisedOn: '2026-03-12' },
  promise_far: { promisedOn: '2026-04-20' },
  question_late: { askedAt: on('2026-03-06') },
  question_today: { askedAt: on('2026-03-09') },
  question_soon: { askedAt: on('2026-03-11') },
  new_contact_today: { newContactAt: on('2026-03-10') },
  new_contact_soon: { newContactAt: on('2026-03-11') },
  nothing: {},
};
const by = (...names: string[]): Touched => ({
  ...ACCOUNT,
  ...Object.assign({}, ...names.map((name) => WAYS[name])),
});
const stand = (...names: string[]) => {
  const { state, reason, dueOn, overdueWorkingDays } = cadenceOf(by(...names), on(TODAY), SHANGHAI);
  return [state, reason, dueOn, overdueWorkingDays];
};

describe('each of what may be owed, alone', () => {
  it.each<[string, CadenceState, DueReason, string, number]>([
    ['nothing', 'too_soon', 'interval', '2026-03-17', 0],
    ['detractor_late', 'overdue', 'detractor', '2026-03-10', 1],
    ['detractor_today', 'due_today', 'detractor', '2026-03-11', 0],
    ['detractor_soon', 'owed_soon', 'detractor', '2026-03-12', 0],
    ['promise_today', 'due_today', 'promise', '2026-03-11', 0],
    ['promise_soon', 'on_track', 'promise', '2026-03-12', 0],
    ['promise_far', 'on_track', 'promise', '2026-04-20', 0],
    ['question_late', 'overdue', 'question', '2026-03-10', 1],
    ['question_today', 'due_today', 'question', '2026-03-11', 0],
    ['question_soon', 'owed_soon', 'question', '2026-03-13', 0],
    ['new_contact_today', 'due_today', 'new_contact', '2026-03-11', 0],
    ['new_contact_soon', 'owed_soon', 'new_contact', '2026-03-12', 0],
  ])('%s: %s, for the %s of %s (%i)', (name, ...expected) => {
    expect(stand(name)).toEqual(expected);
  });
});

describe('every pair of what may be owed', () => {
  it.each<[string, string, CadenceState, DueReason, string]>([
    ['detractor_late', 'promise_today', 'overdue', 'detractor', '2026-03-10'],
    ['detractor_late', 'promise_far', 'overdue', 'detractor', '2026-03-10'],
    ['detractor_late', 'question_late', 'overdue', 'detractor', '2026-03-10'],
    ['detractor_late', 'new_contact_today', 'overdue', 'detractor', '2026-03-10'],
    ['detractor_today', 'promise_today', 'due_today', 'detractor', '2026-03-11'],
    ['detractor_today', 'question_late', 'overdue', 'question', '2026-03-10'],
    ['detractor_today', 'new_contact_today', 'due_today', 'detractor', '2026-03-11'],
    ['detractor_soon', 'promise_today', 'due_today', 'promise', '2026-03-11'],
    ['detractor_soon', 'promise_soon', 'owed_soon', 'detractor', '2026-03-12'],
    ['detractor_soon', 'promise_far', 'owed_soon', 'detractor', '2026-03-12'],
    ['detractor_soon', 'question_soon', 'owed_soon', 'detractor', '2026-03-12'],
    ['detractor_soon', 'new_contact_soon', 'owed_soon', 'detractor', '2026-03-12'],
    ['promise_today', 'question_late', 'overdue', 'question', '2026-03-10'],
    ['promise_today', 'question_today', 'due_today', 'promise', '2026-03-11'],
    ['promise_today', 'new_contact_today', 'due_today', 'promise', '2026-03-11'],
    ['promise_soon', 'question_soon', 'owed_soon', 'promise', '2026-03-12'],
    ['promise_soon', 'new_contact_soon', 'owed_soon', 'promise', '2026-03-12'],
    ['promise_far', 'question_soon', 'owed_soon', 'question', '2026-03-13'],
    ['promise_far', 'question_today', 'due_today', 'question', '2026-03-11'],
    ['promise_far', 'new_contact_soon', 'owed_soon', 'new_contact', '2026-03-12'],
    ['question_late', 'new_contact_today', 'overdue', 'question', '2026-03-10'],
    ['question_today', 'new_contact_today', 'due_today', 'question', '2026-03-11'],
    ['question_soon', 'new_contact_soon', 'owed_soon', 'new_contact', '2026-03-12'],
  ])('%s and %s: %s, for the %s of %s', (one, other, ...expected) => {
    expect(stand(one, other).slice(0, 3)).toEqual(expected);
    expect(stand(other, one).slice(0, 3)).toEqual(expected);
  });

  it('lists both, the heavier first, each with its own date', () => {
    const { owed } = cadenceOf(by('question_late', 'detractor_soon', 'promise_far'), on(TODAY), SHANGHAI);
    expect(owed).toEqual([
      { reason: 'detractor', dueOn: '2026-03-12', overdueWorkingDays: 0 },
      { reason: 'promise', dueOn: '2026-04-20', overdueWorkingDays: 0 },
      { reason: 'question', dueOn: '2026-03-10', overdueWorkingDays: 1 },
    ]);
  });
});

const due = (promisedOn: string, lastTouchAt: string) =>
  cadenceOf({ ...ACCOUNT, promisedOn, lastTouchAt: on(lastTouchAt) }, on(TODAY), SHANGHAI);

describe('a promise', () => {
  it.each([
    ['earlier than the interval', '2026-03-13', '2026-03-13'],
    ['later than the interval, for they agreed on it', '2026-04-22', '2026-04-22'],
    ['on a Saturday, moved to Monday', '2026-03-14', '2026-03-16'],
  ])('comes in place of the interval: %s', (_, promisedOn, dueOn) => {
    expect(due(promisedOn, '2026-03-10')).toMatchObject({ dueOn, reason: 'promise', state: 'on_track' });
  });

  it.each(['2026-03-10', '2026-03-11'])(
    'of the day of a touch on it, or before it, is owed no more: %s',
    (touchedOn) => {
      expect(due('2026-03-10', touchedOn)).toMatchObject({ reason: 'interval', state: 'too_soon' });
    },
  );

  it('that nobody kept is late, whatever the interval would have said', () => {
    expect(due('2026-03-09', '2026-03-05')).toMatchObject({
      state: 'overdue',
      reason: 'promise',
      dueOn: '2026-03-09',
      overdueWorkingDays: 2,
    });
  });
});

const never = (given: Partial<Touched>, today: string) =>
  cadenceOf({ ...ACCOUNT, lastTouchAt: null, ...given }, on(today), SHANGHAI);

describe('nobody ever spoke to it', () => {
  it.each([
    ['2026-03-06', 'never_contacted', 0],
    ['2026-03-09', 'due_today', 0],
    ['2026-03-10', 'overdue', 1],
    ['2026-03-13', 'overdue', 4],
  ])('known since Friday without a contact: on %s %s (%i), never a past date without a mark', (...row) => {
    const [today, state, overdueWorkingDays] = row;
    const cadence = never({ knownSince: on('2026-03-06') }, today);
    expect(cadence).toMatchObject({ state, overdueWorkingDays, reason: 'new_contact', welcomeFrom: null });
  });

  it('and a contact waits: soon, not never', () => {
    const at = on('2026-03-11');
    expect(never({ newContactAt: at, knownSince: at }, TODAY)).toMatchObject({
      state: 'owed_soon',
      reason: 'new_contact',
      dueOn: '2026-03-12',
    });
  });

  it('though they agreed on a day when nobody was reached: the first talk is still owed', () => {
    const given = { newContactAt: on('2026-03-10'), promisedOn: '2026-03-20' };
    expect(never(given, TODAY)).toMatchObject({ state: 'due_today', reason: 'new_contact' });
  });
});
