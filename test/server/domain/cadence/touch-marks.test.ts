import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../../server/domain/nps/detractor.ts';
import {
  afterNewContact,
  marksFrom,
  marksOf,
  mergedMarks,
  UNTOUCHED,
  type TouchMarks,
  type Touches,
} from '../../../../server/domain/cadence/touch-marks.ts';

const ZONE = 'Asia/Shanghai';
const on = (day: string) => new Date(`${day}T04:00:00Z`);
const nothing: Touches = { addedAt: [], touchedAt: null, promisedOn: [], askedAt: null, answers: [] };
const marksBy = (touches: Partial<Touches>) => marksFrom({ ...nothing, ...touches }, ZONE);
const marks = (given: Partial<TouchMarks> = {}): TouchMarks => ({ ...UNTOUCHED, ...given });
const aMark = (score: number, day: string, more: Partial<Mark> = {}): Mark => ({
  externalUserId: 'wm1',
  score,
  answeredAt: on(day),
  changedAt: on(day),
  bandAt: on(day),
  ...more,
});
const closed = { by: 'anna', at: on('2026-03-07'), cause: '交期', action: '补货' };

it('an account kept before a mark was invented has none of it', () => {
  const older = { lastTouchAt: on('2026-03-02'), name: '恒锐', tier: 'head' };
  expect(marksOf(older)).toEqual(marks({ lastTouchAt: on('2026-03-02') }));
});

describe('the marks of what happened', () => {
  it('are none when nothing did', () => {
    expect(marksBy({})).toEqual(UNTOUCHED);
  });

  it('hold the earliest promise of a later day than the last touch, of however many that stand', () => {
    const promisedOn = ['2026-03-20', '2026-03-05', '2026-03-12'];
    expect(marksBy({ promisedOn }).promisedOn).toBe('2026-03-05');
    expect(marksBy({ promisedOn, touchedAt: on('2026-03-04') }).promisedOn).toBe('2026-03-05');
    expect(marksBy({ promisedOn, touchedAt: on('2026-03-05') }).promisedOn).toBe('2026-03-12');
    expect(marksBy({ promisedOn, touchedAt: on('2026-03-20') }).promisedOn).toBeNull();
  });

  it('count the day of a touch as it is in the corp', () => {
    const touchedAt = new Date('2026-03-04T16:30:00Z'); // half past midnight of the fifth in Shanghai
    expect(marksBy({ promisedOn: ['2026-03-05'], touchedAt }).promisedOn).toBeNull();
  });

  it('hold who was added and not spoken to since, the first of them, and nobody who was', () => {
    const addedAt = [on('2026-03-04'), on('2026-03-01')];
    expect(marksBy({ addedAt }).newContactAt).toEqual(on('2026-03-01'));
    expect(marksBy({ addedAt, touchedAt: on('2026-03-02') }).newContactAt).toEqual(on('2026-03-04'));
    expect(marksBy({ addedAt, touchedAt: on('2026-03-04') }).newContactAt).toBeNull();
  });

  it.each([
    ['a 6', [aMark(6, '2026-03-05')], on('2026-03-05')],
    ['a 7', [aMark(7, '2026-03-05')], null],
    ['a 6 whose loop is closed', [aMark(6, '2026-03-05', { closure: closed })], null],
    ['a 3 after a 9', [aMark(9, '2026-03-05'), aMark(3, '2026-03-08')], on('2026-03-08')],
    ['a 9 after a 3', [aMark(3, '2026-03-05'), aMark(9, '2026-03-08')], null],
    [
      'two people',
      [aMark(2, '2026-03-08'), aMark(3, '2026-03-05', { externalUserId: 'wm2' })],
      on('2026-03-05'),
    ],
    [
      'a 4 corrected to a 3',
      [aMark(3, '2026-03-05', { changedAt: on('2026-03-09'), bandAt: on('2026-03-05') })],
      on('2026-03-05'),
    ],
  ])(
    'of %s hold since when a detractor waits, whatever was said to them meanwhile',
    (...[, answers, since]) => {
      for (const touchedAt of [null, on('2026-03-10')])
        expect(marksBy({ answers, touchedAt }).detractorAt).toEqual(since);
    },
  );

  it('take what the customer does for a sign of life, and for no touch', () => {
    const answers = [aMark(9, '2026-03-05', { changedAt: on('2026-03-06') })];
    expect(marksBy({ answers, addedAt: [on('2026-03-01')] })).toMatchObject({
      lastTouchAt: null,
      lastSignAt: on('2026-03-06'),
    });
  });
});

