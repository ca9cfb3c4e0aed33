import { CommandError } from '../../errors.ts';
import { compareValues } from '../../values/compare.ts';
import { identityOf } from '../../values/key.ts';
import { typeName } from '../../values/types.ts';
import { isNullish, positional } from './operator.ts';
import type { OperatorTable } from './operator.ts';

type Members = ReadonlyMap<string, unknown>;

/** Distinct values in BSON order, so that the answer does not depend on the input's order. */
const sorted = (members: Members): unknown[] => [...members.values()].sort(compareValues);

const membersOf = (values: readonly unknown[]): Map<string, unknown> =>
  new Map(values.map((value) => [identityOf(value), value]));

/** Set operations where a null argument makes the answer null. */
const setOf = (name: string, arity: [number, number], run: (sets: Members[]) => unknown) =>
  positional(name, arity, (values) => {
    if (values.some(isNullish)) return null;
    return run(values.map((value) => requireArray(name, value)));
  });

function requireArray(name: string, value: unknown): Members {
  if (Array.isArray(value)) return membersOf(value);
  throw new CommandError(
    17043,
    `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
  );
}

/** Set tests, where null is an error. */
const testOf = (name: string, arity: [number, number], run: (sets: Members[]) => boolean) =>
  positional(name, arity, (values) => run(values.map((value) => requireArray(name, value))));

const isSubset = (part: Members, whole: Members): boolean => [...part.keys()].every((key) => whole.has(key));

const keep = (members: Members, accepts: (key: string) => boolean): Members =>
  new Map([...members].filter(([key]) => accepts(key)));

/** Arrays as sets. Source: MongoDB manual, "Set Expression Operators". */
export const setOperators: OperatorTable = {
  $setUnion: setOf('$setUnion', [0, Infinity], (sets) => sorted(new Map(sets.flatMap((set) => [...set])))),
  $setIntersection: setOf('$setIntersection', [0, Infinity], ([first = new Map(), ...others]) =>
    sorted(keep(first, (key) => others.every((set) => set.has(key)))),
  ),
  $setDifference: setOf('$setDifference', [2, 2], ([left = new Map(), right = new Map()]) => [
    ...keep(left, (key) => !right.has(key)).values(),
  ]),
  $setEquals: testOf('$setEquals', [2, Infinity], ([first = new Map(), ...others]) =>
    others.every((set) => set.size === first.size && isSubset(set, first)),
  ),
  $setIsSubset: testOf('$setIsSubset', [2, 2], ([part = new Map(), whole = new Map()]) =>
    isSubset(part, whole),
  ),
};
