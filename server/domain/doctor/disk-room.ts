const MB = 1024 ** 2;

/** How much of a disk is left; `none`: what comes in now may find no place any more. */
export type DiskRoom = 'none' | 'full' | 'scarce' | 'enough';

/** From how many free bytes on the room is so much. Below `full` nothing can be kept soon: callbacks would be refused. */
const FROM: readonly (readonly [DiskRoom, number])[] = [
  ['enough', 1024 * MB],
  ['scarce', 50 * MB],
  ['full', 10 * MB],
];

/** The room that so many free bytes are. */
export const diskRoom = (freeBytes: number): DiskRoom =>
  FROM.find(([, from]) => freeBytes >= from)?.[0] ?? 'none';
