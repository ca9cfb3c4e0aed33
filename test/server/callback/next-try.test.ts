import { describe, expect, it } from 'vitest';
import { isGivenUp, nextTry } from '../../../server/callback/next-try.ts';
import { NotYetError, traitsOf } from '../../../server/errors.ts';
import { WecomError, WecomShut, WecomUnreachable } from '../../../server/wecom/client/error.ts';

const SINCE = new Date('2026-03-11T02:00:00Z');
const after = (seconds: number) => new Date(SINCE.getTime() + seconds * 1000);
const DAY = 24 * 3600;

/** What is done after so many tries and faults, `seconds` after the event came; pauses in seconds. */
function decided(error: unknown, { tries = 1, faults = 0, seconds = 0 } = {}) {
  const next = nextTry(error, { tries, faults, since: SINCE }, after(seconds));
  if (next.is === 'never') return 'never';
  const pause = (next.dueAt.getTime() - after(seconds).getTime()) / 1000;
  return `${pause} s${next.isFault ? ', counted' : ''}`;
}

const refused = (errcode: number) => new WecomError(errcode, 'no', '/x');
const away = new WecomUnreachable('/x', 'ECONNREFUSED', true);

describe('a fault of ours', () => {
  it.each([
    [0, '5 s, counted'],
    [1, '30 s, counted'],
    [2, '120 s, counted'],
    [3, '600 s, counted'],
    [4, '3600 s, counted'],
    [5, 'never'],
  ])('after %i others: %s', (faults, outcome) => {
    expect(decided(new TypeError('oops'), { faults, tries: 99 })).toBe(outcome);
  });

  it('is given up when the worker died six times', () => {
    expect([isGivenUp(5), isGivenUp(6)]).toEqual([false, true]);
  });

  it('may be anything that can be thrown', () => {
    expect([decided('text'), decided(null), decided(undefined)]).toEqual(Array(3).fill('5 s, counted'));
  });
});

describe('WeCom', () => {
  it.each([
    [1, '5 s'],
    [2, '10 s'],
    [3, '20 s'],
    [7, '320 s'],
    [8, '600 s'],
    [500, '600 s'],
  ])('out of reach at try %i: %s, and it does not count', (tries, outcome) => {
    expect(decided(away, { tries, faults: 5 })).toBe(outcome);
  });

  it.each([-1, 6000, 45009, 45033, 40001, 42001])('answering %i is busy, not refusing', (errcode) => {
    expect(decided(refused(errcode))).toBe('5 s');
  });

  it.each([40058, 40096, 84061, 123_456])('answering %i refuses, and would again', (errcode) => {
    expect(decided(refused(errcode))).toBe('never');
  });

  it.each([48002, 60011])(
    'answering %i wants a setting changed, and is asked again until it is',
    (errcode) => {
      expect(decided(refused(errcode), { tries: 3 })).toBe('20 s');
      expect([refused(errcode), refused(40058), away].map((error) => traitsOf(error).needsPerson)).toEqual([
        true,
        false,
        false,
      ]);
    },
  );

  it('not knowing a tag is asked again, as the tags are read again', () => {
    expect(decided(refused(40068))).toBe('5 s, counted');
  });

  it('being shut is believed as to when it opens', () => {
    expect(decided(new WecomShut('/x', after(60)))).toBe('60 s');
    expect(decided(new WecomShut('/x', after(4)))).toBe('5 s');
    expect(decided(new WecomShut('/x', after(3600)))).toBe('3600 s');
    expect(decided(new WecomShut('/x', after(3601)))).toBe('3600 s');
  });

  it('is waited for a day, and then no more than anything else', () => {
    expect(decided(away, { tries: 200, seconds: DAY - 1 })).toBe('600 s');
    expect(decided(away, { tries: 200, seconds: DAY })).toBe('5 s, counted');
    expect(decided(away, { tries: 200, faults: 5, seconds: DAY })).toBe('never');
  });

  it('telling how it was before is looked at again soon, however often', () => {
    const error = new NotYetError('the group is told as it was');
    expect(decided(error, { tries: 1 })).toBe('2 s');
    expect(decided(error, { tries: 50 })).toBe('2 s');
  });
});
