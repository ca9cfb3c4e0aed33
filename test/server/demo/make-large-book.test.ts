import { expect, it } from 'vitest';
import { openFen } from '../../../server/domain/deals/contract.ts';
import { OPPORTUNITY_STAGES } from '../../../server/domain/deals/opportunity.ts';
import { makeLargeBook } from '../../../server/demo/make-large-book.ts';

const now = new Date('2026-03-10T02:00:00.000Z');
const book = (seed = 1, accounts = 1000) => {
  const { rows, ...rest } = makeLargeBook({ seed, accounts, now });
  return { ...rest, rows: [...rows] };
};
const whole = book();
const sum = (amounts: readonly number[]) => amounts.reduce((left, right) => left + right, 0);

it('gives the same book for the same seed, and another for another', () => {
  expect(book(1, 60)).toEqual(book(1, 60));
  expect(book(2, 60).rows.map(({ account }) => account.name)).not.toEqual(
    book(1, 60).rows.map(({ account }) => account.name),
  );
});

it('never gives two things one id, nor do two seeds share one', () => {
  const ids = [...whole.rows, ...book(2).rows].flatMap((row) => [
    row.account.externalId,
    ...row.contacts.map(({ externalUserId }) => externalUserId),
    ...row.orders.map(({ externalId }) => externalId),
    ...row.opportunities.map(({ externalId }) => externalId),
    ...row.contracts.map(({ externalId }) => externalId),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
});

it('puts everybody below a superior of the same account, without cycles', () => {
  for (const { contacts, kdm } of whole.rows) {
    const superiors = new Map(kdm.map((each) => [each.externalUserId, each.kdm.superiorId]));
    for (const { externalUserId } of contacts) {
      const met = new Set<string>();
      let above: string | null | undefined = externalUserId;
      while (above) {
        expect(met.has(above)).toBe(false);
        expect(contacts.some((contact) => contact.externalUserId === above)).toBe(true);
        met.add(above);
        above = superiors.get(above);
      }
    }
  }
});

it('makes payments that sum to their contract, some of them overdue', () => {
  const contracts = whole.rows.flatMap((row) => row.contracts);
  expect(contracts.length).toBeGreaterThan(50);
  for (const { amountFen, milestones } of contracts)
    expect(sum(milestones.map((each) => each.amountFen))).toBe(amountFen);
  const overdue = contracts.filter(({ milestones }) =>
    milestones.some((each) => openFen(each) > 0 && each.dueOn < '2026-03-10'),
  );
  expect(overdue.length).toBeGreaterThan(5);
  expect(overdue.length * 3).toBeLessThan(contracts.length);
});

it('has opportunities in every stage, each with the path that led there', () => {
  const opportunities = whole.rows.flatMap((row) => row.opportunities);
  expect(new Set(opportunities.map(({ stage }) => stage))).toEqual(new Set(OPPORTUNITY_STAGES));
  for (const { stage, stageHistory, lostReason } of opportunities) {
    expect(stageHistory[0]?.stage).toBe('target');
    expect(stageHistory.at(-1)?.stage).toBe(stage);
    expect(stageHistory.every(({ at }) => at !== null && at <= now)).toBe(true);
    expect(lostReason !== null).toBe(stage === 'lost');
  }
});

it('tells of talks and answers sparsely, and of who recommended us before', () => {
  const { rows } = whole;
  expect(rows.filter(({ followUps }) => followUps.length > 0).length).toBeGreaterThan(400);
  expect(rows.every(({ followUps }) => followUps.length <= 2)).toBe(true);
  const answered = rows.filter(({ answers }) => answers.length > 0).length;
  expect(answered).toBeGreaterThan(20);
  expect(answered).toBeLessThan(120);
  const seen = new Set<string>();
  for (const { account } of rows) {
    expect(account.referredBy === null || seen.has(account.referredBy)).toBe(true);
    seen.add(account.externalId);
  }
});

it('gives every seller a team, every team a leader and every department a parent', () => {
  const { departments, members } = whole;
  const ids = new Set(departments.map(({ _id }) => _id));
  expect(departments.every(({ _id, parentId }) => _id === 1 || ids.has(parentId))).toBe(true);
  const led = new Set(members.flatMap(({ leaderOf }) => leaderOf));
  expect(members.every(({ departmentIds }) => departmentIds.every((id) => led.has(id)))).toBe(true);
  const staffIds = new Set(members.map(({ _id }) => _id));
  for (const { account, contacts } of whole.rows)
    for (const id of [account.ownerId, ...contacts.flatMap((contact) => contact.staffIds)])
      expect(staffIds.has(id)).toBe(true);
});

const sales = (members: readonly { _id: string; name: string }[]) =>
  members.filter(({ _id }) => _id.startsWith('sales-')).map(({ _id, name }) => `${_id} ${name}`);

it('only adds members when the book grows', () => {
  const larger = makeLargeBook({ seed: 1, accounts: 5000, now }).members;
  expect(sales(larger).slice(0, sales(whole.members).length)).toEqual(sales(whole.members));
});
