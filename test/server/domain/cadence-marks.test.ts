import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAnswer,
  afterFollowUp,
  afterMessage,
  afterNewContact,
  marksOf,
  type TouchMarks,
} from '../../../server/domain/cadence.ts';

const on = (day: string) => new Date(`${day}T04:00:00Z`);
const UNTOUCHED: TouchMarks = { lastTouchAt: null, promisedOn: null, newContactAt: null, detractorAt: null };
const marks = (given: Partial<TouchMarks> = {}): TouchMarks => ({ ...UNTOUCHED, ...given });

const anyDay = fc.date({ min: on('2026-01-01'), max: on('2026-12-31'), noInvalidDate: true });
const maybe = fc.option(anyDay);
const anyMarks = fc.record({
  lastTouchAt: maybe,
  promisedOn: fc.option(fc.constantFrom('2026-03-20', '2026-04-01')),
  newContactAt: maybe,
  detractorAt: maybe,
});

it('the marks of an account are these four fields and no others', () => {
  const account = { ...marks({ promisedOn: '2026-03-20' }), name: '恒锐', tier: 'head' };
  expect(marksOf(account)).toEqual(marks({ promisedOn: '2026-03-20' }));
});

describe('a follow-up', () => {
  it('is a touch, and its date is the promise', () => {
    expect(afterFollowUp(UNTOUCHED, { at: on('2026-03-11'), nextOn: '2026-03-20' })).toEqual(
      marks({ lastTouchAt: on('2026-03-11'), promisedOn: '2026-03-20' }),
    );
  });

  it('without a date ends the earlier promise', () => {
    const before = marks({ lastTouchAt: on('2026-03-02'), promisedOn: '2026-03-10' });
    expect(afterFollowUp(before, { at: on('2026-03-11'), nextOn: null }).promisedOn).toBeNull();
  });

  it('answers for a new contact and a bad mark from before it', () => {
    const before = marks({ newContactAt: on('2026-03-09'), detractorAt: on('2026-03-11') });
    const after = afterFollowUp(before, { at: on('2026-03-11'), nextOn: null });
    expect(after).toMatchObject({ newContactAt: null, detractorAt: null });
  });

  it('noted late does not answer for what came after it', () => {
    const before = marks({
      lastTouchAt: on('2026-03-10'),
      promisedOn: '2026-03-20',
      newContactAt: on('2026-03-09'),
      detractorAt: on('2026-03-10'),
    });
    expect(afterFollowUp(before, { at: on('2026-03-08'), nextOn: '2026-03-12' })).toEqual(before);
  });

  it('noted late answers for what came before it, and leaves the later promise', () => {
    const before = marks({
      lastTouchAt: on('2026-03-10'),
      promisedOn: '2026-03-20',
      newContactAt: on('2026-03-07'),
    });
    expect(afterFollowUp(before, { at: on('2026-03-08'), nextOn: '2026-03-12' })).toEqual(
      marks({ lastTouchAt: on('2026-03-10'), promisedOn: '2026-03-20' }),
    );
  });

  it('noted twice counts once', () => {
    fc.assert(
      fc.property(anyMarks, anyDay, (before, at) => {
        const once = afterFollowUp(before, { at, nextOn: '2026-05-06' });
        expect(afterFollowUp(once, { at, nextOn: '2026-05-06' })).toEqual(once);
      }),
    );
  });
});

describe('a message sent from the sidebar', () => {
  const [at, day] = [on('2026-03-11'), '2026-03-11'];

  it('is a touch, and answers for a new contact and a bad mark from before it', () => {
    const before = marks({ newContactAt: on('2026-03-09'), detractorAt: on('2026-03-10') });
    expect(afterMessage(before, { at, day })).toEqual(marks({ lastTouchAt: at }));
  });

  it.each([
    ['2026-03-10', null],
    ['2026-03-11', null],
    ['2026-03-12', '2026-03-12'],
  ])('on 2026-03-11 makes of a promise for %s: %s', (promisedOn, stands) => {
    expect(afterMessage(marks({ promisedOn }), { at, day }).promisedOn).toBe(stands);
  });

  it('reported twice counts once, and never makes a promise', () => {
    fc.assert(
      fc.property(anyMarks, (before) => {
        const once = afterMessage(before, { at, day });
        expect(afterMessage(once, { at, day })).toEqual(once);
        expect([before.promisedOn, null]).toContain(once.promisedOn);
      }),
    );
  });
});

