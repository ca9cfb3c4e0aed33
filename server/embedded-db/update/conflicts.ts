import { CommandError } from '../errors.ts';

/** @throws {CommandError} 40 – two changes of one field, or of a field and one within it. */
export function checkConflicts(paths: readonly string[]): void {
  const seen: string[] = [];
  for (const path of paths) {
    for (const other of seen) {
      const at = conflictOf(path, other);
      if (at !== null)
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
    }
    seen.push(path);
  }
}

/** The shorter of two paths if it holds the other. */
function conflictOf(left: string, right: string): string | null {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short === long || long.startsWith(`${short}.`) ? short : null;
}

/**
 * The order MongoDB applies changes in, which decides the order of new fields:
 * by name part for part, whole numbers by size.
 */
export function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (const [at, part] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareParts(left: string, right: string): number {
  if (left === right) return 0;
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : 1;
}
