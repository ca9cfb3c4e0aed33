import { CommandError } from '../../errors.ts';
import { compareValues } from '../../values/compare.ts';
import { identityOf } from '../../values/key.ts';
import { typeName } from '../../values/types.ts';
import { isNullish, positional, stepwise } from './operator.ts';
import type { Build, OperatorTable } from './operator.ts';

type Members = ReadonlyMap<string, unknown>;

/** Distinct values in BSON order, so that the answer does not depend on the input's order. */
const sorted = (members: Members): unknown[] => [...members.values()].sort(compareValues);

const membersOf = (values: readonly unknown[]): Map<string, unknown> =>
  new Map(values.map((value) => [identityOf(value), value]));

type Codes = { readonly left: number; readonly right: number };

/** Operations over any number of sets, where a null argument makes the answer null and ends the search for others. */
const setOf = (name: string, code: number, run: (sets: Members[]) => unknown) =>
  stepwise((values) => {
    const sets: Members[] = [];
    for (const value of values) {
      if (isNullish(value)) return null;
      sets.push(requireArray(name, code, value));
    }
    return run(sets);
  });

function requireArray(name: string, code: number, value: unknown): Members {
  if (Array.isArray(value)) return membersOf(value);
  throw new CommandError(
    code,
    `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
  );
}

const difference: Build = positional('$setDifference', [2, 2], ([left, right]) => {
  if (isNullish(left) || isNullish(right)) return null;
  const members = requireArray('$setDifference', 17048, left);
  const taken = requireArray('$setDifference', 17049, right);
  return [...keep(members, (key) => !taken.has(key)).values()];
});

/** A set test, where null is an error. */
const isSubsetOf = (name: string, codes: Codes): Build =>
  positional(name, [2, 2], ([part, whole]) =>
    isSubset(requireArray(name, codes.left, part), requireArray(name, codes.right, whole)),
  );

const equal: Build = (operand, compile) => {
  const count = Array.isArray(operand) ? operand.length : 1;
  if (count < 2) throw new CommandError(17045, `$setEquals needs at least two arguments had: ${count}`);
  return positional('$setEquals', [2, Infinity], (values) => {
    const [first = new Map(), ...others] = values.map((value) => requireArray('$setEquals', 17044, value));
    return others.every((set) => set.size === first.size && isSubset(set, first));
  })(operand, compile);
};

const isSubset = (part: Members, whole: Members): boolean => [...part.keys()].every((key) => whole.has(key));

const keep = (members: Members, accepts: (key: string) => boolean): Members =>
  new Map([...members].filter(([key]) => accepts(key)));

/** Arrays as sets. Source: MongoDB manual, "Set Expression Operators". */
export const setOperators: OperatorTable = {
  $setUnion: setOf('$setUnion', 17043, (sets) => sorted(new Map(sets.flatMap((set) => [...set])))),
  $setIntersection: setOf('$setIntersection', 17047, ([first = new Map(), ...others]) =>
    sorted(keep(first, (key) => others.every((set) => set.has(key)))),
  ),
  $setDifference: difference,
  $setEquals: equal,
  $setIsSubset: isSubsetOf('$setIsSubset', { left: 17046, right: 17042 }),
};
