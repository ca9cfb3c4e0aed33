import { expect, it } from 'vitest';
import { doubtText, isResumable, unlicensedText } from '../../../../server/domain/sync/sync-run.ts';

const HOUR_MS = 3_600_000;
const now = new Date('2026-03-11T02:30:00+08:00');
const ago = (ms: number) => new Date(now.getTime() - ms);

it.each([
  ['running', 20 * HOUR_MS - 1, true],
  ['running', 20 * HOUR_MS, false],
  ['running', 0, true],
  ['done', 0, false],
  ['stopped', 0, false],
] as const)('a run that is %s and began %i ms ago is taken up: %s', (state, ms, expected) => {
  expect(isResumable({ state, startedAt: ago(ms) }, now)).toBe(expected);
});

it('begins anew when there was no run', () => {
  expect(isResumable(null, now)).toBe(false);
});

it('tells administrators how many and what to do', () => {
  expect(doubtText(21)).toContain('21 条');
  expect(doubtText(21)).toContain('sync --accept-losses');
  expect(unlicensedText(3)).toContain('3 名成员');
});
