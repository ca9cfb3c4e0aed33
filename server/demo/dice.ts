/** A small deterministic source of chance. */
export type Dice = ReturnType<typeof createDice>;

/** Mulberry32: 32 bits of state, good enough for believable data, the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Dice of their own for each `index`, so that one row does not depend on the rows before it. */
export function createDice(seed: number, index = 0) {
  const next = mulberry32(Math.imul(seed ^ 0x9e3779b9, 2_654_435_761) ^ Math.imul(index + 1, 2_246_822_519));
  // The first draws of close seeds are alike.
  next();
  next();
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    /** From 0 to below 1. */
    next,
    /** A whole number, both ends included. */
    int,
    chance: (percent: number): boolean => next() * 100 < percent,
    /** @throws {RangeError} from an empty list. */
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
