/** What differs from a name by so many letters (put in, left out, changed, or two swapped) may be meant to be it. */
const MOST_SLIPS = 2;
/** Short names resemble too much that is none of ours. */
const SHORTEST = 8;
/** Other programs have nearly the same. */
const COMMON = new Set(['LOG_LEVEL', 'NODE_ENV']);

/** A name that means nothing, and which one was probably meant. */
export type Misspelling = { name: string; meant: string };

/**
 * Names that look like a setting and are none: `WECOM_CROP_ID`, a BOM or a blank in front, lower case, a dash. A name is left
 * alone when the one that it resembles is there, too.
 */
export function misspeltSettings(given: readonly string[], known: readonly string[]): Misspelling[] {
  const present = new Set(given);
  const targets = known.filter((name) => !present.has(name) && name.length >= SHORTEST && !COMMON.has(name));
  return given
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const plain = plainName(name);
      const meant = known.includes(plain) && !present.has(plain) ? plain : closest(plain, targets);
      return meant === null ? [] : [{ name: visible(name), meant }];
    });
}

/** Capital letters, digits and underscores; what nobody sees is left out. */
const plainName = (name: string) =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('-', '_')
    .replaceAll(/[^A-Z0-9_]/g, '');

const visible = (name: string) => name.replaceAll(/[\p{C}\p{Z}]/gu, '');

function closest(name: string, targets: readonly string[]): string | null {
  const near = targets
    .map((target) => ({ target, slips: slipsBetween(name, target) }))
    .filter(({ slips }) => slips <= MOST_SLIPS)
    .sort((left, right) => left.slips - right.slips);
  return near[0]?.target ?? null;
}

/** The Damerau–Levenshtein distance (optimal string alignment). */
function slipsBetween(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= left.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const [mine, theirs] = [left.slice(0, row), right.slice(0, column)];
      const changed = mine.at(-1) === theirs.at(-1) ? 0 : 1;
      const swapped = areSwapped(mine.slice(-2), theirs.slice(-2)) ? at(row - 2, column - 2) + 1 : Infinity;
      const one = Math.min(at(row - 1, column), at(row, column - 1)) + 1;
      rows[row]?.push(Math.min(one, at(row - 1, column - 1) + changed, swapped));
    }
  }
  return at(left.length, right.length);
}

const areSwapped = (left: string, right: string) =>
  left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
