import { describe, expect, it } from 'vitest';
import { expiryAfter, inForce, isFitExpiry, mayOverride, mayRate } from '../../../server/domain/override.ts';
import type { Caller } from '../../../server/domain/staff.ts';

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

const caller = (role: Caller['role'], staffId: string, teamIds: string[] = [staffId]): Caller => ({
  role,
  staffId,
  teamIds,
});

describe('who may set what', () => {
  const lena = caller('manager', 'lena', ['lena', 'anna']);
  const account = { ownerId: 'anna', deputyId: 'ben' };

  it.each<[string, Caller, boolean, boolean]>([
    ['the owner', caller('sales', 'anna'), false, true],
    ['the deputy', caller('sales', 'ben'), false, true],
    ['another colleague', caller('sales', 'carl'), false, false],
    ['the owner’s manager', lena, true, true],
    ['another manager', caller('manager', 'mark', ['mark', 'carl']), false, false],
    ['an admin', caller('admin', 'olga'), true, true],
  ])('%s', (...[, who, override, rate]) => {
    expect([mayOverride(who, account), mayRate(who, account)]).toEqual([override, rate]);
  });

  it('any manager while nobody owns the account, but no salesperson', () => {
    expect(mayOverride(lena, { ownerId: null })).toBe(true);
    expect(mayOverride(caller('sales', 'anna'), { ownerId: null })).toBe(false);
    expect(mayRate(caller('sales', 'anna'), { ownerId: null, deputyId: null })).toBe(false);
  });
});
