import { numberKey } from '../domain/match-key.ts';

/** The part of a thing by which its number is found in other spellings; only where that is another one. */
export type KeyedNumber = { key?: string };

/** The field of a schema for it. */
export const keyField = { key: String } as const;

/** Its number's key, to be kept beside it. */
export const keyOfNumber = (id: string): KeyedNumber => (numberKey(id) === id ? {} : { key: numberKey(id) });

/** Every spelling under which these numbers may stand on a shelf: as they are, and by their keys. */
export const spellingsOf = (numbers: readonly string[]): string[] => [
  ...new Set(numbers.flatMap((number) => [number, numberKey(number)])),
];

/** The filter for things that have one of these numbers, in whatever spelling. */
export function withNumbers(numbers: readonly string[]) {
  const spellings = { $in: spellingsOf(numbers) };
  return { $or: [{ _id: spellings }, { key: spellings }] };
}

/** Nothing is kept that belongs to nobody. @throws {RangeError} */
export function onlyOwned(things: readonly { accountId: string }[]): void {
  if (things.some(({ accountId }) => !accountId)) throw new RangeError('a deal without an account');
}
