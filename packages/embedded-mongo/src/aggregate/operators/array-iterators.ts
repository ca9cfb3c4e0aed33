import { CommandError } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { isTruthy, typeName } from '../../values/types.ts';
import { checkVariableName } from './control.ts';
import { isNullish, namedParts } from './operator.ts';
import type { Build, OperatorTable, Scope } from './operator.ts';
import { sortOf } from '../../query/sort.ts';

const bind = (scope: Scope, vars: Record<string, unknown>): Scope => ({
  root: scope.root,
  vars: { ...scope.vars, ...vars },
});

/** What the operators answer an input that is no array. */
const INPUT_ERRORS: Readonly<Record<string, number>> = {
  $filter: 28651,
  $map: 16883,
  $reduce: 40080,
  $sortArray: 2942504,
  $zip: 34468,
};

function elements(name: string, value: unknown): unknown[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value;
  throw new CommandError(
    INPUT_ERRORS[name] ?? 14,
    `input to ${name} must be an array not ${typeName(value)}`,
  );
}

/** The variable's name, `this` unless `as` gives another. */
function variableName(as: unknown): string {
  if (as === undefined) return 'this';
  checkVariableName(String(as));
  return String(as);
}

const filter: Build = (operand, compile) => {
  const parts = namedParts('$filter', { required: ['input', 'cond'], optional: ['as', 'limit'] }, operand);
  const name = variableName(parts['as']);
  const input = compile(parts['input']);
  const accepts = compile(parts['cond'], [name]);
  const limit = compile(parts['limit'] ?? null);
  return (scope) => {
    const kept = elements('$filter', input(scope))?.filter((value) =>
      isTruthy(accepts(bind(scope, { [name]: value }))),
    );
    return kept?.slice(0, filterLimit(limit(scope))) ?? null;
  };
};

/** @throws {CommandError} 327391, 327392 – a limit that is not a whole number of at least 1. */
function filterLimit(limit: unknown): number {
  if (isNullish(limit)) return Infinity;
  const isWhole = typeof limit === 'number' && (limit | 0) === limit;
  if (!isWhole)
    throw new CommandError(327391, '$filter: limit must be represented as a 32-bit integral value');
  if (limit < 1) throw new CommandError(327392, `$filter: limit must be greater than 0, is ${limit}`);
  return limit;
}

const map: Build = (operand, compile) => {
  const parts = namedParts('$map', { required: ['input', 'in'], optional: ['as'] }, operand);
  const name = variableName(parts['as']);
  const input = compile(parts['input']);
  const run = compile(parts['in'], [name]);
  return (scope) =>
    elements('$map', input(scope))?.map((value) => run(bind(scope, { [name]: value })) ?? null) ?? null;
};

const reduce: Build = (operand, compile) => {
  const parts = namedParts('$reduce', { required: ['input', 'initialValue', 'in'], optional: [] }, operand);
  const input = compile(parts['input']);
  const initial = compile(parts['initialValue']);
  const run = compile(parts['in'], ['this', 'value']);
  return (scope) => {
    const array = elements('$reduce', input(scope));
    if (array === null) return null;
    return array.reduce((value, element) => run(bind(scope, { this: element, value })), initial(scope));
  };
};

const sortArray: Build = (operand, compile) => {
  const { input, sortBy } = namedParts(
    '$sortArray',
    { required: ['input', 'sortBy'], optional: [] },
    operand,
  );
  const source = compile(input);
  const order = isDoc(sortBy) ? sortOf(sortBy).compareDocs : undefined;
  const sign = Number(sortBy);
  if (!order && sign !== 1 && sign !== -1)
    throw new CommandError(2942507, '$sortArray: sortBy has to be 1, -1 or a document');
  const compare = (left: unknown, right: unknown): number =>
    order ? order(isDoc(left) ? left : {}, isDoc(right) ? right : {}) : compareValues(left, right) * sign;
  return (scope) => elements('$sortArray', source(scope))?.toSorted(compare) ?? null;
};

const zip: Build = (operand, compile) => {
  const { inputs } = namedParts('$zip', { required: ['inputs'], optional: [] }, operand);
  if (!Array.isArray(inputs)) throw new CommandError(34461, 'inputs must be an array of expressions');
  if (inputs.length === 0) throw new CommandError(34465, '$zip requires at least one input array');
  const sources = inputs.map((input: unknown) => compile(input));
  return (scope) => {
    const arrays = sources.map((source) => elements('$zip', source(scope)));
    if (arrays.includes(null)) return null;
    const length = Math.min(...arrays.map((array) => array?.length ?? 0));
    return Array.from({ length }, (_, at) => arrays.map((array) => array?.[at]));
  };
};

/** Operators that run an expression for each element. */
export const arrayIterators: OperatorTable = {
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $sortArray: sortArray,
  $zip: zip,
};
