import { companyOf, type CompanyClues } from './account.ts';
import { matchKey } from '../match-key.ts';
import type { Book } from './placement.ts';

/** What a contact tells of the company: what it is called, and its legal name; keys and texts are empty when nobody knows. */
export type CompanyClue = { name: string; key: string; legalName: string; legalKey: string };

/** An account as companies are compared with it. */
type Company = { _id: string; name: string; nameKey?: string; legalKey?: string };

export function companyClueOf(clues: CompanyClues): CompanyClue {
  const name = companyOf(clues) ?? '';
  const legalName = (clues.corpFullName ?? '').trim();
  return { name, key: matchKey(name), legalName, legalKey: matchKey(legalName) };
}

/**
 * Finds the accounts of companies among those in `book`, and the names for new ones: a legal name decides, so that two companies of
 * one short name stay two; a short name counts while no other legal name stands beside it.
 */
export function createCompanyMatch<Account extends Company>({ byKey, byShort }: Book<Account>) {
  /** The legal names that accounts without one, and names without an account, were given on the way. */
  const given = new Map<string, string>();
  const give = (to: string, legalKey: string): boolean => {
    if (!legalKey) return true;
    const before = given.get(to) ?? legalKey;
    given.set(to, before);
    return before === legalKey;
  };
  const byOwnName = (own: Account, { legalKey }: CompanyClue): Account | null => {
    const isOpen = !legalKey || !own.legalKey;
    return isOpen && give(own._id, legalKey) ? own : null;
  };
  const byName = (clue: CompanyClue): Account | null => {
    const own = byKey.get(clue.key);
    if (own) return byOwnName(own, clue);
    const [first = null, ...others] = byShort.get(clue.key) ?? [];
    return !clue.legalKey && others.length === 0 ? first : null;
  };
  return {
    /** The account of the company; null when there is none yet. */
    find: (clue: CompanyClue): Account | null =>
      (clue.legalKey ? byKey.get(clue.legalKey) : null) ?? (clue.key ? byName(clue) : null),
    /** What a new account of it is called: as people say, or by the legal name where another company is called so. */
    nameFor: ({ name, key, legalName, legalKey }: CompanyClue): string =>
      !byKey.has(key) && give(`name ${key}`, legalKey) ? name : legalName,
  };
}

/** What an account learns of a company by one of its people; what it knows stays. */
export function learnedOf(
  account: Company & { shortKey?: string },
  { legalName, legalKey, key }: CompanyClue,
) {
  const knownKey = account.legalKey ?? legalKey;
  const isCalledOtherwise = key !== account.nameKey && key !== knownKey;
  return {
    ...(legalKey && !account.legalKey ? { legalName, legalKey } : {}),
    ...(legalKey && isCalledOtherwise && !account.shortKey ? { shortKey: key } : {}),
  };
}
