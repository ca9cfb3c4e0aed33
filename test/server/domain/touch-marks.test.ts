import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAnswer, afterFollowUp, afterNewContact, mergedMarks } from '../../../server/domain/cadence.ts';
import { marksFrom, type Touches } from '../../../server/domain/touch-marks.ts';

const ZONE = 'Asia/Shanghai';
const on = (day: string) => new Date(`${day}T04:00:00Z`);
const nothing: Touches = { addedAt: [], followUps: [], answers: [] };
const marksOf = (touches: Partial<Touches>) => marksFrom({ ...nothing, ...touches }, ZONE);
const talk = (day: string, nextOn: string | null = null) => ({ at: on(day), nextOn });

describe('the marks of what happened', () => {
  it('are none when nothing did', () => {
    const none = { lastTouchAt: null, promisedOn: null, newContactAt: null, detractorAt: null };
    expect(marksOf({})).toEqual(none);
  });

  it('hold the last talk with its promise, whatever was promised before', () => {
    const followUps = [talk('2026-03-05', '2026-03-20'), talk('2026-03-02', '2026-03-30')];
    expect(marksOf({ followUps })).toMatchObject({ lastTouchAt: on('2026-03-05'), promisedOn: '2026-03-20' });
  });

  it('hold who was added and not spoken to since, and nobody who was', () => {
    const addedAt = [on('2026-03-01'), on('2026-03-04')];
    expect(marksOf({ addedAt }).newContactAt).toEqual(on('2026-03-01'));
    expect(marksOf({ addedAt, followUps: [talk('2026-03-02')] }).newContactAt).toEqual(on('2026-03-04'));
    expect(marksOf({ addedAt, followUps: [talk('2026-03-04')] }).newContactAt).toBeNull();
  });

  it.each([
    [6, null, on('2026-03-05')],
    [7, null, null],
    [6, '2026-03-04', on('2026-03-05')],
    [6, '2026-03-06', null],
  ])('of a mark of %i and a talk on %s hold what wants a talk', (score, day, detractorAt) => {
    const followUps = day ? [talk(day)] : [];
    const marks = marksOf({ answers: [{ at: on('2026-03-05'), score }], followUps });
    expect(marks.detractorAt).toEqual(detractorAt);
  });

  it('take an answer for a touch', () => {
    expect(marksOf({ answers: [{ at: on('2026-03-05'), score: 9 }] }).lastTouchAt).toEqual(on('2026-03-05'));
  });

  it('take no promise out of a message, which only leaves standing what was promised to the same people', () => {
    const message = { ...talk('2026-03-05', '2026-03-20'), isMessage: true };
    expect(marksOf({ followUps: [message] })).toMatchObject({
      lastTouchAt: on('2026-03-05'),
      promisedOn: null,
    });
    const kept = marksOf({ followUps: [talk('2026-03-02', '2026-03-25'), message] });
    expect(kept.promisedOn).toBe('2026-03-25');
  });
});

const latest = (times: readonly Date[]) => times.toSorted((a, b) => +b - +a)[0] ?? null;

describe('for anything that happened', () => {
  const at = fc.date({ min: on('2026-01-01'), max: on('2026-12-31'), noInvalidDate: true });
  const touches: fc.Arbitrary<Touches> = fc.record({
    addedAt: fc.array(at, { maxLength: 4 }),
    followUps: fc.array(
      fc.record({
        at,
        nextOn: fc.option(fc.constantFrom('2026-03-20', '2026-06-01')),
        isMessage: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
    answers: fc.array(fc.record({ at, score: fc.integer({ min: 0, max: 10 }) }), { maxLength: 4 }),
  });
  const after = (past: Touches) => new Date(+on('2027-01-01') + past.followUps.length);

  it('the last touch is the latest talk or answer', () => {
    fc.assert(
      fc.property(touches, (past) => {
        const all = [...past.followUps, ...past.answers].map((each) => each.at);
        expect(marksFrom(past, ZONE).lastTouchAt).toEqual(latest(all));
      }),
    );
  });

  it('who waits was added, and nobody was spoken to after it', () => {
    fc.assert(
      fc.property(touches, (past) => {
        const { newContactAt } = marksFrom(past, ZONE);
        const isWaiting = ({ at: spokenAt }: { at: Date }) =>
          newContactAt === null || spokenAt < newContactAt;
        expect(past.followUps.every(isWaiting)).toBe(true);
        expect([null, ...past.addedAt.map(Number)]).toContain(newContactAt && +newContactAt);
      }),
    );
  });

  it('what comes later moves the marks as it does when it is noted', () => {
    fc.assert(
      fc.property(touches, fc.integer({ min: 0, max: 10 }), (past, score) => {
        const [now, marks] = [after(past), marksFrom(past, ZONE)];
        const followUp = { at: now, nextOn: '2027-02-01' };
        const talked = { ...past, followUps: [...past.followUps, followUp] };
        expect(marksFrom(talked, ZONE)).toEqual(afterFollowUp(marks, followUp));
        const answered = { ...past, answers: [...past.answers, { at: now, score }] };
        expect(marksFrom(answered, ZONE)).toEqual(afterAnswer(marks, { at: now, isDetractor: score <= 6 }));
        const added = { ...past, addedAt: [...past.addedAt, now] };
        expect(marksFrom(added, ZONE)).toEqual(afterNewContact(marks, now));
      }),
    );
  });

  it('two halves that are merged were last touched when the whole was, and whoever waits in the whole waits there', () => {
    fc.assert(
      fc.property(touches, touches, (one, other) => {
        const whole = marksFrom(
          {
            addedAt: [...one.addedAt, ...other.addedAt],
            followUps: [...one.followUps, ...other.followUps],
            answers: [...one.answers, ...other.answers],
          },
          ZONE,
        );
        const merged = mergedMarks(marksFrom(one, ZONE), marksFrom(other, ZONE));
        expect(merged.lastTouchAt).toEqual(whole.lastTouchAt);
        expect(whole.detractorAt === null || merged.detractorAt !== null).toBe(true);
      }),
    );
  });
});
