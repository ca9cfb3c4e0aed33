import { CommandError, failedToParse } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { isTruthy } from '../../values/types.ts';
import { isNullish, named, namedParts, positional } from './operator.ts';
import type { Build, OperatorTable } from './operator.ts';

const compared = (name: string, accepts: (order: number) => boolean): Build =>
  positional(name, [2, 2], ([left, right]) => accepts(compareValues(left, right)));

/** `{ if, then, else }` or `[if, then, else]`; only the branch taken is evaluated. */
const cond: Build = (operand, compile) => {
  const branches = Array.isArray(operand) ? listBranches(operand) : namedBranches(operand);
  const [test, taken, otherwise] = branches.map((part) => compile(part));
  return (scope) => (isTruthy(test?.(scope)) ? taken?.(scope) : otherwise?.(scope));
};

const COND = { required: ['if', 'then', 'else'], optional: [] };

function namedBranches(operand: unknown): unknown[] {
  const { if: test, then: taken, else: otherwise } = namedParts('$cond', COND, operand);
  return [test, taken, otherwise];
}

function listBranches(parts: unknown[]): unknown[] {
  const message = `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`;
  if (parts.length !== 3) throw new CommandError(16020, message);
  return parts;
}

const switchCase: Build = (operand, compile) => {
  const { branches, default: fallback } = namedParts(
    '$switch',
    { required: ['branches'], optional: ['default'] },
    operand,
  );
  if (!Array.isArray(branches) || branches.length === 0) {
    throw new CommandError(40068, '$switch requires at least one branch');
  }
  const cases = branches.map((branch: unknown) => {
    const { case: test, then } = namedParts('$switch', { required: ['case', 'then'], optional: [] }, branch);
    return { test: compile(test), value: compile(then) };
  });
  const hasFallback = isDoc(operand) && 'default' in operand;
  const otherwise = compile(fallback);
  return (scope) => {
    const taken = cases.find(({ test }) => isTruthy(test(scope)));
    if (taken) return taken.value(scope);
    if (hasFallback) return otherwise(scope);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

/** The first value that is not null; the last one otherwise. */
function ifNull(values: readonly unknown[]): unknown {
  return values.find((value) => !isNullish(value)) ?? values.at(-1);
}

const letIn: Build = (operand, compile) => {
  const { vars, in: body } = namedParts('$let', { required: ['vars', 'in'], optional: [] }, operand);
  if (!isDoc(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(vars);
  names.forEach(checkVariableName);
  const values = names.map((name) => compile(vars[name]));
  const run = compile(body, names);
  return (scope) => {
    const bound = Object.fromEntries(names.map((name, at) => [name, values[at]?.(scope)]));
    return run({ ...scope, vars: { ...scope.vars, ...bound } });
  };
};

/** @throws {CommandError} 9 – a user's variable has to start with a lower-case letter. */
export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
    throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
  }
}

/** Both stop at the first value that decides. */
const logical =
  (decides: boolean): Build =>
  (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
    return (scope) => parts.some((part) => isTruthy(part(scope)) === decides) === decides;
  };

/** Conditions, comparison in BSON order, logic and literals. */
export const controlOperators: OperatorTable = {
  $cond: cond,
  $switch: switchCase,
  $ifNull: positional('$ifNull', [2, Infinity], ifNull),
  $let: letIn,
  $literal: (operand) => () => operand,
  $and: logical(false),
  $or: logical(true),
  $not: positional('$not', [1, 1], ([value]) => !isTruthy(value)),
  $eq: compared('$eq', (order) => order === 0),
  $ne: compared('$ne', (order) => order !== 0),
  $gt: compared('$gt', (order) => order > 0),
  $gte: compared('$gte', (order) => order >= 0),
  $lt: compared('$lt', (order) => order < 0),
  $lte: compared('$lte', (order) => order <= 0),
  $cmp: positional('$cmp', [2, 2], ([left, right]) => Math.sign(compareValues(left, right))),
  $rand: named('$rand', { required: [], optional: [] }, () => Math.random()),
};
