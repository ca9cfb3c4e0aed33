import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountRight,
  isPromised,
  mayThemselves,
  reaches,
  type AccountRight,
  type AccountStake,
} from '../../../../server/domain/accounts/account-right.ts';
import type { Caller } from '../../../../server/domain/staff/staff.ts';

const sales: Caller = { staffId: 'anna', role: 'sales', teamIds: ['anna'] };
const manager: Caller = { staffId: 'lena', role: 'manager', teamIds: ['lena', 'anna', 'ben'] };
const other: Caller = { staffId: 'mark', role: 'manager', teamIds: ['mark', 'carl'] };
const admin: Caller = { staffId: 'olga', role: 'admin', teamIds: ['olga'] };

type Situation = { account: AccountStake; alsoIds?: string[] };
const held = (ownerId: string | null, deputyId: string | null = null): AccountStake => ({
  ownerId,
  deputyId,
  formerOwnerId: null,
});
const left = (formerOwnerId: string | null): AccountStake => ({ ...held(null), formerOwnerId });

/** What an account is to each caller; of `own` and `deputy` the account is the caller's. */
const SITUATIONS: Record<string, (caller: Caller) => Situation> = {
  own: ({ staffId }) => ({ account: held(staffId) }),
  deputy: ({ staffId }) => ({ account: held('zoe', staffId) }),
  'of a colleague whom lena leads': () => ({ account: held('ben') }),
  'of another team': () => ({ account: held('zoe') }),
  'followed by the caller, of another team': ({ staffId }) => ({ account: held('zoe'), alsoIds: [staffId] }),
  'in the pool, left by ben': () => ({ account: left('ben') }),
  'in the pool, left by ben, followed by the caller': ({ staffId }) => ({
    account: left('ben'),
    alsoIds: [staffId],
  }),
  'in the pool, of whom nobody ever had it': () => ({ account: left(null) }),
  'in the pool, and the caller is its deputy': ({ staffId }) => ({
    account: { ...left('zoe'), deputyId: staffId },
  }),
  'of a colleague again, left by ben before': () => ({ account: { ...held('zoe'), formerOwnerId: 'ben' } }),
};

describe('what somebody may do with an account', () => {
  it.each<[string, AccountRight, AccountRight, AccountRight, AccountRight]>([
    ['own', 'decide', 'manage', 'manage', 'manage'],
    ['deputy', 'edit', 'edit', 'edit', 'manage'],
    ['of a colleague whom lena leads', 'none', 'manage', 'none', 'manage'],
    ['of another team', 'none', 'none', 'none', 'manage'],
    ['followed by the caller, of another team', 'read', 'read', 'read', 'manage'],
    ['in the pool, left by ben', 'basics', 'manage', 'basics', 'manage'],
    ['in the pool, left by ben, followed by the caller', 'read', 'manage', 'read', 'manage'],
    ['in the pool, of whom nobody ever had it', 'basics', 'basics', 'basics', 'manage'],
    ['in the pool, and the caller is its deputy', 'edit', 'edit', 'edit', 'manage'],
    ['of a colleague again, left by ben before', 'none', 'none', 'none', 'manage'],
  ])('%s: sales %s, his manager %s, another manager %s, admin %s', (situation, ...expected) => {
    const found = [sales, manager, other, admin].map((caller) => {
      const { account, alsoIds = [] } = SITUATIONS[situation]?.(caller) ?? { account: held('zoe') };
      return accountRight(caller, account, alsoIds);
    });
    expect(found).toEqual(expected);
  });

  const names = ['anna', 'ben', 'lena', 'mark'] as const;
  const anyName = fc.option(fc.constantFrom(...names));
  const anyStake = fc.record({ ownerId: anyName, deputyId: anyName, formerOwnerId: anyName });

  it('is never taken away by more followers or a higher role', () => {
    fc.assert(
      fc.property(fc.constantFrom(sales, manager, other), anyStake, fc.subarray([...names]), (...drawn) => {
        const [caller, account, followers] = drawn;
        const plain = accountRight(caller, account, []);
        expect(reaches(accountRight(caller, account, followers), plain)).toBe(true);
        expect(reaches(accountRight({ ...caller, role: 'admin' }, account, []), plain)).toBe(true);
      }),
    );
  });

  it('of an account without an owner a manager is in charge only where they led the last one', () => {
    fc.assert(
      fc.property(fc.constantFrom(manager, other), anyName, (caller, formerOwnerId) => {
        const leads = formerOwnerId !== null && caller.teamIds.includes(formerOwnerId);
        expect(mayThemselves(caller, left(formerOwnerId), 'manage')).toBe(leads);
      }),
    );
  });
});

it.each([
  [null, 'lena', true],
  [null, null, false],
  ['anna', 'lena', false],
])('an account of %s to whose heir %s agreed is promised: %s', (ownerId, heirAcceptedBy, expected) => {
  expect(isPromised({ ownerId, heirAcceptedBy })).toBe(expected);
});
