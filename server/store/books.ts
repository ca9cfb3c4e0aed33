import type { Connection } from 'mongoose';
import type { BookEntry } from '../domain/books/book.ts';
import { blank, openAccounts } from './account-model.ts';
import { insertNew } from './db/insert-new.ts';

/** The parts of an entry and the collections of the shelves that keep them. */
const SHELVES = {
  contacts: 'contacts',
  relations: 'relations',
  orders: 'orders',
  opportunities: 'opportunities',
  contracts: 'contracts',
  followUps: 'followups',
  promises: 'promises',
  questions: 'questions',
  invitations: 'invitations',
  answers: 'answers',
} as const;

/** Whole books in bulk: thousands of accounts with everything about them, as a migration or a bench brings them. */
export function createBookStore(db: Connection) {
  const accounts = openAccounts(db);
  return {
    /** Which of these names are taken by accounts on the shelf; each is a `matchKey`. */
    async takenKeys(nameKeys: readonly string[]): Promise<Set<string>> {
      const found = await accounts
        .find({ nameKey: { $in: [...nameKeys] } })
        .select({ nameKey: 1 })
        .lean<{ nameKey: string }[]>();
      return new Set(found.map(({ nameKey }) => nameKey));
    },
    /**
     * Keeps entries; what is there stays. The accounts come last, so that an account that is on the shelf has everything
     * with it and a cut-off run may be repeated.
     */
    async addAll(entries: readonly BookEntry[]): Promise<void> {
      const partOf = (part: Part) => entries.flatMap((entry) => entry[part] as readonly Kept[]);
      await Promise.all(PARTS.map((part) => insertNew(db.collection<Kept>(SHELVES[part]), partOf(part))));
      const whole = entries.map(({ account }) => ({ ...blank(), ...account }));
      const taken = await insertNew(db.collection<Kept>('accounts'), whole);
      const refused = whole.filter((_, index) => taken.has(index)).map(({ _id }) => _id);
      if (refused.length > 0 && (await accounts.countDocuments({ _id: { $in: refused } })) < refused.length)
        throw new Error('an account was not kept: another has its name');
    },
  };
}

type Kept = { _id: string };
type Part = keyof typeof SHELVES;
const PARTS = Object.keys(SHELVES) as Part[];
