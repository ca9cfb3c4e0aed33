import type { mongo } from 'mongoose';

type Kept = { _id: string };
type Shelf<Doc extends Kept> = Pick<mongo.Collection<Doc>, 'insertMany'>;

const DUPLICATE_KEY = 11000;

/**
 * Inserts all that is not on the shelf yet, in one write; documents must be whole, because no schema fills them up.
 *
 * @returns the indexes of those whose key was there already, which were left alone.
 */
export async function insertNew<Doc extends Kept>(
  shelf: Shelf<Doc>,
  docs: readonly Doc[],
): Promise<Set<number>> {
  if (docs.length === 0) return new Set();
  try {
    await shelf.insertMany(docs as readonly mongo.OptionalUnlessRequiredId<Doc>[], { ordered: false });
    return new Set();
  } catch (error) {
    const known = duplicatesOf(error);
    if (!known) throw error;
    return known;
  }
}

/** The indexes of what a write refused for a key that is there already; null when anything else went wrong. */
export function duplicatesOf(error: unknown): Set<number> | null {
  if (!(error instanceof Error && 'writeErrors' in error)) return null;
  const faults = [error.writeErrors].flat() as { code: number; index: number }[];
  if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE_KEY)) return null;
  return new Set(faults.map(({ index }) => index));
}
