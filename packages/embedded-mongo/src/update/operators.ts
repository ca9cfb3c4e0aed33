import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { copyValue, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { compareValues } from '../values/compare.ts';
import { typeName } from '../values/types.ts';
import { arrayUpdates } from './array-operators.ts';
import type { Operator, OperatorTable } from './action.ts';
import { REMOVED, UNCHANGED } from './place.ts';

const creating = (parse: Operator['parse']): Operator => ({ createsPath: true, parse });

const set = creating((operand) => () => copyValue(operand));

const setOnInsert = creating(
  (operand) =>
    (_, { isInsert }) =>
      isInsert ? copyValue(operand) : UNCHANGED,
);

const unset: Operator = {
  createsPath: false,
  parse: () => (old) => (old === undefined ? UNCHANGED : REMOVED),
};

/** `$inc` and `$mul`: a missing field counts as 0. */
const numeric = (name: string, verb: string, run: (old: number, operand: number) => number): Operator =>
  creating((operand, path) => {
    if (typeof operand !== 'number') {
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: ${shellText({ [path]: operand })}`);
    }
    return (old, { id }) => {
      if (old === undefined) return run(0, operand);
      if (typeof old === 'number') return run(old, operand);
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. {_id: ${shellText(id)}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeName(old)}`,
      );
    };
  });

/** `$min` and `$max` compare in BSON order, across types too. */
const extreme = (sign: 1 | -1): Operator =>
  creating((operand) => (old) => {
    if (old === undefined || compareValues(operand, old) * sign > 0) return copyValue(operand);
    return UNCHANGED;
  });

const currentDate = creating((operand, path) => {
  const type = isDoc(operand) ? operand['$type'] : undefined;
  if (type === 'timestamp')
    throw badValue(`$currentDate on '${path}': timestamps are not stored by the embedded database`);
  if (typeof operand !== 'boolean' && type !== 'date') {
    throw badValue(
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return (_, { now }) => now;
});

const OPERATORS: OperatorTable = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $inc: numeric('$inc', 'increment', (old, operand) => old + operand),
  $mul: numeric('$mul', 'multiply', (old, operand) => old * operand),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  ...arrayUpdates,
};

/** @throws {CommandError} 9 – no such operator. */
export function operatorNamed(name: string): Operator {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator) return operator;
  throw failedToParse(
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}

/** @throws {CommandError} 9 – an operator's operand is not a document. */
export function fieldsOf(name: string, operand: unknown): Doc {
  if (isDoc(operand)) return operand;
  throw failedToParse(
    `Modifiers operate on fields but we found type ${typeName(operand)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${shellText(operand)}}`,
  );
}
