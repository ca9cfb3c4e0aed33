import { expect, it } from 'vitest';
import type { BookEntry } from '../../../server/domain/books/book.ts';
import { UNTOUCHED } from '../../../server/domain/cadence/touch-marks.ts';
import { aShelf } from '../../support/a-shelf.ts';

const knownSince = new Date('2026-03-01T00:00:00Z');
const nothing = {
  contacts: [],
  relations: [],
  orders: [],
  opportunities: [],
  contracts: [],
  followUps: [],
  promises: [],
  questions: [],
  invitations: [],
  answers: [],
};
const anEntry = (_id: string, name: string): BookEntry => ({
  account: {
    _id,
    name,
    nameKey: name,
    externalId: _id,
    knownSince,
    dueOn: '2026-03-02',
    ownerId: 'anna',
    industry: '',
    region: '',
    size: '',
    potentialScore: null,
    referredById: null,
    ...UNTOUCHED,
  },
  ...nothing,
});

it('keeps what is there, and says so when a name was taken meanwhile', async () => {
  const { books, accounts } = await aShelf();
  await books.addAll([anEntry('book-1', '甲')]);
  await books.addAll([anEntry('book-1', '甲'), anEntry('book-2', '乙')]);
  expect(await accounts.countLiving()).toBe(2);
  await expect(books.addAll([anEntry('book-3', '甲')])).rejects.toThrow('another has its name');
});
