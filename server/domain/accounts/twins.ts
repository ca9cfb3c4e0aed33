/** The keys of an account's names; see `match-key`. */
type Keyed = {
  _id: string;
  nameKey?: string | undefined;
  legalKey?: string | undefined;
  twinKey?: string | undefined;
};

/** The keys that several accounts may have; another's name is no `nameKey` of theirs. */
export const SHARED_KEYS = ['twinKey', 'legalKey'] as const;
export type SharedKey = (typeof SHARED_KEYS)[number];

/** A key in the order in which they are walked: field by field, in each by the alphabet. */
export type KeyPlace = { field: SharedKey; key: string };

const goesBy = ({ nameKey, legalKey, twinKey }: Keyed, key: string): boolean =>
  [nameKey, legalKey, twinKey].includes(key);

/**
 * The accounts of these that may be one company because they share a key; null where fewer than two do, or where all of them share
 * another key that comes before, by which they were told.
 */
export function twinsAt<Account extends Keyed>(
  { field, key }: KeyPlace,
  accounts: readonly Account[],
): Account[] | null {
  const sharing = accounts.filter((account) => goesBy(account, key));
  const isBefore = (other: SharedKey, value: string) =>
    SHARED_KEYS.indexOf(other) < SHARED_KEYS.indexOf(field) || (other === field && value < key);
  const before = sharing.flatMap((account) =>
    SHARED_KEYS.flatMap((other) => {
      const value = account[other];
      return value !== undefined && isBefore(other, value) ? [value] : [];
    }),
  );
  const isTold = before.some((value) => sharing.every((account) => goesBy(account, value)));
  return sharing.length > 1 && !isTold ? sharing : null;
}
