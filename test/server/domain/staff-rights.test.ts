import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayOverride, mayRate } from '../../../server/domain/override.ts';
import { canSee, canSeeAccount, mayEdit, mayManage, type Caller } from '../../../server/domain/staff.ts';

const anna: Caller = { staffId: 'anna', role: 'sales', teamIds: ['anna'] };
const lena: Caller = { staffId: 'lena', role: 'manager', teamIds: ['lena', 'anna', 'ben'] };
const mark: Caller = { staffId: 'mark', role: 'manager', teamIds: ['mark', 'carl'] };
const olga: Caller = { staffId: 'olga', role: 'admin', teamIds: [] };

type Account = { ownerId: string | null; deputyId: string | null };
const owned = (ownerId: string | null, deputyId: string | null = null): Account => ({ ownerId, deputyId });

describe('sales: own and deputy accounts; manager: department tree; admin: all', () => {
  it.each<[string, Caller, Account, string[], boolean, boolean]>([
    ['the owner', anna, owned('anna'), [], true, true],
    ['the deputy', anna, owned('ben', 'anna'), [], true, true],
    ['who follows a contact sees it, and changes nothing', anna, owned('ben'), ['anna'], true, false],
    ['a colleague', anna, owned('ben'), [], false, false],
    ['sales, of an account in the pool', anna, owned(null), [], false, false],
    ['the owner’s manager', lena, owned('ben'), [], true, true],
    ['the deputy’s manager sees it, and changes nothing', lena, owned('carl', 'anna'), [], true, false],
    ['the manager of who follows a contact', lena, owned('carl'), ['ben'], true, false],
    ['a manager of others', mark, owned('anna', 'ben'), ['anna'], false, false],
    [
      'any manager, of an account in the pool, changes what is known of it',
      mark,
      owned(null),
      [],
      false,
      true,
    ],
    ['an administrator', olga, owned('anna'), [], true, true],
    ['an administrator, of the pool', olga, owned(null), [], true, true],
  ])('%s', (...[, caller, account, followerIds, sees, edits]) => {
    expect(canSeeAccount(caller, account, followerIds)).toBe(sees);
    expect(mayEdit(caller, account)).toBe(edits);
  });

  it.each<[string, Caller, string[], boolean]>([
    ['sales, not even oneself', anna, ['anna'], false],
    ['a manager of one member', lena, ['anna'], true],
    ['a manager of all of them', lena, ['anna', 'ben', 'lena'], true],
    ['a manager of some of them', lena, ['anna', 'carl'], false],
    ['a manager, of nobody', lena, [], true],
    ['sales, of nobody', anna, [], false],
    ['an administrator', olga, ['anybody'], true],
  ])('%s may manage: %#', (...[, caller, staffIds, may]) => {
    expect(mayManage(caller, staffIds)).toBe(may);
  });
});

describe('for any caller and account', () => {
  const names = ['anna', 'ben', 'carl', 'lena', 'mark'] as const;
  const anyName = fc.constantFrom(...names);
  const anyCaller: fc.Arbitrary<Caller> = fc
    .record({
      staffId: anyName,
      role: fc.constantFrom('sales' as const, 'manager' as const, 'admin' as const),
      led: fc.subarray([...names]),
    })
    .map(({ staffId, role, led }) => ({
      staffId,
      role,
      teamIds: role === 'sales' ? [staffId] : [staffId, ...led],
    }));
  const anyAccount = fc.record({ ownerId: fc.option(anyName), deputyId: fc.option(anyName) });
  const anyFollowers = fc.subarray([...names]);

  it('whoever may change an owned account may see it', () => {
    fc.assert(
      fc.property(anyCaller, anyAccount, (caller, account) => {
        fc.pre(account.ownerId !== null);
        expect(!mayEdit(caller, account) || canSeeAccount(caller, account, [])).toBe(true);
      }),
    );
  });

  it('whoever may set something by hand may rate, and whoever may rate may change', () => {
    fc.assert(
      fc.property(anyCaller, anyAccount, (caller, account) => {
        expect(!mayOverride(caller, account) || mayRate(caller, account)).toBe(true);
        expect(mayRate(caller, account)).toBe(mayEdit(caller, account));
      }),
    );
  });

  it('more followers, a larger team or a higher role never take a right away', () => {
    fc.assert(
      fc.property(anyCaller, anyAccount, anyFollowers, (caller, account, followers) => {
        const sees = canSeeAccount(caller, account, []);
        expect(!sees || canSeeAccount(caller, account, followers)).toBe(true);
        const role = caller.role === 'admin' ? 'admin' : 'manager';
        const boss: Caller = { ...caller, role, teamIds: [...names] };
        expect(!sees || canSeeAccount(boss, account, [])).toBe(true);
        expect(!mayEdit(caller, account) || mayEdit({ ...caller, role: 'admin' }, account)).toBe(true);
      }),
    );
  });

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
