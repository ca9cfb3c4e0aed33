import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { isLogical, isOperators, parseFilter } from '../query/filter.ts';
import { sortOf } from '../query/sort.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { BSONRegExp, copyValue, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { typeName } from '../values/types.ts';
import type { OperatorTable } from './action.ts';
import { UNCHANGED } from './place.ts';

type List = unknown[];

const MODIFIERS = new Set(['$each', '$slice', '$position', '$sort']);

/** The values to add and what happens to the array then. */
type Push = {
  each: List;
  position: number;
  slice: number | null;
  compare: ((a: unknown, b: unknown) => number) | null;
};

function parsePush(operand: unknown): Push {
  if (!isDoc(operand) || !('$each' in operand))
    return { each: [operand], position: Infinity, slice: null, compare: null };
  const { $each, $position, $slice, $sort } = operand;
  const unknown = Object.keys(operand).find((name) => !MODIFIERS.has(name));
  if (unknown) throw badValue(`Unrecognized clause in $push: ${unknown}`);
  return {
    each: listOf('$push', $each),
    position: $position === undefined ? Infinity : wholeNumber('$position', $position),
    slice: $slice === undefined ? null : wholeNumber('$slice', $slice),
    compare: $sort === undefined ? null : comparatorOf($sort),
  };
}

function listOf(name: string, value: unknown): List {
  if (Array.isArray(value)) return value;
  const code = name === '$push' ? badValue : typeMismatch;
  throw code(`The argument to $each in ${name} must be an array but it was of type ${typeName(value)}`);
}

function wholeNumber(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
}

/** `1` or `-1` sorts values, a document sorts documents by their fields. */
function comparatorOf(sort: unknown): (a: unknown, b: unknown) => number {
  if (isDoc(sort) && Object.keys(sort).length > 0) {
    const { compareDocs } = sortOf(sort);
    return (a, b) => compareDocs(isDoc(a) ? a : {}, isDoc(b) ? b : {});
  }
  if (sort !== 1 && sort !== -1)
    throw badValue(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  return (a, b) => compareValues(a, b) * sort;
}

function pushed(old: List, { each, position, slice, compare }: Push): List {
  const at = position < 0 ? Math.max(0, old.length + position) : Math.min(position, old.length);
  const array = [...old.slice(0, at), ...each.map(copyValue), ...old.slice(at)];
  if (compare) array.sort(compare);
  if (slice === null) return array;
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
}

function added(old: List, values: List): List | typeof UNCHANGED {
  const array = [...old];
  for (const value of values) {
    if (!array.some((element) => equalValues(element, value))) array.push(copyValue(value));
  }
  return array.length === old.length ? UNCHANGED : array;
}

function addToSetValues(operand: unknown): List {
  if (!isDoc(operand) || Object.keys(operand)[0] !== '$each') return [operand];
  const other = Object.keys(operand).find((name) => name !== '$each');
  if (other) throw badValue(`Found unexpected fields after $each in $addToSet: ${shellText(operand)}`);
  return listOf('$addToSet', operand['$each']);
}

/** What `$pull` takes out: a document is a filter for documents, operators ask each element as a field's value, else equality. */
function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isDoc(operand) && !isPredicates(operand)) {
    const { test } = parseFilter(operand);
    return (element) => isDoc(element) && test(element);
  }
  if (isDoc(operand) || operand instanceof BSONRegExp) {
    const { test } = parseFilter({ element: operand });
    return (element) => test({ element });
  }
  return (element) => equalValues(element, operand);
}

/** `$and` and its like are about documents, all other operators about a value. */
const isPredicates = (operand: Doc): boolean => isOperators(operand) && !isLogical(operand);

function kept(old: List, isPulled: (element: unknown) => boolean): List | typeof UNCHANGED {
  const array = old.filter((element) => !isPulled(element));
  return array.length === old.length ? UNCHANGED : array;
}

/** Nothing to take from a field that is not there; an error if it is no array. */
function takeFrom(name: string, old: unknown, run: (array: List) => unknown): unknown {
  if (old === undefined) return UNCHANGED;
  if (Array.isArray(old)) return run(old);
  throw badValue(`Cannot apply ${name} to a non-array value`);
}

/** Operators for arrays. Source: MongoDB manual, "Array Update Operators". */
export const arrayUpdates: OperatorTable = {
  $push: {
    createsPath: true,
    parse(operand, path) {
      const push = parsePush(operand);
      return (old, { id }) => {
        if (old === undefined || Array.isArray(old)) return pushed(old ?? [], push);
        throw badValue(
          `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${shellText(id)}}`,
        );
      };
    },
  },
  $addToSet: {
    createsPath: true,
    parse(operand, path) {
      const values = addToSetValues(operand);
      return (old) => {
        if (old === undefined) return added([], values) === UNCHANGED ? [] : added([], values);
        if (Array.isArray(old)) return added(old, values);
        throw badValue(
          `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1)}' has non-array type ${typeName(old)}`,
        );
      };
    },
  },
  $pull: {
    createsPath: false,
    parse(operand) {
      const isPulled = pullTest(operand);
      return (old) => takeFrom('$pull', old, (array) => kept(array, isPulled));
    },
  },
  $pullAll: {
    createsPath: false,
    parse(operand) {
      if (!Array.isArray(operand))
        throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
      const isPulled = (element: unknown): boolean => operand.some((value) => equalValues(value, element));
      return (old) => takeFrom('$pullAll', old, (array) => kept(array, isPulled));
    },
  },
  $pop: {
    createsPath: false,
    parse(operand, path) {
      if (operand !== 1 && operand !== -1)
        throw failedToParse(`$pop expects 1 or -1, found: ${shellText(operand)}`);
      return (old) => {
        if (old === undefined) return UNCHANGED;
        if (!Array.isArray(old))
          throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(old)}'`);
        if (old.length === 0) return UNCHANGED;
        return operand === 1 ? old.slice(0, -1) : old.slice(1);
      };
    },
  },
};
