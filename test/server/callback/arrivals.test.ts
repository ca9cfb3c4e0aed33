import { expect, it } from 'vitest';
import { createArrivals } from '../../../server/callback/arrivals.ts';

function arrivals() {
  const clock = { ms: 1000 };
  const arrivalOf = createArrivals(() => new Date(clock.ms));
  return { clock, at: (subject: string) => arrivalOf(subject).getTime() };
}

it('tells events of one subject apart that come in one millisecond, and leaves others alone', () => {
  const { at } = arrivals();
  expect([at('wm1'), at('wm1'), at('wm2'), at('wm1')]).toEqual([1000, 1001, 1000, 1002]);
});

it('tells the time again as soon as it has caught up', () => {
  const { at, clock } = arrivals();
  for (let n = 0; n < 3; n += 1) at('wm1');
  clock.ms = 1002;
  expect(at('wm1')).toBe(1003);
  clock.ms = 1004;
  expect(at('wm1')).toBe(1004);
});

it('never goes back for one subject, even when the clock does', () => {
  const { at, clock } = arrivals();
  at('wm1');
  clock.ms = 10;
  expect([at('wm1'), at('wm2')]).toEqual([1001, 10]);
});
