import { CommandError, ensure } from '../../errors.ts';
import { isDoc, own, setOwn } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import { typeName } from '../../values/types.ts';
import { isNullish, namedParts, positional } from './operator.ts';
import type { Build, OperatorTable } from './operator.ts';

/** Later documents win; null and missing count as nothing. */
export function mergeObjects(values: readonly unknown[]): Doc {
  const merged: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
      );
    for (const [name, field] of Object.entries(value)) setOwn(merged, name, field);
  }
  return merged;
}

const merge: Build = (operand, compile) => {
  const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
  return (scope) => {
    const values = parts.map((part) => part(scope));
    const [only] = values;
    return mergeObjects(values.length === 1 && Array.isArray(only) ? only : values);
  };
};

function objectToArray([value]: readonly unknown[]): unknown {
  if (isNullish(value)) return null;
  if (!isDoc(value))
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return Object.entries(value).map(([k, v]) => ({ k, v }));
}

function arrayToObject([value]: readonly unknown[]): unknown {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const [first] = value;
  if (first !== undefined && !Array.isArray(first) && !isDoc(first))
    throw new CommandError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(first)}`);
  const doc: Doc = {};
  for (const entry of value) {
    const [name, field] = Array.isArray(first) ? ofPair(entry) : ofDoc(entry);
    setOwn(doc, name, field);
  }
  return doc;
}

const MIXED =
  '$arrayToObject requires a consistent input format: all elements arrays, or all of them objects';

function ofPair(entry: unknown): [string, unknown] {
  ensure(Array.isArray(entry), 40396, MIXED);
  ensure(entry.length === 2, 40397, `$arrayToObject requires arrays of size 2, found: ${entry.length}`);
  const [name, value]: unknown[] = entry;
  ensure(
    typeof name === 'string',
    40395,
    `$arrayToObject requires a string as key, found: ${typeName(name)}`,
  );
  return [name, value];
}

function ofDoc(entry: unknown): [string, unknown] {
  ensure(isDoc(entry), 40391, MIXED);
  const count = Object.keys(entry).length;
  ensure(count === 2, 40392, `$arrayToObject requires the keys 'k' and 'v', found ${count} keys`);
  ensure('k' in entry && 'v' in entry, 40393, "$arrayToObject requires the keys 'k' and 'v'");
  const { k: name, v: value } = entry;
  ensure(
    typeof name === 'string',
    40394,
    `$arrayToObject requires a string as 'k', found: ${typeName(name)}`,
  );
  return [name, value];
}

const getField: Build = (operand, compile) => {
  const { field, input } = isDoc(operand)
    ? namedParts('$getField', { required: ['field'], optional: ['input'] }, operand)
    : { field: operand, input: undefined };
  const name = compile(field);
  const source = input === undefined ? undefined : compile(input);
  return (scope) => {
    const key = name(scope);
    if (typeof key !== 'string')
      throw new CommandError(3041704, '$getField requires field to evaluate to a string');
    const value = source ? source(scope) : scope.root;
    if (value === null) return null;
    return isDoc(value) ? own(value, key) : undefined;
  };
};

/** Documents as values. */
export const objectOperators: OperatorTable = {
  $mergeObjects: merge,
  $objectToArray: positional('$objectToArray', [1, 1], objectToArray),
  $arrayToObject: positional('$arrayToObject', [1, 1], arrayToObject),
  $getField: getField,
};
