import { expect, it } from 'vitest';
import { makeBookRows } from '../../../server/demo/make-book-rows.ts';

const now = new Date('2026-03-10T02:00:00.000Z');

it('streams accounts one by one, so that a reader may stop early', () => {
  const rows = makeBookRows({ seed: 1, accounts: 100_000, now });
  const first = rows.next().value;
  expect(first?.account.externalId).toBe('KH-000001');
  expect(first?.contacts.every((contact) => contact.remarkCorpName === first.account.name)).toBe(true);
  rows.return(undefined);
  expect(rows.next().done).toBe(true);
});

it('keeps names, ids and the long tail at thousands of accounts', () => {
  const rows = [...makeBookRows({ seed: 1, accounts: 5000, now })];
  expect(new Set(rows.map((row) => row.account.name)).size).toBe(5000);
  const ids = rows.flatMap((row) => row.contacts.map((contact) => contact.externalUserId));
  expect(new Set(ids).size).toBe(ids.length);
  const since = '2025-03-10';
  const revenue = rows
    .map((row) =>
      row.orders.filter((order) => order.paidOn >= since).reduce((sum, order) => sum + order.amountFen, 0),
    )
    .filter((fen) => fen > 0)
    .sort((left, right) => right - left);
  const total = revenue.reduce((left, right) => left + right, 0);
  const head = revenue.slice(0, Math.ceil(revenue.length / 10)).reduce((left, right) => left + right, 0);
  expect((head * 100) / total).toBeGreaterThan(55);
  expect((head * 100) / total).toBeLessThan(65);
});

it('shares the accounts among the staff that are given', () => {
  const owners = [...makeBookRows({ seed: 1, accounts: 6, now, staffIds: ['a', 'b', 'c'] })].map(
    (row) => row.account.ownerId,
  );
  expect(owners).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

it('gives every contact at least one follower and every follow-up to a contact of the account', () => {
  for (const row of makeBookRows({ seed: 3, accounts: 300, now })) {
    const ids = new Set(row.contacts.map((contact) => contact.externalUserId));
    expect(row.contacts.every((contact) => contact.staffIds.length > 0)).toBe(true);
    expect(row.followUps.every((talk) => ids.has(talk.externalUserId))).toBe(true);
    expect(row.kdm.every((entry) => ids.has(entry.externalUserId))).toBe(true);
    const times = row.followUps.map((talk) => talk.at.getTime());
    expect(times).toEqual(times.toSorted((left, right) => left - right));
  }
});
