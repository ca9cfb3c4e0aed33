import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergedMarks, nextDue, type TouchMarks } from '../../../server/domain/cadence.ts';

const noon = (day: string) => new Date(`${day}T04:00:00Z`);
const marks = (more: Partial<TouchMarks> = {}): TouchMarks => ({
  lastTouchAt: null,
  promisedOn: null,
  newContactAt: null,
  detractorAt: null,
  ...more,
});

describe('of two accounts that are one', () => {
  it('the latest touch counts, with its promise and no other', () => {
    const early = marks({ lastTouchAt: noon('2026-03-02'), promisedOn: '2026-03-20' });
    const late = marks({ lastTouchAt: noon('2026-03-09') });
    expect(mergedMarks(early, late)).toEqual(marks({ lastTouchAt: noon('2026-03-09') }));
    expect(mergedMarks(late, { ...early, lastTouchAt: noon('2026-03-10') })).toEqual(
      marks({ lastTouchAt: noon('2026-03-10'), promisedOn: '2026-03-20' }),
    );
  });

  it('one that was never touched adds nothing but who waits there', () => {
    const touched = marks({ lastTouchAt: noon('2026-03-02'), promisedOn: '2026-03-20' });
    expect(mergedMarks(touched, marks())).toEqual(touched);
    expect(mergedMarks(marks(), touched)).toEqual(touched);
    expect(mergedMarks(touched, marks({ newContactAt: noon('2026-03-05') })).newContactAt).toEqual(
      noon('2026-03-05'),
    );
  });

  it('a new contact waits no more when somebody has spoken to the customer since', () => {
    const waiting = marks({ newContactAt: noon('2026-03-05') });
    for (const [touched, waits] of [
      ['2026-03-04', true],
      ['2026-03-05', false],
      ['2026-03-06', false],
    ] as const) {
      const merged = mergedMarks(waiting, marks({ lastTouchAt: noon(touched) }));
      expect([touched, merged.newContactAt !== null]).toEqual([touched, waits]);
    }
  });

  it('the first of two bad marks sets the date', () => {
    const [first, second] = [noon('2026-03-03'), noon('2026-03-06')];
    const both = mergedMarks(marks({ detractorAt: second }), marks({ detractorAt: first }));
    expect(both.detractorAt).toEqual(first);
    expect(mergedMarks(marks({ detractorAt: second }), marks()).detractorAt).toEqual(second);
  });
});

const time = (at: Date | null) => at?.getTime() ?? null;

describe('for any two accounts', () => {
  const anyAt = fc.option(fc.integer({ min: 1, max: 60 }).map((day) => new Date(Date.UTC(2026, 1, day, 4))));
  const anyMarks = fc.record({
    lastTouchAt: anyAt,
    promisedOn: fc.constantFrom('2026-03-20', '2026-04-07', null),
    newContactAt: anyAt,
    detractorAt: anyAt,
  });
  it('the marks are the same whichever goes into the other, unless both were touched at one moment', () => {
    fc.assert(
      fc.property(anyMarks, anyMarks, (left, right) => {
        fc.pre(time(left.lastTouchAt) !== time(right.lastTouchAt));
        expect(mergedMarks(left, right)).toEqual(mergedMarks(right, left));
      }),
    );
  });

  it('merging an account with the same again changes nothing that counts', () => {
    fc.assert(
      fc.property(anyMarks, (one) => {
        const { lastTouchAt, newContactAt } = one;
        const isSpokenTo = lastTouchAt && newContactAt && lastTouchAt >= newContactAt;
        expect(mergedMarks(one, one)).toEqual({ ...one, newContactAt: isSpokenTo ? null : newContactAt });
      }),
    );
  });

  it('nobody who waits is put off: the next date is no later than that of the one touched last', () => {
    const about = { tier: 'tail', stage: 'repeat', knownSince: noon('2025-06-02') } as const;
    const due = (given: TouchMarks) => nextDue({ ...about, ...given }, { timeZone: 'Asia/Shanghai' }).dueOn;
    fc.assert(
      fc.property(anyMarks, anyMarks, (left, right) => {
        fc.pre(left.lastTouchAt !== null && right.lastTouchAt !== null);
        const merged = mergedMarks(left, right);
        const last = (left.lastTouchAt ?? 0) >= (right.lastTouchAt ?? 0) ? left : right;
        const settled = { ...last, newContactAt: null };
        expect(due(merged) <= due(settled)).toBe(true);
      }),
    );
  });
});