describe('a new contact', () => {
  it('is a sign of life, and somebody to speak to, even of an account that was spoken to before', () => {
    const before = marks({ lastTouchAt: on('2026-03-02'), promisedOn: '2026-03-20' });
    const at = on('2026-03-11');
    expect(afterNewContact(before, at)).toEqual({ ...before, lastSignAt: at, newContactAt: at });
  });

  it.each(['2026-03-11', '2026-03-12'])('is owed nothing when there was a touch since, on %s', (day) => {
    const before = marks({ lastTouchAt: on(day) });
    expect(afterNewContact(before, on('2026-03-11')).newContactAt).toBeNull();
  });

  it.each([
    ['2026-03-09', '2026-03-11', '2026-03-09'],
    ['2026-03-11', '2026-03-09', '2026-03-09'],
  ])('beside one of %s, added on %s, sets the date to %s: the first of them', (known, added, first) => {
    const before = marks({ newContactAt: on(known) });
    expect(afterNewContact(before, on(added)).newContactAt).toEqual(on(first));
  });
});

const first = (times: (Date | null)[]) =>
  times.flatMap((at) => at?.getTime() ?? []).toSorted((a, b) => a - b)[0];

const anyAt = fc.date({ min: on('2026-01-01'), max: on('2026-12-31'), noInvalidDate: true });
const anyMark = fc.record({
  externalUserId: fc.constantFrom('wm1', 'wm2'),
  score: fc.integer({ min: 0, max: 10 }),
  answeredAt: anyAt,
  changedAt: anyAt,
  bandAt: anyAt,
  closure: fc.option(fc.constant(closed)),
});
const anyTouches: fc.Arbitrary<Touches> = fc.record({
  addedAt: fc.array(anyAt, { maxLength: 4 }),
  touchedAt: fc.option(anyAt),
  promisedOn: fc.array(fc.constantFrom('2026-03-20', '2026-06-01', '2026-09-15'), { maxLength: 3 }),
  askedAt: fc.option(anyAt),
  answers: fc.array(anyMark, { maxLength: 4 }),
});

describe('for anything that happened', () => {
  it('a touch settles who was added and what was promised up to its day, and nothing else', () => {
    fc.assert(
      fc.property(anyTouches, anyAt, (past, touchedAt) => {
        fc.pre(!past.touchedAt || past.touchedAt < touchedAt);
        const [before, after] = [marksFrom(past, ZONE), marksFrom({ ...past, touchedAt }, ZONE)];
        expect([after.askedAt, after.detractorAt, after.lastSignAt]).toEqual([
          before.askedAt,
          before.detractorAt,
          before.lastSignAt,
        ]);
        expect(after.newContactAt === null || after.newContactAt > touchedAt).toBe(true);
        expect(after.promisedOn === null || after.promisedOn >= (before.promisedOn ?? '9999')).toBe(true);
      }),
    );
  });

  it('what the customer does moves nothing but their sign of life and what a bad mark is owed', () => {
    fc.assert(
      fc.property(anyTouches, anyMark, (past, answer) => {
        const { lastSignAt: _sign, detractorAt: _mark, ...before } = marksFrom(past, ZONE);
        const answered = { ...past, answers: [...past.answers, answer] };
        expect(marksFrom(answered, ZONE)).toMatchObject(before);
      }),
    );
  });

  it('the marks of two accounts that are one are the same whichever goes into the other, and merged again no other', () => {
    fc.assert(
      fc.property(anyTouches, anyTouches, (one, other) => {
        const [left, right] = [marksFrom(one, ZONE), marksFrom(other, ZONE)];
        const merged = mergedMarks(left, right);
        expect(merged).toEqual(mergedMarks(right, left));
        expect(mergedMarks(merged, right)).toEqual(merged);
      }),
    );
  });

  it('whoever waits in one of two accounts waits in both together, unless somebody spoke to them since', () => {
    fc.assert(
      fc.property(anyTouches, anyTouches, (one, other) => {
        const [left, right] = [marksFrom(one, ZONE), marksFrom(other, ZONE)];
        const merged = mergedMarks(left, right);
        const last = merged.lastTouchAt?.getTime() ?? 0;
        const waiting = [left, right].flatMap(({ newContactAt: at }) =>
          at && at.getTime() > last ? [at] : [],
        );
        expect(merged.newContactAt?.getTime()).toBe(first(waiting));
        expect(merged.askedAt?.getTime()).toBe(first([left.askedAt, right.askedAt]));
        expect(merged.detractorAt?.getTime()).toBe(first([left.detractorAt, right.detractorAt]));
      }),
    );
  });
});