describe('an answer', () => {
  const at = on('2026-03-11');

  it('is a touch and keeps the promise', () => {
    const before = marks({ lastTouchAt: on('2026-03-02'), promisedOn: '2026-03-20' });
    expect(afterAnswer(before, { at, isDetractor: false })).toEqual({ ...before, lastTouchAt: at });
  });

  it('with a bad mark wants a talk', () => {
    expect(afterAnswer(UNTOUCHED, { at, isDetractor: true })).toEqual(
      marks({ lastTouchAt: at, detractorAt: at }),
    );
  });

  it('of a second detractor, or corrected, does not put off the talk that the first one is owed', () => {
    const before = marks({ lastTouchAt: on('2026-03-10'), detractorAt: on('2026-03-10') });
    expect(afterAnswer(before, { at, isDetractor: true }).detractorAt).toEqual(on('2026-03-10'));
  });

  it('of a happy contact does not settle what a detractor is owed', () => {
    const before = marks({ detractorAt: on('2026-03-10') });
    expect(afterAnswer(before, { at, isDetractor: false }).detractorAt).toEqual(on('2026-03-10'));
  });

  it('that comes late is no later touch', () => {
    const before = marks({ lastTouchAt: on('2026-03-12') });
    expect(afterAnswer(before, { at, isDetractor: false }).lastTouchAt).toEqual(on('2026-03-12'));
  });

  it('is settled by the follow-up after it', () => {
    const after = afterFollowUp(afterAnswer(UNTOUCHED, { at, isDetractor: true }), {
      at: on('2026-03-12'),
      nextOn: null,
    });
    expect(after).toEqual(marks({ lastTouchAt: on('2026-03-12') }));
  });
});

describe('a new contact', () => {
  it('is somebody to speak to', () => {
    expect(afterNewContact(UNTOUCHED, on('2026-03-11'))).toEqual(marks({ newContactAt: on('2026-03-11') }));
  });

  it('is owed a talk even by an account that was spoken to before', () => {
    const before = marks({ lastTouchAt: on('2026-03-02'), promisedOn: '2026-03-20' });
    expect(afterNewContact(before, on('2026-03-11'))).toEqual({ ...before, newContactAt: on('2026-03-11') });
  });

  it.each(['2026-03-11', '2026-03-12'])('is owed nothing when there was a touch since, on %s', (day) => {
    const before = marks({ lastTouchAt: on(day) });
    expect(afterNewContact(before, on('2026-03-11'))).toEqual(before);
  });

  it('does not put off the talk that an earlier one is owed', () => {
    const before = marks({ newContactAt: on('2026-03-09') });
    expect(afterNewContact(before, on('2026-03-11'))).toEqual(before);
  });

  it('found out later to be earlier moves the date forward', () => {
    const before = marks({ newContactAt: on('2026-03-11') });
    expect(afterNewContact(before, on('2026-03-09')).newContactAt).toEqual(on('2026-03-09'));
  });

  it('heard of twice counts once', () => {
    fc.assert(
      fc.property(anyMarks, anyDay, (before, at) => {
        expect(afterNewContact(afterNewContact(before, at), at)).toEqual(afterNewContact(before, at));
      }),
    );
  });
});

it('no touch ever moves the last touch back', () => {
  fc.assert(
    fc.property(anyMarks, anyDay, fc.boolean(), (before, at, isDetractor) => {
      const last = before.lastTouchAt?.getTime() ?? 0;
      const touched = [afterFollowUp(before, { at, nextOn: null }), afterAnswer(before, { at, isDetractor })];
      for (const after of touched) {
        expect(after.lastTouchAt?.getTime()).toBe(Math.max(last, at.getTime()));
      }
      expect(afterNewContact(before, at).lastTouchAt).toEqual(before.lastTouchAt);
    }),
  );
});
