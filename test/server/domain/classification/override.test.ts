import { expect, it } from 'vitest';
import { expiryAfter, inForce, isFitExpiry } from '../../../../server/domain/classification/override.ts';

const today = '2026-03-11';

it.each([
  ['2026-03-12', 'head'],
  ['2026-03-11', 'head'],
  ['2026-03-10', null],
])('what ends on %s gives %s on 11 March', (expiresOn, expected) => {
  const pin = { value: 'head', reason: '集团客户', by: 'lena', at: new Date(), expiresOn };
  expect(inForce(pin, today)).toBe(expected);
});

it('gives nothing where nothing was set', () => {
  expect([inForce(null, today), inForce(undefined, today)]).toEqual([null, null]);
});

it.each([
  ['2026-03-10', false],
  ['2026-03-11', true],
  ['2028-03-11', true],
  ['2028-03-12', false],
])('may end on %s: %s, for nothing is set for the past or for more than 24 months', (expiresOn, isFit) => {
  expect(isFitExpiry(expiresOn, today)).toBe(isFit);
});

it('ends after whole months, at the end of a short one', () => {
  expect(expiryAfter(12, today)).toBe('2027-03-11');
  expect(expiryAfter(1, '2026-01-31')).toBe('2026-02-28');
});
