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

/** Where two paths meet: the shorter one if it holds the other, or an array that one takes by filter and the other by name. */
function conflictOf(left: string, right: string): string | null {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short === long || long.startsWith(`${short}.`)) return short;
  const [shorts, longs] = [short.split('.'), long.split('.')];
  const at = shorts.findIndex((part, index) => part !== longs[index]);
  const isMixed = byFilter(shorts[at]) !== byFilter(longs[at]);
  return isMixed ? shorts.slice(0, at).join('.') : null;
}

const byFilter = (part = ''): boolean => part.startsWith('$[');

/** @throws {CommandError} 40 – of the concrete paths of one update, two meet in this document. */
export function checkConcreteConflicts(paths: readonly (readonly string[])[]): void {
  const seen: string[] = [];
  for (const path of paths.map((parts) => parts.join('.'))) {
    const other = seen.find((each) => conflictOf(path, each) !== null);
    if (other !== undefined)
      throw new CommandError(40, `Update created a conflict at '${conflictOf(path, other)}'`);
    seen.push(path);
  }
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
