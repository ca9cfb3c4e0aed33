import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactRight } from '../../../../server/domain/contacts/contact-right.ts';
import type { Caller } from '../../../../server/domain/staff/staff.ts';

const aSales = (staffId: string): Caller => ({ staffId, role: 'sales', teamIds: [staffId] });
const anna = aSales('anna');
const lena: Caller = { staffId: 'lena', role: 'manager', teamIds: ['lena', 'anna'] };
const mark: Caller = { staffId: 'mark', role: 'manager', teamIds: ['mark', 'carl'] };
const olga: Caller = { staffId: 'olga', role: 'admin', teamIds: [] };

const LOST = new Date('2026-03-01T00:00:00Z');
const following = (staffId: string) => ({ staffId, lostAt: null, lostBy: null });
const formerly = (staffId: string, lostBy: string) => ({ staffId, lostAt: LOST, lostBy });

type Standing = Parameters<typeof contactRight>[1];
const standing = (more: Partial<Standing> = {}): Standing => ({
  account: { ownerId: 'ben', deputyId: null },
  standInId: null,
  followers: [following('ben')],
  ...more,
});

describe('who follows, owns, deputises or stands in writes; who once followed reads; a transfer ends all', () => {
  it.each<[string, Caller, Partial<Standing>, string]>([
    ['an active follower', anna, { followers: [following('ben'), following('anna')] }, 'write'],
    ['the owner who follows nobody', anna, { account: { ownerId: 'anna', deputyId: null } }, 'write'],
    ['the deputy who follows nobody', anna, { account: { ownerId: 'ben', deputyId: 'anna' } }, 'write'],
    ['today’s stand-in', anna, { standInId: 'anna' }, 'write'],
    ['who deleted the contact', anna, { followers: [formerly('anna', 'by_staff')] }, 'read'],
    ['whom the contact deleted', anna, { followers: [formerly('anna', 'by_contact')] }, 'read'],
    ['of whom WeCom stopped telling', anna, { followers: [formerly('anna', 'gone')] }, 'read'],
    ['whose customer was handed over', anna, { followers: [formerly('anna', 'transferred')] }, 'none'],
    [
      'the owner whose follow relation was handed over',
      anna,
      { account: { ownerId: 'anna', deputyId: null }, followers: [formerly('anna', 'transferred')] },
      'write',
    ],
    ['a colleague', anna, {}, 'none'],
    ['the manager of an active follower', lena, { followers: [following('anna')] }, 'write'],
    ['the manager of the owner', lena, { account: { ownerId: 'anna', deputyId: null } }, 'write'],
    ['the manager of the stand-in', lena, { standInId: 'anna' }, 'write'],
    ['the manager of a former follower', lena, { followers: [formerly('anna', 'gone')] }, 'read'],
    [
      'the manager of who handed it over to another team',
      lena,
      { followers: [formerly('anna', 'transferred')] },
      'none',
    ],
    ['a manager of others', mark, { followers: [following('anna')] }, 'none'],
    ['an administrator', olga, { followers: [] }, 'write'],
  ])('%s', (...[, caller, more, right]) => {
    expect(contactRight(caller, standing(more))).toBe(right);
  });
});

describe('for any book', () => {
  const anyName = fc.constantFrom('anna', 'ben', 'carl');
  const anyFollower = fc.oneof(
    anyName.map(following),
    fc
      .tuple(anyName, fc.constantFrom('by_staff', 'by_contact', 'transferred', 'gone'))
      .map(([name, by]) => formerly(name, by)),
  );
  const anyStanding: fc.Arbitrary<Standing> = fc.record({
    account: fc.record({ ownerId: fc.option(anyName), deputyId: fc.option(anyName) }),
    standInId: fc.option(anyName),
    followers: fc.array(anyFollower, { maxLength: 4 }),
  });
  const RANK = { none: 0, read: 1, write: 2 };

  it('a member who lost the contact, and nothing more, never writes', () => {
    fc.assert(
      fc.property(anyStanding, (book) => {
        const { account, standInId, followers } = book;
        const holds = [account.ownerId, account.deputyId, standInId];
        fc.pre(!holds.includes('anna'));
        fc.pre(!followers.some(({ staffId, lostAt }) => staffId === 'anna' && !lostAt));
        expect(contactRight(anna, book)).not.toBe('write');
      }),
    );
  });

  it('another follower, a stand-in or a higher role never takes a right away', () => {
    fc.assert(
      fc.property(anyStanding, anyFollower, (book, follower) => {
        const before = RANK[contactRight(anna, book)];
        const more = { ...book, followers: [...book.followers, follower] };
        expect(RANK[contactRight(anna, more)]).toBeGreaterThanOrEqual(before);
        expect(RANK[contactRight(anna, { ...book, standInId: 'anna' })]).toBe(RANK.write);
        expect(RANK[contactRight({ ...anna, role: 'admin' }, book)]).toBe(RANK.write);
      }),
    );
  });
});
