import { CommandError } from '../../errors.ts';
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
  const doc: Doc = {};
  for (const entry of value) {
    const [name, field] = Array.isArray(entry) ? [...entry] : isDoc(entry) ? [entry['k'], entry['v']] : [];
    if (typeof name !== 'string') {
      throw new CommandError(
        40394,
        '$arrayToObject requires pairs [k, v] or documents { k, v } with a string k',
      );
    }
    setOwn(doc, name, field);
  }
  return doc;
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
