import { createHash } from 'node:crypto';

/** A number from 0 to `most` that depends on the corp and the words only: counts of what the sandbox does not act out. */
export function seededCount(seed: number, words: readonly (string | number)[], most: number): number {
  const digest = createHash('sha256')
    .update([seed, ...words].join('|'))
    .digest();
  return digest.readUInt32BE(0) % (most + 1);
}
