import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canSee, canSeeAccount, mayManage, type Caller } from '../../../../server/domain/staff/staff.ts';

const anna: Caller = { staffId: 'anna', role: 'sales', teamIds: ['anna'] };
const lena: Caller = { staffId: 'lena', role: 'manager', teamIds: ['lena', 'anna', 'ben'] };
const olga: Caller = { staffId: 'olga', role: 'admin', teamIds: [] };

it.each<[string, Caller, string[], boolean]>([
  ['sales, not even oneself', anna, ['anna'], false],
  ['a manager of one member', lena, ['anna'], true],
  ['a manager of all of them', lena, ['anna', 'ben', 'lena'], true],
  ['a manager of some of them', lena, ['anna', 'carl'], false],
  ['a manager, of nobody', lena, [], false],
  ['sales, of nobody', anna, [], false],
  ['an administrator', olga, ['anybody'], true],
])('%s may manage: %#', (...[, caller, staffIds, may]) => {
  expect(mayManage(caller, staffIds)).toBe(may);
});

describe('for any caller and account', () => {
  const names = ['anna', 'ben', 'carl', 'lena', 'mark'] as const;
  const anyName = fc.constantFrom(...names);
  const anyAccount = fc.record({ ownerId: fc.option(anyName), deputyId: fc.option(anyName) });
  const anyFollowers = fc.subarray([...names]);

  it('sales see just what is theirs: owned, stepped in for, or followed', () => {
    fc.assert(
      fc.property(anyName, anyAccount, anyFollowers, (staffId, account, followers) => {
        const sales: Caller = { staffId, role: 'sales', teamIds: [staffId] };
        const theirs = [account.ownerId, account.deputyId, ...followers].includes(staffId);
        expect(canSeeAccount(sales, account, followers)).toBe(theirs);
        expect(canSee(sales, followers)).toBe(followers.includes(staffId));
      }),
    );
  });
});
